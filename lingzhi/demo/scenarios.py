"""What people talk about: scenarios and the phrases all of them share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lingzhi.demo.phrases import Phrase, parse_phrase
from lingzhi.demo.source import read

FILES = ("presale", "orders", "aftersales", "members", "complaints", "outbound")


@dataclass(frozen=True, slots=True)
class Pool:
    """Phrases of which one is said, and what saying one does."""

    name: str
    acts: frozenset[str]
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and how it may be answered."""

    ask: Pool
    answer: Pool


@dataclass(frozen=True, slots=True)
class Scenario:
    """See the head of data/demo/scenarios/presale.yaml."""

    id: str
    queue: str
    dept: str
    other_party: str
    weight: float
    channels: dict[str, float]
    direction: str
    kinds: tuple[str, ...]
    mood: float
    anger: float
    solved: float
    sale: float
    refund: float
    repeat: float
    verify: bool
    is_launch: bool
    is_bad_week: bool
    asks_secret: bool
    topic: Phrase
    begin: Pool
    details: tuple[Question, ...]
    asks: tuple[Question, ...]
    found: Pool | None
    explain: Pool
    solve: Pool | None = field(default=None)


def _pool(name: str, phrases: Iterable[str], *acts: str) -> Pool:
    return Pool(name, frozenset(acts), tuple(parse_phrase(phrase) for phrase in phrases))


def _questions(name: str, raw: list[dict[str, Any]]) -> tuple[Question, ...]:
    return tuple(
        Question(_pool(f"{name}.{at}.q", [one["q"]]), _pool(f"{name}.{at}.a", one["a"]))
        for at, one in enumerate(raw)
    )


def _scenario(raw: dict[str, Any]) -> Scenario:
    name = raw["id"]
    complains = ("dissatisfied",) if raw.get("complains") else ()
    return Scenario(
        id=name,
        queue=raw["queue"],
        dept=raw["dept"],
        other_party=raw["other_party"],
        weight=raw["weight"],
        channels=raw["channels"],
        direction=raw.get("direction", "in"),
        kinds=tuple(raw.get("kinds", ())),
        mood=raw["mood"],
        anger=raw.get("anger", 0.2),
        solved=raw["solved"],
        sale=raw.get("sale", 0.05),
        refund=raw.get("refund", 0.0),
        repeat=raw.get("repeat", 0.05),
        verify=raw.get("verify", False),
        is_launch=raw.get("launch", False),
        is_bad_week=raw.get("bad_week", False),
        asks_secret=raw.get("risk_secret", False),
        topic=parse_phrase(raw["topic"]),
        begin=_pool(f"{name}.begin", raw.get("problem") or raw["purpose"], *complains),
        details=_questions(f"{name}.details", raw["details"]),
        asks=_questions(f"{name}.asks", raw["asks"]),
        found=_pool(f"{name}.found", raw["found"], "disclose") if "found" in raw else None,
        explain=_pool(f"{name}.explain", raw["explain"]),
        solve=_pool(f"{name}.solve", raw["solve"]) if "solve" in raw else None,
    )


@cache
def scenarios() -> tuple[Scenario, ...]:
    """All scenarios, in the order of their files."""
    return tuple(_scenario(raw) for file in FILES for raw in read(f"scenarios/{file}"))


@cache
def pools() -> dict[str, Pool]:
    """The shared phrases by name; `name.channel` where a channel has its own."""
    return {
        name: _pool(name, raw["say"], *raw.get("acts", ())) for name, raw in read("phrases").items()
    }
