"""One condition asked of one conversation, as tests write both."""

from __future__ import annotations

from typing import Any

from lingzhi_engine.inspect import Batch, Finding, compile, parse, reference


def finding(condition: dict[str, Any], *turns: str, when: str = "a", **facts: Any) -> Finding:
    """What the engine says; the reference must say the same."""
    rules = parse([{"id": "a.b", "conditions": {"a": condition}, "when": when}])
    batch = Batch.from_conversations([{"id": "1", "turns": list(turns), **facts}])
    found = list(compile(rules).run(batch))
    assert found == reference.inspect(rules, [batch.conversation(0)])
    return found[0]


def verdict(condition: dict[str, Any], *turns: str, **facts: Any) -> str:
    """The verdict alone."""
    return finding(condition, *turns, **facts).verdict.value


def words(condition: dict[str, Any], *turns: str, **facts: Any) -> list[str]:
    """The words of the turns that the evidence points at."""
    given = [turn.partition(": ")[2] for turn in turns]
    return [
        given[e.turn - 1][e.start : e.end]
        for e in finding(condition, *turns, **facts).evidence
        if e.turn is not None
    ]
