"""What is said live is what the batch says at the end: no hit is taken back, none is lost."""

from __future__ import annotations

from dataclasses import replace as replaced
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from lingzhi_engine.inspect import Batch, Turn, Verdict, compile, parse, transcript
from lingzhi_engine.inspect.live import Live

from .strategies import cases


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_a_hit_that_was_told_is_never_taken_back(case: tuple[dict[str, Any], list[Any]]) -> None:
    data, conversations = case
    plan = compile(parse(data))
    live = Live(plan)
    for number, written in enumerate(conversations):
        whole = transcript.conversation(written, str(number))
        facts = {"outcome": whole.outcome, "ended_at": whole.ended_at}
        live.open(replaced(whole, turns=(), outcome=None, ended_at=None))
        told = []
        for turn in whole.turns:
            live.add(whole.id, [turn])
            told += live.early()
        ended = live.close(whole.id, **facts)
        assert ended == whole
        final = {f.rule: f for f in plan.run(Batch.from_conversations([ended]))}
        assert [(one.rule, final[one.rule].verdict) for one in told] == [
            (one.rule, Verdict.HIT) for one in told
        ]
        assert len({one.rule for one in told}) == len(told)


def told_at(condition: dict[str, Any], *lines: str, **more: Any) -> int | None:
    """The number of the turn at which a rule of one condition was told, with ``when`` if given."""
    conditions = {"a": condition, **more.pop("conditions", {})}
    live = Live(compile(parse([{"id": "a.b", "conditions": conditions, **more}])))
    live.open(transcript.conversation({"id": "1", "channel": "phone", "turns": []}))
    for number, line in enumerate(lines, start=1):
        live.add("1", [transcript.turn(line, number)])
        if live.early():
            return number
    return None


REFUND = {"op": "text.keyword", "words": ["退款"]}
SORRY = {"op": "text.keyword", "words": ["抱歉"], "scope": {"role": "agent"}}


def test_words_are_told_when_they_are_said() -> None:
    assert told_at(REFUND, "customer: 喂", "customer: 我要退款", "agent: 好") == 2


def test_what_nobody_may_say_waits_for_the_end() -> None:
    assert told_at({**REFUND, "mode": "none"}, "customer: 喂", "agent: 好") is None


def test_what_must_be_said_at_the_beginning_is_missed_when_the_beginning_is_over() -> None:
    opening = {"op": "conv.opening", "words": ["您好"], "turns": 2, "scope": {"role": "agent"}}
    lines = ("agent: 喂", "customer: 喂", "agent: 什么事", "customer: 退款")
    assert told_at(opening, *lines, when="!a") == 3
    assert told_at(opening, "agent: 喂", "agent: 您好", "agent: 好", when="!a") is None


def test_a_duty_is_missed_when_it_can_no_longer_be_done() -> None:
    duty = {
        "op": "conv.ifThen",
        "trigger": {"words": ["投诉"], "role": "customer"},
        "duty": {"words": ["抱歉"], "role": "agent"},
        "within": {"turns": 2},
    }
    lines = ("customer: 我要投诉", "agent: 哦", "customer: 喂", "agent: 好", "agent: 抱歉")
    assert told_at(duty, *lines, when="!a") == 4
    assert told_at(duty, "customer: 我要投诉", "agent: 哦", "agent: 抱歉", when="!a") is None


def test_a_sequence_is_told_when_it_is_complete() -> None:
    lines = ("agent: 抱歉", "customer: 我要退款", "agent: 好", "agent: 抱歉")
    assert told_at(REFUND, *lines, conditions={"b": SORRY}, when="seq(a, b)") == 4
    assert (
        told_at(REFUND, *lines, conditions={"b": SORRY}, when="seq(a, b, within 1 turns)") is None
    )


def test_what_may_still_come_holds_a_hit_back() -> None:
    assert told_at(REFUND, "customer: 退款", conditions={"b": SORRY}, when="a && !b") is None
    assert told_at(REFUND, "customer: 退款", conditions={"b": SORRY}, when="a || !b") == 1


def live_of(*, told: tuple[str, ...] = ()) -> Live:
    live = Live(compile(parse([{"id": "a.b", "conditions": {"a": REFUND}}])))
    live.open(transcript.conversation(["customer@0-100: 退款"], "1"), told=told)
    return live


def test_what_was_told_before_a_restart_is_not_told_again() -> None:
    assert [one.rule for one in live_of().early()] == ["a.b"]
    assert live_of(told=("a.b",)).early() == []


def test_a_turn_that_comes_twice_counts_once() -> None:
    live = live_of()
    live.add("1", [Turn(1, "customer", "退款", 0, 100), Turn(2, "agent", "好", 100, 200)])
    assert [turn.seq for turn in live.close("1").turns] == [1, 2]


def test_times_must_come_with_all_turns_or_with_none() -> None:
    live = live_of()
    with pytest.raises(ValueError, match="times in all its turns or in none"):
        live.add("1", [Turn(2, "agent", "好")])
    assert len(live.close("1").turns) == 1


def test_a_conversation_is_opened_once_and_forgotten_when_it_is_closed() -> None:
    live = live_of()
    with pytest.raises(ValueError, match="open already"):
        live.open(transcript.conversation([], "1"))
    ended = live.close("1", outcome="solved", meta={"vip": 2, "team": "red"})
    assert (ended.outcome, ended.meta, "1" in live, len(live)) == ("solved", {"vip": 2}, False, 0)
