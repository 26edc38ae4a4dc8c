"""Records of other systems, and fields held against each other."""

from __future__ import annotations

from typing import Any

import pytest

from .one import finding, verdict

NOW = "2026-01-08T09:00:00"
AGAIN = {"op": "history.repeatContact", "within": {"days": 7}}


def before(*times: str, **fields: Any) -> dict[str, Any]:
    records = [{"id": f"h{n}", "at": at, **fields} for n, at in enumerate(times)]
    return {"related": {"history": records}, "started_at": NOW}


def test_both_ends_of_the_time_before_belong_to_it() -> None:
    assert verdict(AGAIN, "agent: 您好", **before("2026-01-01T09:00:00")) == "hit"
    assert verdict(AGAIN, "agent: 您好", **before("2026-01-01T08:59:59")) == "miss"
    assert verdict(AGAIN, "agent: 您好", **before(NOW)) == "miss"


def test_evidence_counts_and_names_the_records() -> None:
    found = finding(AGAIN, "agent: 您好", **before("2026-01-02", "2026-01-07"))
    assert [(e.value, e.threshold, e.reason, e.detail) for e in found.evidence] == [
        (2.0, 1.0, "within", None),
        (None, None, "record", "h0"),
        (None, None, "record", "h1"),
    ]


def test_a_contact_is_not_its_own_repetition() -> None:
    facts = {"started_at": NOW, "related": {"history": [{"id": "1", "at": "2026-01-07"}]}}
    assert verdict(AGAIN, "agent: 您好", **facts) == "miss"


def test_a_record_that_does_not_tell_is_unknown_only_if_it_matters() -> None:
    same = {**AGAIN, "subject": "same"}
    untold = [{"at": "2026-01-07"}]
    told = [{"at": "2026-01-07", "subject": "退款"}]
    facts = {"started_at": NOW, "meta": {"subject": "退款"}}
    assert verdict(same, "agent: 您好", **facts, related={"history": untold}) == "unknown"
    assert verdict(same, "agent: 您好", **facts, related={"history": untold + told}) == "hit"
    assert verdict(same, "agent: 您好", started_at=NOW, related={"history": told}) == "unknown"


def test_without_the_table_or_the_start_nothing_is_known() -> None:
    assert finding(AGAIN, "agent: 您好", started_at=NOW).reason == "table_missing"
    assert finding(AGAIN, "agent: 您好", related={"history": []}).detail == "started_at"
    assert verdict(AGAIN, "agent: 您好", started_at=NOW, related={"history": []}) == "miss"


def test_contacts_can_be_told_apart() -> None:
    facts = before("2026-01-07", direction="in", outcome="done", resolved=True, agent="7")
    assert verdict({**AGAIN, "directions": ["in"]}, "agent: 您好", **facts) == "hit"
    assert verdict({**AGAIN, "directions": ["out"]}, "agent: 您好", **facts) == "miss"
    assert verdict({**AGAIN, "unresolved": True}, "agent: 您好", **facts) == "miss"
    assert verdict({**AGAIN, "agent": "same"}, "agent: 您好", **facts, agent="7") == "hit"
    assert verdict({**AGAIN, "min": 0, "max": 0}, "agent: 您好", **facts) == "miss"


def test_complaints() -> None:
    op = {"op": "history.complaint", "within": {"hours": 24}}
    facts = {"started_at": NOW, "related": {"complaints": [{"at": "2026-01-07T10:00:00"}]}}
    assert verdict(op, "agent: 您好", **facts) == "hit"
    assert verdict({**op, "upheld": True}, "agent: 您好", **facts) == "unknown"
    assert verdict(op, "agent: 您好", started_at=NOW) == "unknown"


SCORES = [
    {"at": "2026-01-02", "dimension": "服务", "score": 2, "low": 1, "high": 5},
    {"at": "2026-01-01", "dimension": "服务", "score": 5, "low": 1, "high": 5},
    {"at": "2026-01-03", "dimension": "推荐", "score": 9},
]


@pytest.mark.parametrize(
    ("params", "expected", "value"),
    [
        ({"max": 2, "dimensions": "服务"}, "hit", 2.0),
        ({"max": 2, "dimensions": "服务", "which": "first"}, "miss", 5.0),
        ({"min": 3, "max": 4, "dimensions": "服务", "which": "average"}, "hit", 3.5),
        ({"max": 25, "dimensions": "服务", "scale": "percent"}, "hit", 25.0),
        ({"min": 9, "which": "any"}, "hit", 9.0),
        ({"max": 1, "which": "lowest"}, "miss", 2.0),
        ({"max": 1, "dimensions": "速度"}, "na", None),
        ({"max": 50, "scale": "percent"}, "unknown", None),
    ],
)
def test_scores(params: dict[str, Any], expected: str, value: float | None) -> None:
    facts = {"related": {"surveys": SCORES}}
    when = "!a" if expected == "miss" else "a"
    found = finding({"op": "survey.score", **params}, "agent: 您好", when=when, **facts)
    assert found.verdict.value == ("hit" if expected == "miss" else expected)
    assert [e.value for e in found.evidence] == ([] if value is None else [value])


def clock(**fields: Any) -> dict[str, Any]:
    return {"related": {"clocks": [{"id": "k", "kind": "回访", **fields}]}}


DUE = "2026-01-05T10:00:00"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"due_at": DUE, "done_at": "2026-01-05T10:00:00"}, "miss"),
        ({"due_at": DUE, "done_at": "2026-01-05T10:00:01"}, "hit"),
        ({"due_at": DUE, "as_of": "2026-01-05T11:00:00"}, "hit"),
        ({"due_at": DUE}, "unknown"),
        ({"over_ms": -5}, "miss"),
        ({"breached": True}, "hit"),
        ({"kind": "处理", "breached": True}, "na"),
    ],
)
def test_time_limits(fields: dict[str, Any], expected: str) -> None:
    assert (
        verdict({"op": "sla.breach", "kinds": "回访"}, "agent: 您好", **clock(**fields)) == expected
    )


def test_by_how_much_a_limit_was_missed() -> None:
    op = {"op": "sla.breach", "min_ms": 60000}
    found = finding(op, "agent: 您好", **clock(due_at=DUE, done_at="2026-01-05T10:02:00"))
    assert [(e.value, e.threshold, e.detail) for e in found.evidence] == [(120000.0, 0.0, "k")]
    assert verdict(op, "agent: 您好", **clock(over_ms=59999)) == "miss"
    assert verdict(op, "agent: 您好", **clock(breached=True)) == "unknown"
    assert verdict(op, "agent: 您好") == "unknown"


SAID = ("customer@0-2000: 查余额", "agent@3000-6000: 您的余额是三十元")


@pytest.mark.parametrize(
    ("params", "at", "expected"),
    [
        ({"before": "您的余额"}, 2500, "hit"),
        ({"before": "您的余额"}, 3500, "miss"),
        ({"before": "您的余额", "within_ms": 400}, 2500, "miss"),
        ({"after": "您的余额"}, 6000, "hit"),
        ({"after": "您的余额"}, 5999, "miss"),
        ({"after": "您的余额", "mode": "absent"}, 5999, "hit"),
        ({"after": "退款"}, 5999, "na"),
        ({"min_ms": 5000}, 4999, "miss"),
        ({"max_ms": 5000}, 5000, "hit"),
    ],
)
def test_events_on_the_screen(params: dict[str, Any], at: int, expected: str) -> None:
    facts = {"related": {"screen": [{"at_ms": at, "event": "open"}]}}
    assert verdict({"op": "screen.event", "events": "open", **params}, *SAID, **facts) == expected


def test_the_screen_is_not_known() -> None:
    op = {"op": "screen.event", "events": "open"}
    assert finding(op, *SAID).reason == "table_missing"
    facts = {"related": {"screen": [{"at_ms": 5, "event": "open"}]}}
    assert [(e.value, e.detail) for e in finding(op, *SAID, **facts).evidence] == [(5.0, "open")]
    untimed = finding({**op, "after": "您好"}, "agent: 您好", **facts)
    assert (untimed.verdict.value, untimed.reason) == ("unknown", "no_times")


@pytest.mark.parametrize(
    ("params", "one", "other", "expected"),
    [
        ({}, 5, "5.0", "hit"),
        ({"tolerance": 1}, 5, 6, "hit"),
        ({"test": "gt"}, "10", "9", "hit"),
        ({"test": "gt", "as": "text"}, "10", "9", "unknown"),
        ({"test": "le", "unit": "percent", "tolerance": 10}, 110, 100, "hit"),
        ({"test": "le", "unit": "percent", "tolerance": 10}, 111, 100, "miss"),
        ({"test": "gt", "unit": "percent"}, 1, 0, "unknown"),
        ({"test": "difference", "unit": "hours", "max": 2}, "2026-01-01T12:00", "2026-01-01T10:00",
         "hit"),
        ({"test": "difference", "unit": "days", "min": 2}, "2026-01-03", "2026-01-02", "miss"),
        ({"test": "contains"}, "投诉/物流", "物流", "hit"),
        ({"test": "ne"}, "投诉", "咨询", "hit"),
        ({"as": "date"}, "投诉", "2026-01-02", "unknown"),
        ({}, 5, None, "unknown"),
    ],
)  # fmt: skip
def test_two_fields(params: dict[str, Any], one: object, other: object, expected: str) -> None:
    op = {"op": "meta.compare", "field": "a", "other": "b", **params}
    assert verdict(op, "agent: 您好", meta={"a": one, "b": other}) == expected


def test_a_comparison_shows_the_difference() -> None:
    op = {"op": "meta.compare", "field": "a", "other": "b", "test": "gt", "tolerance": 2}
    found = finding(op, "agent: 您好", meta={"a": 9, "b": 5})
    assert [(e.value, e.threshold, e.detail) for e in found.evidence] == [(4.0, 2.0, "a, b")]
