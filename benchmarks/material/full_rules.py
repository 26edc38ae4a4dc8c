"""A thousand rules as a centre would write them: every tenth of a kind of its own.

What is told apart is not what the rules mean for travel advice but what they ask of the engine:
scopes, logic, sequences, anchors, distances, duties, repetition, entities, counts and times. Each
rule has words of its own, one in ten of them said in the sample; every tenth rule that relates what
is said to something else looks for words that everybody uses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any, TypeAlias

from lingzhi_engine.inspect.expression import names, parse

from .phrases import ASKED, PREDICATES, SUBJECTS, TOLD

Rule: TypeAlias = dict[str, Any]
AGENT, CUSTOMER = {"role": "agent"}, {"role": "customer"}
SCOPES: tuple[dict[str, Any], ...] = (
    AGENT,
    CUSTOMER,
    {},
    {"role": "agent", "last_turns": 3},
    {"role": "customer", "first_turns": 3},
    {"role": "agent", "first_seconds": 60},
    {"turns": [2, -2]},
    {"role": "customer", "last_percent": 50},
)
LINKS = ("", "的", "还是", "怎么", "又", "一直", "到底", "说是")  # between subject and predicate
COMMON = (
    "您好", "你好", "请问", "麻烦", "谢谢", "抱歉", "不客气", "祝您", "再见", "稍等",
    "知道", "帮忙", "预订", "附近", "地铁", "门票", "停车", "早餐", "免费", "人均",
)  # fmt: skip
TIMES = 10  # rules of each entry of KINDS


class Words:
    """Phrases one by one: nine that nobody says, then one that is said."""

    def __init__(self, said: Sequence[str]) -> None:
        self._unsaid = cycle(f"{s}{k}{p}" for k in LINKS for p in PREDICATES for s in SUBJECTS)
        self._said = cycle(said)
        self._common = cycle(COMMON)
        self._given = 0

    def one(self) -> str:
        """The next phrase."""
        self._given += 1
        return next(self._unsaid if self._given % 10 else self._said)

    def some(self, number: int, *, common: bool = False) -> list[str]:
        """So many phrases, or so many words that everybody uses."""
        return [next(self._common) if common else self.one() for _ in range(number)]


Kind: TypeAlias = Callable[[Words, int], Rule]


def keyword(words: Words, number: int, *, common: bool = False) -> dict[str, Any]:
    """A condition: some words in one of the scopes."""
    found = words.some(2 + number % 5, common=common)
    return {"op": "text.keyword", "words": found, "scope": SCOPES[number % len(SCOPES)]}


def related(words: Words, number: int) -> dict[str, Any]:
    """A condition that a rule relates to another."""
    return keyword(words, number, common=number % 10 == 0)


def alone(condition: dict[str, Any]) -> Rule:
    """A rule of one condition."""
    return {"conditions": {"a": condition}}


def spoken(words: Words, number: int) -> Rule:
    return alone(keyword(words, number))


def several(words: Words, number: int) -> Rule:
    modes: tuple[dict[str, Any], ...] = (
        {"mode": "all"},
        {"mode": "at_least", "n": 2},
        {"mode": "none"},
    )
    return alone(keyword(words, number) | modes[number % 3])


def in_one_turn(words: Words, number: int) -> Rule:
    excluded = {"exclude": f"不(?:想|要|能){words.one()[:2]}", "unit": "turn"}
    return alone(keyword(words, number) | excluded)


def quantified(words: Words, number: int) -> Rule:
    scope = {"role": "agent", "quantifier": ({"percent": 20}, {"at_least": 2}, "all")[number % 3]}
    return alone(keyword(words, number) | {"scope": scope})


def expression(words: Words, number: int) -> Rule:
    one, other, asked = words.one(), words.one(), ASKED[number % 5]
    subject, predicate = SUBJECTS[number % 20], PREDICATES[number % 10]
    pattern = (
        f"{one[:2]}.{{0,{4 + number % 7}}}(?:{other[-3:]}|{predicate})",
        f"(?:{one}|{other})(?:了吗|不了|一下)?",
        f"(?<!不){one[:2]}[^，。]{{1,8}}{predicate[-2:]}",
        rf"{subject}(?:编?号)?[是为：]?\d{{{3 + number % 20},}}",
        f"{asked}.{{0,{1 + number % 8}}}(?:{TOLD[number // 5 % 5]}|{one})",
    )[number % 5]
    scope = SCOPES[number % len(SCOPES)]
    return alone({"op": "text.regex", "pattern": pattern, "scope": scope})


def joined(when: str) -> Kind:
    """Rules of words joined by ``when``, the first said by the agent, the next by the customer."""

    sides = {"a": AGENT, "b": CUSTOMER, "c": AGENT}
    used = names(parse(when))

    def kind(words: Words, number: int) -> Rule:
        made = {name: related(words, number) | {"scope": sides[name]} for name in used}
        return {"conditions": made, "when": when}

    return kind


def anchored(relation: str, when: str) -> Kind:
    """Rules in which one side must, or must not, say something near what the other said."""

    def kind(words: Words, number: int) -> Rule:
        near: dict[str, Any] = {"condition": "a", "turns": 1 + number % 4}
        near |= {"nth": (1, -1)[number % 2]} if number % 3 == 0 else {}
        a = related(words, number) | {"scope": CUSTOMER}
        b = related(words, number) | {"scope": {"role": "agent", relation: near}}
        return {"conditions": {"a": a, "b": b}, "when": when}

    return kind


def near(words: Words, number: int) -> Rule:
    within = ({"chars": 10}, {"turns": 3}, {"seconds": 20})[number % 3]
    a, b = (words.some(2, common=number % 10 == 0) for _ in "ab")
    return alone({
        "op": "text.near", "a": a, "b": b, "within": within,
        "ordered": number % 2 == 0, "scope": SCOPES[number % 3],
    })  # fmt: skip


def duty(words: Words, number: int) -> Rule:
    trigger, wanted = (words.some(3, common=number % 10 == 0) for _ in "ab")
    return alone({
        "op": "conv.ifThen", "trigger": {"role": "customer", "words": trigger},
        "duty": {"role": "agent", "words": wanted},
        "within": {"turns": 1 + number % 4}, "which": ("every", "first", "any")[number % 3],
    })  # fmt: skip


def steps(words: Words, number: int) -> Rule:
    said = [words.some(2, common=number % 10 == 0) for _ in range(2 + number % 3)]
    stations = [{"role": "agent", "words": one} for one in said]
    return alone({"op": "conv.sequence", "steps": stations, "within": {"turns": 6}})


def script(words: Words, number: int) -> Rule:
    said = [words.some(2, common=number % 10 == 0) for _ in range(3)]
    parts = [{"name": f"p{place}", "words": one} for place, one in enumerate(said)]
    return alone({
        "op": "text.script", "parts": parts, "coverage": 0.67, "ordered": number % 2 == 0,
        "scope": AGENT,
    })  # fmt: skip


def opening(words: Words, number: int) -> Rule:
    op = ("conv.opening", "conv.closing")[number % 2]
    return {
        "conditions": {"a": {"op": op, "words": ["您好", *words.some(3)], "scope": AGENT}},
        "when": "!a",
        "channels": ["phone"],
    }


def listed(words: Words, number: int) -> Rule:
    scope = SCOPES[number % len(SCOPES)]
    return alone({"op": "text.wordset", "set": f"list{number % 10}", "scope": scope})


def logic(words: Words, number: int) -> Rule:
    one, two, three, four = words.some(4)
    expr = f"({one}||{two}) && !{three} || {two} && {four}"
    return alone({"op": "text.expr", "expr": expr, "scope": SCOPES[number % 3]})


def entity(words: Words, number: int) -> Rule:
    types = ("mobile", "id_card", "bank_card", "email", "plate", "landline")
    return alone({
        "op": "text.entity", "types": [types[number % 6]], "min_count": 1 + number // 6 % 2,
        "scope": (AGENT, CUSTOMER)[number % 2],
    })  # fmt: skip


def repeated(words: Words, number: int) -> Rule:
    return alone({
        "op": "text.repeat", "similarity": (0.8, 0.9)[number % 2], "min_length": 6 + number % 5,
        "nth": 1 + number // 2 % 3, "scope": (AGENT, CUSTOMER)[number % 2],
    })  # fmt: skip


def counted(words: Words, number: int) -> Rule:
    return alone((
        {"op": "text.count", "what": "turns", "min": 10 + number, "scope": CUSTOMER},
        {"op": "text.count", "what": "chars", "max": 20 + number, "scope": AGENT},
        {"op": "text.length", "min": 60 + number, "scope": AGENT},
        {"op": "text.question", "what": "unanswered", "within": 1 + number % 3},
    )[number % 4])  # fmt: skip


def timed(words: Words, number: int) -> Rule:
    return alone((
        {"op": "time.silence", "min_ms": 5000 + 100 * number, "excused_by": ["稍等"]},
        {"op": "time.response", "measure": "average", "min_ms": 900 + number, "scope": AGENT},
        {"op": "voice.talkRatio", "min_percent": 80 + number, "scope": AGENT},
        {"op": "voice.rate", "min": 300 + number, "scope": AGENT},
        {"op": "time.duration", "min_ms": 60_000 + 1000 * number},
    )[number % 5])  # fmt: skip


def field(words: Words, number: int) -> Rule:
    b = {"op": "meta.field", "field": "ended_by", "test": "eq", "value": "agent"}
    return {
        "conditions": {"a": keyword(words, number), "b": b},
        "when": "a" if number % 2 else "a && b",
        "applies_when": "b" if number % 2 else "b || a",
    }


KINDS: tuple[tuple[int, Kind], ...] = (
    (17, spoken),
    (5, several),
    (3, in_one_turn),
    (2, quantified),
    (8, expression),
    (8, joined("a && !b")),
    (5, joined("a unless b")),
    (3, joined("atLeast(2, a, b, c)")),
    (5, joined("seq(a, b, within 3 turns)")),
    (3, joined("seq(a, b, within 60 s) || c")),
    (8, anchored("after", "a && !b")),
    (3, anchored("before", "a && b")),
    (2, anchored("around", "b")),
    (6, near),
    (6, duty),
    (4, steps),
    (2, script),
    (2, opening),
    (2, listed),
    (1, logic),
    (1, entity),
    (1, repeated),
    (1, counted),
    (1, timed),
    (1, field),
)  # fmt: skip


def ruleset(said_often: Sequence[str]) -> dict[str, Any]:
    """The thousand rules."""
    words = Words(said_often[100:3100:5])
    lists = {f"list{number}": words.some(20) for number in range(10)}
    rules = [
        kind(words, number) | {"id": f"full.{kind.__name__}{place}_{number}"}
        for place, (share, kind) in enumerate(KINDS)
        for number in range(share * TIMES)
    ]
    return {"rules": rules, "wordsets": lists}
