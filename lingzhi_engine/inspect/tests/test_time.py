"""The operators on times, by hand: silence, replies, holds, ringing."""

from __future__ import annotations

from typing import Any

import pytest

from lingzhi_engine.inspect import InvalidRules

from .one import finding, verdict

WAITED = ("agent@0-2000: 我看看", "customer@12000-13000: 喂", "agent@13500-15000: 在的")


def figures(condition: dict[str, Any], *turns: str, **facts: Any) -> list[Any]:
    """Turn, value and threshold of all evidence."""
    found = finding(condition, *turns, **facts)
    return [(e.turn, e.value, e.threshold) for e in found.evidence]


def unknown_because(condition: dict[str, Any], *turns: str, **facts: Any) -> tuple[Any, Any]:
    found = finding(condition, *turns, **facts)
    assert found.verdict == "unknown"
    return found.reason, found.detail


def test_silence_points_at_the_turn_that_ends_it() -> None:
    silence = {"op": "time.silence", "min_ms": 5000}
    assert figures(silence, *WAITED) == [(2, 10000.0, 5000.0)]
    assert verdict({**silence, "min_ms": 10001}, *WAITED) == "miss"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"before_role": "customer"}, "hit"),
        ({"before_role": "agent"}, "miss"),
        ({"after_role": "agent", "before_role": "customer"}, "hit"),
        ({"after_role": "customer", "before_role": "customer"}, "miss"),
    ],
)
def test_silence_between_certain_roles(limits: dict[str, Any], expected: str) -> None:
    assert verdict({"op": "time.silence", "min_ms": 5000, **limits}, *WAITED) == expected


def test_silence_is_excused_by_words_some_turns_before() -> None:
    turns = ("agent@0-1000: 请稍等", "customer@1000-2000: 好", "agent@12000-13000: 查到了")
    silence = {"op": "time.silence", "min_ms": 5000, "excused_by": ["稍等"]}
    assert verdict(silence, *turns) == "hit"
    assert verdict({**silence, "excused_within": 2}, *turns) == "miss"


def test_silence_at_the_end_needs_to_know_when_it_ended() -> None:
    silence = {"op": "time.silence", "min_ms": 5000, "at_end": True}
    ends = {"started_at": "2026-01-05T09:00:00", "ended_at": "2026-01-05T09:00:21"}
    assert figures(silence, "agent@0-1000: 您好", **ends) == [(1, 20000.0, 5000.0)]
    assert verdict({**silence, "excused_by": ["您好"]}, "agent@0-1000: 您好", **ends) == "miss"
    assert unknown_because(silence, *WAITED) == ("field_missing", "ended_at")


def test_an_interval_may_run_from_the_start_of_the_turn_before() -> None:
    silence = {"op": "time.silence", "min_ms": 12000, "since": "start"}
    assert figures(silence, *WAITED) == [(2, 12000.0, 12000.0)]


def test_all_silences_together() -> None:
    assert figures({"op": "time.silenceTotal", "min_ms": 10000}, *WAITED) == [
        (None, 10500.0, 10000.0)
    ]
    assert figures({"op": "time.silenceTotal", "min_percent": 70}, *WAITED) == [(None, 70.0, 70.0)]
    short = {"op": "time.silenceTotal", "max_ms": 500, "longest_ms": 5000}
    assert figures(short, *WAITED) == [(None, 500.0, 500.0)]
    assert verdict({"op": "time.silenceTotal", "min_ms": 10501}, *WAITED) == "miss"


def test_silence_in_all_is_not_known_without_times_or_of_nothing() -> None:
    total = {"op": "time.silenceTotal", "min_percent": 50}
    assert unknown_because(total, "agent: 您好") == ("no_times", None)
    assert unknown_because(total, "agent@0-0: ") == ("no_speech", None)
    assert verdict({**total, "scope": {"last_seconds": 1}}, *WAITED) == "miss"


def test_one_range_is_enough() -> None:
    with pytest.raises(InvalidRules, match="cannot be used together"):
        verdict({"op": "time.silenceTotal", "min_ms": 1, "max_percent": 2}, *WAITED)
    with pytest.raises(InvalidRules, match="needs one of min_ms, max_ms"):
        verdict({"op": "time.silenceTotal"}, *WAITED)


ASKED_TWICE = ("customer@0-1000: 在吗", "customer@20000-21000: 人呢", "agent@30000-31000: 在的")


def test_a_reply_is_counted_from_the_first_question_in_a_row() -> None:
    slow = {"op": "time.response", "measure": "first", "min_ms": 20000, "scope": {"role": "agent"}}
    assert verdict(slow, *ASKED_TWICE) == "miss"
    assert figures({**slow, "since": "first"}, *ASKED_TWICE) == [(3, 29000.0, 20000.0)]


def test_several_slow_replies() -> None:
    slow = {"op": "time.response", "measure": "adjacent", "min_ms": 400, "min_count": 2}
    assert figures(slow, *WAITED) == [(2, 10000.0, 400.0), (3, 500.0, 400.0)]
    assert verdict({**slow, "min_count": 3}, *WAITED) == "miss"
    assert verdict(slow, "agent@0-1000: 您好") == "na"
    assert unknown_because(slow, "agent: 您好") == ("no_times", None)


@pytest.mark.parametrize(
    ("meta", "value"),
    [
        ({"hold_seconds": 65}, 65000.0),
        ({"hold_ms": 65000}, 65000.0),
        ({"holds": [60000, {"seconds": 5}]}, 65000.0),
        ({"holds": [{"start_ms": 1000, "end_ms": 66000}], "hold_seconds": 1}, 65000.0),
    ],
)
def test_holds_in_all(meta: dict[str, Any], value: float) -> None:
    hold = {"op": "time.hold", "min_ms": 60000}
    assert figures(hold, "agent: 您好", meta=meta) == [(None, value, 60000.0)]
    assert verdict({"op": "time.hold", "max_ms": 60000}, "agent: 您好", meta=meta) == "miss"


def test_single_holds() -> None:
    meta = {"holds": [{"seconds": 2}, {"seconds": 40}, {"seconds": 30}]}
    longest = {"op": "time.hold", "measure": "longest", "min_ms": 30001}
    assert figures(longest, "agent: 您好", meta=meta) == [(None, 40000.0, 30001.0)]
    assert verdict(longest, "agent: 您好", meta={"longest_hold_seconds": 31}) == "hit"
    assert verdict(longest, "agent: 您好", meta={"longest_hold_ms": 30000}) == "miss"
    count = {"op": "time.hold", "measure": "count", "min": 2, "shortest_ms": 5000}
    assert figures(count, "agent: 您好", meta=meta) == [(None, 2.0, 2.0)]
    assert verdict(count, "agent: 您好", meta={"hold_seconds": 0}) == "miss"
    assert verdict({**count, "shortest_ms": 0}, "agent: 您好", meta={"hold_count": 3}) == "hit"


@pytest.mark.parametrize(
    ("condition", "meta", "why"),
    [
        ({"min_ms": 1}, {}, ("field_missing", "hold_seconds")),
        ({"min_ms": 1, "shortest_ms": 5}, {"hold_seconds": 9}, ("field_missing", "holds")),
        (
            {"min_ms": 1, "measure": "longest"},
            {"hold_seconds": 9},
            ("field_missing", "longest_hold_seconds"),
        ),
        (
            {"min": 1, "measure": "count", "shortest_ms": 1},
            {"hold_count": 9},
            ("field_missing", "holds"),
        ),
        ({"min": 1, "measure": "count"}, {"hold_seconds": 9}, ("field_missing", "hold_count")),
        ({"min_ms": 1}, {"holds": [{}]}, ("not_comparable", "holds")),
        ({"min_ms": 1}, {"hold_seconds": "?"}, ("not_comparable", "hold_seconds")),
    ],
)
def test_holds_that_are_not_told(
    condition: dict[str, Any], meta: dict[str, Any], why: tuple[str, str]
) -> None:
    assert unknown_because({"op": "time.hold", **condition}, "agent: 您好", meta=meta) == why


def test_ringing() -> None:
    late = {"op": "time.ringAnswer", "min_ms": 15001}
    assert figures(late, "agent: 您好", meta={"ring_seconds": 16}) == [(None, 16000.0, 15001.0)]
    assert verdict(late, "agent: 您好", meta={"ring_ms": 15000}) == "miss"
    assert unknown_because(late, "agent: 您好") == ("field_missing", "ring_seconds")


def test_rings_are_counted_or_follow_from_the_time() -> None:
    rings = {"op": "time.ringAnswer", "measure": "rings", "min": 4}
    assert verdict(rings, "agent: 您好", meta={"ring_count": 4}) == "hit"
    told = {"ring_seconds": 15.1}
    assert unknown_because(rings, "agent: 您好", meta=told) == ("field_missing", "ring_count")
    assert figures({**rings, "one_ring_ms": 5000}, "agent: 您好", meta=told) == [(None, 4.0, 4.0)]


def test_waiting() -> None:
    wait = {"op": "time.ringAnswer", "measure": "wait", "min_ms": 20000}
    assert verdict(wait, "agent: 您好", meta={"wait_seconds": 20}) == "hit"
    assert unknown_because(wait, "agent: 您好", meta={"wait_seconds": ""})[1] == "wait_seconds"
