"""Identity checks, hand-overs to a human, promises."""

from __future__ import annotations

from typing import Any

import pytest

from .one import finding, verdict, words

CHECKED = {"op": "auth.verified", "n": 2, "scope": {"role": "agent"}}
NAME = "agent: 请问您的姓名"
CARD = "agent: 麻烦报一下身份证后四位"
BALANCE = "agent: 您的账户余额是三十元"


def test_enough_checks_before_the_disclosure() -> None:
    assert words(CHECKED, NAME, "customer: 王", CARD, BALANCE) == [
        "请问您的姓名",
        "麻烦报一下身份证",
    ]
    assert verdict(CHECKED, NAME, BALANCE, CARD) == "miss"
    assert verdict(CHECKED, NAME, NAME, BALANCE) == "miss"
    assert verdict({**CHECKED, "n": 1}, NAME, BALANCE) == "hit"


def test_what_was_disclosed_too_early() -> None:
    found = finding(CHECKED, NAME, BALANCE, when="!a").evidence[0]
    assert (found.turn, found.reason, found.value, found.threshold) == (2, "unverified", 1.0, 2.0)
    assert "name" not in (found.detail or "").split(" | ")
    assert "id_card" in (found.detail or "").split(" | ")


def test_a_check_within_the_turn_of_the_disclosure() -> None:
    once = {**CHECKED, "n": 1}
    assert verdict(once, "agent: 请问您的姓名，您的账户余额是三十元") == "hit"
    assert verdict(once, "agent: 您的账户余额是三十元，请问您的姓名") == "miss"


def test_nothing_disclosed_or_nobody_there() -> None:
    assert verdict(CHECKED, NAME, CARD) == "na"
    assert finding(CHECKED, "customer: 您好").reason == "role_missing"


def test_a_check_made_elsewhere() -> None:
    by_field = {**CHECKED, "field": "ivr.verified"}
    found = finding(by_field, BALANCE, meta={"ivr": {"verified": True}})
    assert [(e.turn, e.detail) for e in found.evidence] == [(None, "ivr.verified")]
    assert verdict(by_field, BALANCE, meta={"ivr": {"verified": "否"}}) == "miss"


def test_own_checks_and_disclosures() -> None:
    own = {
        "op": "auth.verified",
        "known_checks": False,
        "checks": [{"name": "暗号", "role": "customer", "words": ["芝麻开门"]}],
        "known_disclosures": False,
        "types": ["mobile"],
        "scope": {"role": "agent"},
    }
    assert verdict(own, "customer: 芝麻开门", "agent: 幺三八零零幺三八零零零") == "hit"
    assert verdict(own, "customer: 开门", "agent: 13800138000") == "miss"
    assert verdict(own, "customer: 开门", BALANCE) == "na"


ASKED = ["customer: 转人工", "bot: 请先描述问题", "customer: 我要人工客服", "bot: 正在转接"]


@pytest.mark.parametrize(
    ("params", "human", "expected"),
    [
        ({"min": 3}, True, "miss"),
        ({"min": 2}, True, "hit"),
        ({"unit": "requests", "max": 2}, True, "hit"),
        ({"unit": "requests", "max": 1}, True, "miss"),
        ({"min": 9}, False, "hit"),
        ({"max": 9}, False, "miss"),
        ({"test": "never"}, True, "miss"),
        ({"test": "never"}, False, "hit"),
        ({"test": "refused"}, True, "hit"),
        ({"unit": "ms", "min": 1}, True, "unknown"),
    ],
)
def test_the_wait_for_a_human(params: dict[str, Any], human: bool, expected: str) -> None:
    turns = [*ASKED, *(["agent: 您好"] if human else [])]
    assert verdict({"op": "bot.handover", **params}, *turns) == expected


def test_the_wait_in_time_and_its_evidence() -> None:
    turns = ["customer@0-1000: 转人工", "bot@2000-3000: 好的", "agent@31000-32000: 您好"]
    found = finding({"op": "bot.handover", "unit": "ms", "min": 30000}, *turns)
    assert [(e.turn, e.value, e.threshold) for e in found.evidence] == [(3, 30000.0, 30000.0)]
    refused = finding({"op": "bot.handover", "test": "refused"}, *ASKED)
    assert [(e.turn, e.start, e.end) for e in refused.evidence] == [(2, 0, 6)]


def test_nobody_asked_a_bot() -> None:
    op = {"op": "bot.handover", "test": "never"}
    assert verdict(op, "customer: 查话费", "bot: 三十元") == "na"
    assert verdict(op, "agent: 您好", "customer: 转人工") == "na"
    assert verdict(op, "bot: 您好") == "unknown"
    own = {**op, "known": False, "words": ["换人"]}
    assert verdict(own, "customer: 换人") == "hit"


PROMISED = {"op": "conv.promise", "scope": {"role": "agent"}}


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("我们24小时内给您回电", 24.0),
        ("三到五个工作日内给您答复", 120.0),
        ("半个小时之内帮您处理", 0.5),
        ("明天会给您回复", 48.0),
        ("稍后联系您", 4.0),
        ("尽快给您答复", None),
    ],
)
def test_promises_and_their_time(text: str, hours: float | None) -> None:
    found = finding(PROMISED, f"agent: {text}")
    assert found.verdict.value == "hit"
    assert {e.value for e in found.evidence} == {hours}


@pytest.mark.parametrize("text", ["不会给您退款", "您好请讲", "3天前就处理了"])
def test_no_promise(text: str) -> None:
    assert verdict(PROMISED, f"agent: {text}") == "miss"


def test_promises_by_their_time() -> None:
    assert verdict({**PROMISED, "min": 48}, "agent: 24小时内给您回电") == "miss"
    assert verdict({**PROMISED, "max": 24}, "agent: 24小时内给您回电") == "hit"
    assert verdict({**PROMISED, "time": "unstated"}, "agent: 尽快给您答复") == "hit"
    assert verdict({**PROMISED, "time": "stated"}, "agent: 尽快给您答复") == "miss"
    assert verdict({**PROMISED, "exclude": "回电"}, "agent: 24小时内给您回电") == "miss"


START = "2026-01-05T10:00:00"


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([{"done_at": "2026-01-06T10:00:00"}], "kept"),
        ([{"done_at": "2026-01-06T10:00:01"}], "broken"),
        ([{"done_at": "2026-01-06T10:00:01", "due_at": "2026-01-07"}], "kept"),
        ([{"as_of": "2026-01-06T10:00:01"}], "broken"),
        ([{"as_of": "2026-01-06T09:00:00"}], "open"),
        ([{"done_at": "2026-01-05T10:00:01"}, {}], "open"),
        ([{"kept": False}], "broken"),
        ([], "unrecorded"),
    ],
)
def test_what_became_of_promises(records: list[dict[str, Any]], state: str) -> None:
    facts = {"started_at": START, "related": {"promises": records}}
    for asked in ("kept", "broken", "open", "unrecorded"):
        expected = "hit" if asked == state else "miss"
        assert verdict({**PROMISED, "kept": asked}, "agent: 24小时内给您回电", **facts) == expected


def test_the_allowance_and_the_table() -> None:
    late = [{"id": "t", "done_at": "2026-01-06T10:30:00"}]
    op = {**PROMISED, "kept": "kept", "table": "tickets", "grace_ms": 1_800_000}
    facts = {"started_at": START, "related": {"tickets": late}}
    found = finding(op, "agent: 24小时内给您回电", **facts)
    assert [(e.reason, e.detail) for e in found.evidence] == [("kept", "t")]
    assert finding(op, "agent: 24小时内给您回电", started_at=START).detail == "tickets"
    assert verdict(op, "agent: 您好") == "na"
