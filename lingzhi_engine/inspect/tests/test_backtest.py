"""A back-test says what two full runs, held against each other, say."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lingzhi_engine.inspect import Batch, Verdict, backtest, compile, parse
from lingzhi_engine.inspect.difference import Difference, Kind, kind_of
from lingzhi_engine.inspect.pattern import confirm

from .strategies import WORDSETS, conversations, rules

WORD = {"op": "text.keyword", "words": ["退款"]}
OTHER = {"op": "text.keyword", "words": ["退款", "退货"]}


def rule(condition: dict[str, Any], code: str = "a.b", **own: Any) -> dict[str, Any]:
    return {"id": code, "conditions": {"a": condition}, **own}


def talk(name: str, text: str, agent: str | None = "bo", team: str = "red") -> dict[str, Any]:
    turns = [f"agent: {text}"] if text else []
    return {"id": name, "agent": agent, "team": team, "turns": turns}


TALKS = [
    talk("1", "退款"),
    talk("2", "退货"),
    talk("3", "您好", agent="bea"),
    talk("4", "退货", agent=None, team="blue"),
    talk("5", ""),
]


def compared(before: Any, after: Any, talks: list[Any] | None = None, **more: Any) -> Difference:
    batch = Batch.from_conversations(TALKS if talks is None else talks)
    return backtest(parse(before), parse(after), [batch], **more)


def test_hits_are_gained_and_lost() -> None:
    (found,) = compared([rule(WORD)], [rule(OTHER, version=2)])
    assert (found.compared.before_version, found.compared.after_version) == (1, 2)
    assert found.pairs.as_json() == {
        "miss": {"miss": 1, "hit": 2},
        "hit": {"hit": 1},
        "unknown": {"unknown": 1},
    }
    assert (found.pairs.changed(Kind.GAINED), found.pairs.changed(Kind.LOST)) == (2, 0)
    (back,) = compared([rule(OTHER)], [rule(WORD)])
    assert (back.pairs.changed(Kind.GAINED), back.pairs.changed(Kind.LOST)) == (0, 2)


def test_figures_by_agent_and_team() -> None:
    (found,) = compared([rule(WORD)], [rule(OTHER)])
    bo, nobody = found.groups["agent"]["bo"], found.groups["agent"][""]
    assert (bo.before(Verdict.HIT), bo.after(Verdict.HIT)) == (1, 2)
    assert (bo.before(Verdict.HIT, Verdict.MISS), bo.after(Verdict.UNKNOWN)) == (2, 1)
    assert (nobody.before(Verdict.HIT), nobody.after(Verdict.HIT)) == (0, 1)
    assert set(found.groups["team"]) == {"red", "blue"}


def test_samples_carry_both_findings() -> None:
    (found,) = compared([rule(WORD)], [rule(OTHER)])
    samples = {one.conversation: one for one in found.samples[Kind.GAINED]}
    assert set(samples) == {"2", "4"}
    before, after = samples["2"].before, samples["2"].after
    assert before is not None
    assert after is not None
    assert (before.verdict, after.verdict) == (Verdict.MISS, Verdict.HIT)
    assert [(one.turn, one.start, one.end) for one in after.evidence] == [(1, 0, 2)]


def test_a_change_without_a_hit_is_another_kind() -> None:
    (found,) = compared([rule(WORD)], [rule(WORD, channels=["chat"])], [talk("3", "您好")])
    assert [one.conversation for one in found.samples[Kind.OTHER]] == ["3"]
    assert found.pairs.as_json() == {"miss": {"unknown": 1}}


def test_a_rule_that_a_side_lacks_applies_to_nothing_there() -> None:
    before = [rule(WORD), rule(WORD, "a.gone")]
    after = [rule(WORD, "a.new"), rule(WORD)]
    found = {one.compared.rule: one for one in compared(before, after)}
    assert list(found) == ["a.new", "a.b", "a.gone"]
    assert found["a.new"].compared.before_version is None
    assert found["a.gone"].compared.after_version is None
    assert found["a.new"].pairs.number(Verdict.NA, Verdict.HIT) == 1
    assert found["a.gone"].pairs.number(Verdict.HIT, Verdict.NA) == 1
    assert found["a.gone"].samples[Kind.LOST][0].after is None


def test_as_many_samples_as_asked_whatever_the_batches() -> None:
    talks = [talk(str(at), "退货") for at in range(60)]
    whole = compared([rule(WORD)], [rule(OTHER)], talks, samples=7)
    parts = [Batch.from_conversations(talks[at : at + 9]) for at in range(0, 60, 9)]
    again = backtest(parse([rule(WORD)]), parse([rule(OTHER)]), parts[::-1], samples=7)
    assert whole.as_json() == again.as_json()
    (found,) = whole
    names = [one.conversation for one in found.samples[Kind.GAINED]]
    assert len(names) == 7
    assert names != sorted(names, key=int)


def test_what_costs_too_much_is_named() -> None:
    slow = {"op": "text.regex", "pattern": r"(x+)(x+)(x+)y\1\2\3z"}
    talks = [talk("1", "x" * 4000 + "y")]
    with patch.object(confirm, "TIMEOUT_SECONDS", 0.01):
        found = compared([rule(WORD)], [rule(slow)], talks)
    assert found.suspended == {("after", "a.b", "a", "timeout")}
    (one,) = found
    assert one.pairs.number(Verdict.MISS, Verdict.UNKNOWN) == 1


def test_nothing_to_compare() -> None:
    assert list(compared([], [])) == []
    (found,) = compared([rule(WORD)], [rule(WORD)], [])
    assert found.pairs.as_json() == {}


@st.composite
def changes(draw: st.DrawFn) -> tuple[Any, Any, list[Any]]:
    """A rule set, the same with some rules changed, gone or new, and some conversations."""
    sides = [[draw(rules()) for _ in range(draw(st.integers(0, 2)))] for _ in range(2)]
    shared = [{**draw(rules()), "id": "a.same"}] if draw(st.booleans()) else []
    named = [
        [{**one, "id": f"a.r{at + shift}"} for at, one in enumerate(side)] + shared
        for shift, side in enumerate(sides)
    ]
    talks = [
        {**draw(conversations(number)), "agent": draw(st.sampled_from(("bo", "bea", None)))}
        for number in range(draw(st.integers(0, 6)))
    ]
    before, after = ({"rules": side, "wordsets": WORDSETS} for side in named)
    return before, after, talks


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_it_equals_two_full_runs(case: Any, size: int, chance: Any) -> None:
    before, after, talks = parse(case[0]), parse(case[1]), case[2]
    parts = [talks[at : at + size] for at in range(0, len(talks), size)]
    chance.shuffle(parts)
    found = backtest(before, after, map(Batch.from_conversations, parts), samples=2)
    assert found.conversations == len(talks)
    sides = [
        {(one.conversation, one.rule): one for one in compile(side).run(whole(talks))}
        for side in (before, after)
    ]
    for one in found:
        code = one.compared.rule
        both = [(sides[0].get((t["id"], code)), sides[1].get((t["id"], code)), t) for t in talks]
        moves = [(verdict(old), verdict(new), talk) for old, new, talk in both]
        assert tally(one.pairs) == Counter((old, new) for old, new, _ in moves)
        for agent in {talk["agent"] for talk in talks}:
            mine = Counter((old, new) for old, new, talk in moves if talk["agent"] == agent)
            assert tally(one.groups["agent"][agent or ""]) == mine
        for kind in Kind:
            changed = {talk["id"] for old, new, talk in moves if kind_of(old, new) == kind}
            samples = one.samples[kind]
            assert {s.conversation for s in samples} <= changed
            assert len(samples) == min(2, len(changed))
            for s in samples:
                assert s.before == sides[0].get((s.conversation, code))
                assert s.after == sides[1].get((s.conversation, code))
    stored = json.loads(json.dumps(found.as_json()))
    assert Difference.from_json(stored).as_json() == found.as_json()


def whole(talks: list[Any]) -> Batch:
    return Batch.from_conversations(talks)


def verdict(finding: Any) -> Verdict:
    return finding.verdict if finding is not None else Verdict.NA


def tally(pairs: Any) -> Counter[tuple[Verdict, Verdict]]:
    return Counter(
        {
            (Verdict(old), Verdict(new)): number
            for old, row in pairs.as_json().items()
            for new, number in row.items()
        }
    )
