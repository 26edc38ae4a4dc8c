"""Random rules and conversations in which much is found: few words, short turns, all operators."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from lingzhi_engine.inspect import OPERATORS

from . import around, meant, voices, wordings
from .drawing import (
    WORDS,
    Data,
    known_off,
    merged,
    optional,
    patterns,
    phrases,
    record,
    role,
    small,
    words,
)

TOKENS = (
    *WORDS,
    "吗", "嗯", "是什么", "300元", "三百块", "三月五号", "3月5日", "我姓王", "王先生", "尾号8000",
    "号99998000", "。", "？！", "头速", "推宽", "嘅", "かな", "б", "谢谢",
    "的", "，", " ", "\n", "X", "退貨", "好好", "不不", "我的号码是13800138000",
    "幺三九零零零零幺二三四", "6222021234567890128", "11010519491231002X", "保证能给您解决",
    "很高兴为您服务", "退了款", "您", "能退款吗", "转人工", "24小时内给您回电", "您的余额是三十元",
    "请问您的姓名", "验证码报一下", "我打12315", "没听懂", "3天到账",
)  # fmt: skip
ROLES = ("agent", "customer", "bot", "")
NAMES = ("a", "b", "c", "d")

spoken = {"fold": st.booleans()}

PARAMS: dict[str, st.SearchStrategy[Data]] = {
    **wordings.PARAMS,
    "text.expr": merged(
        st.sampled_from(
            ("好 && !不", "aB || !好", "!好", "(退款||投诉) && 好", '!(好 && 不) || "ab"')
        ).map(lambda e: {"expr": e}),
        optional(case_sensitive=st.booleans(), **spoken),
        wordings.windows,
    ),
    "text.near": merged(
        st.fixed_dictionaries({"a": phrases, "b": phrases}),
        st.tuples(st.sampled_from(("chars", "words", "turns", "seconds")), st.integers(0, 3)).map(
            lambda w: {"within": {w[0]: w[1]}}
        ),
        optional(ordered=st.booleans(), case_sensitive=st.booleans(), **spoken),
    ),
    "text.script": merged(
        st.lists(phrases, min_size=1, max_size=3).map(lambda p: {"parts": p}),
        optional(coverage=st.sampled_from((0.3, 0.5, 0.67, 1.0)), ordered=st.booleans()),
    ),
    "text.entity": merged(
        st.lists(st.sampled_from(("mobile", "id_card", "bank_card")), min_size=1, max_size=2).map(
            lambda t: {"types": t}
        ),
        optional(
            state=st.sampled_from(("valid", "invalid", "any", "masked")),
            spoken=st.booleans(),
            exclude=patterns,
        ),
    ),
    **voices.PARAMS,
    "conv.opening": merged(
        words.map(lambda w: {"words": w}),
        optional(pattern=patterns, mode=st.sampled_from(("any", "all")), turns=small),
    ),
    "conv.closing": merged(
        patterns.map(lambda p: {"pattern": p}),
        optional(words=words, mode=st.sampled_from(("any", "all")), turns=small),
    ),
    "conv.sequence": merged(
        st.lists(phrases, min_size=1, max_size=3).map(lambda s: {"steps": s}),
        optional(within=st.sampled_from(({"turns": 1}, {"turns": 2}, {"seconds": 1}))),
    ),
    "conv.ifThen": merged(
        st.fixed_dictionaries({"trigger": phrases, "duty": phrases}),
        st.sampled_from(({}, {"mode": "any"}, {"mode": "at_least", "n": 1}, {"mode": "all"})),
        optional(
            duties=st.lists(phrases, min_size=1, max_size=2),
            within=st.sampled_from(({"turns": 0}, {"turns": 1}, {"turns": 2}, {"seconds": 1})),
            until=st.sampled_from(("speaks_again", "next_trigger")),
            side=st.sampled_from(("after", "before", "either")),
            which=st.sampled_from(("every", "first", "last", "any")),
            same_turn=st.booleans(),
            excused_by=words,
            excused_within=st.integers(0, 2),
        ),
    ),
    "conv.role": optional(role=role, words=words, min_hits=small),
    **meant.PARAMS,
    "meta.field": st.sampled_from(
        (
            {"field": "ended_by", "value": "agent"},
            {"field": "ended_by", "test": "in", "value": ["agent", "system"]},
            {"field": "vip.level", "test": "gt", "value": 2},
            {"field": "vip.level", "test": "between", "value": [1, 2]},
            {"field": "team", "test": "empty"},
            {"field": "ended_by", "test": "regex", "pattern": "ag.nt"},
            {"field": "started_at", "test": "before", "value": "2026-03-01"},
            {"field": "vip", "test": "not_empty"},
            {"field": "tags", "test": "ne", "value": "x"},
        )
    ),
    **around.PARAMS,
    "pii.disclosed": optional(
        types=st.lists(st.sampled_from(("mobile", "bank_card")), min_size=1, unique=True),
        spoken=st.booleans(),
    ),
    "forbidden.promise": merged(
        optional(words=words, unless=words, min_hits=small), known_off("words")
    ),
}


@st.composite
def scopes(draw: st.DrawFn, anchors: list[str]) -> Data:
    fields: dict[str, st.SearchStrategy[Any]] = {
        "role": role,
        "turns": st.tuples(
            st.sampled_from((1, 2, 3, -1, -2)), st.sampled_from((None, 1, 3, -1))
        ).map(list),
        "first_turns": small,
        "last_turns": small,
        "first_seconds": small,
        "last_seconds": small,
        "seconds": st.sampled_from(([0, 1], [1, 2.5], [0.5, None], {"from": 2})),
        "percent": st.sampled_from(([0, 50], [25, 75], [50, None])),
        "absolute": st.booleans(),
        "first_percent": st.sampled_from((25, 50)),
        "last_percent": st.sampled_from((25, 50)),
        "quantifier": st.sampled_from(("any", "all", {"at_least": 2}, {"percent": 50})),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(fields)), max_size=2, unique=True))
    scope = {name: draw(fields[name]) for name in chosen}
    if anchors and draw(st.booleans()):
        near = {"turns": draw(small), **draw(optional(inclusive=st.booleans()))}
        relation = draw(st.sampled_from(("before", "after", "around", "at")))
        anchor = draw(
            record(
                {
                    "condition": draw(st.sampled_from(anchors)),
                    **(near if relation != "at" else {}),
                },
                nth=st.sampled_from((1, 2, -1, "any")),
            )
        )
        scope[relation] = anchor
    return scope


@st.composite
def rules(draw: st.DrawFn) -> Data:
    """A rule of one to four conditions with a random expression over them."""
    conditions: dict[str, Data] = {}
    for name in NAMES[: draw(st.integers(1, 4))]:
        operator = draw(st.sampled_from(sorted(PARAMS)))
        anchors = [n for n, c in conditions.items() if OPERATORS[c["op"]].locates]
        scope = draw(scopes(anchors))
        conditions[name] = {"op": operator, **draw(PARAMS[operator]), "scope": scope}
    rule: Data = {"id": "a.b", "conditions": conditions, "when": draw(expressions(conditions))}
    return {
        **rule,
        **draw(
            optional(
                channels=st.sampled_from((["phone"], ["phone", "chat"])),
                directions=st.sampled_from((["in"], ["in", "out"])),
                applies_when=expressions(conditions),
            )
        ),
    }


def expressions(conditions: dict[str, Data]) -> st.SearchStrategy[str]:
    names = list(conditions)
    places = [n for n, c in conditions.items() if OPERATORS[c["op"]].locates]

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        two = st.tuples(inner, inner)
        return st.one_of(
            inner.map(lambda a: f"!({a})"),
            two.map(lambda p: f"({p[0]} && {p[1]})"),
            two.map(lambda p: f"({p[0]} || {p[1]})"),
            two.map(lambda p: f"({p[0]} unless {p[1]})"),
            st.tuples(st.integers(1, 2), inner, inner).map(
                lambda p: f"atLeast({p[0]}, {p[1]}, {p[2]})"
            ),
        )

    leaf = st.sampled_from(names)
    if places:
        pair = st.tuples(st.sampled_from(places), st.sampled_from(places))
        limit = st.sampled_from(("", ", within 1 turns", ", within 2 s"))
        leaf |= st.tuples(pair, limit).map(lambda p: f"seq({p[0][0]}, {p[0][1]}{p[1]})")
    return st.recursive(leaf, larger, max_leaves=3)


@st.composite
def conversations(draw: st.DrawFn, number: int) -> Data:
    """A conversation of up to seven turns, with times or without, with metadata or without."""
    turns: list[Data] = []
    timed = draw(st.sampled_from((True, True, False)))
    clock = 0
    for _ in range(draw(st.integers(0, 7))):
        text = "".join(draw(st.lists(st.sampled_from(TOKENS), max_size=4)))
        turn: Data = {"seq": len(turns) + 1, "role": draw(st.sampled_from(ROLES)), "text": text}
        if timed:
            start = max(0, clock + draw(st.integers(-1, 4)) * 500)
            clock = start + draw(st.integers(0, 4)) * 500
            turn |= {"start_ms": start, "end_ms": clock}
        turns.append({**turn, **draw(voices.sound)})
    return {
        "id": f"c{number}",
        "turns": turns,
        **draw(
            optional(
                channel=st.sampled_from(("phone", "chat", "email")),
                direction=st.sampled_from(("in", "out")),
                team=st.just("red"),
                related=around.related,
                started_at=st.just("2026-01-02T03:04:05"),
                ended_at=st.sampled_from(("2026-01-02T03:04:07", "2026-01-02T03:04:00")),
                meta=st.sampled_from(
                    (
                        {"ended_by": "agent"},
                        {"said": "13800138000"},
                        {"said": ["300", "2026-03-05", "王"]},
                        {"vip": {"level": 2}},
                        {"vip": {"level": "3"}, "ended_by": "system"},
                        {"tags": ["x", "y"]},
                        {"verified": True},
                        {"tags": ["x", "y"], "paid": 5, "due": "4"},
                        {"paid": "2026-01-02T03:04:06", "due": "2026-01-02"},
                        {"vip": {"level": "gold"}},
                    )
                )
                | voices.calls,
            )
        ),
    }


WORDSETS = {"mixed": {"high": ["保证", "投诉"], "low": ["好"]}, "plain": ["不"]}


@st.composite
def alone(draw: st.DrawFn, operator: str) -> tuple[Data, list[Data]]:
    """Two rules of one condition of ``operator``: one hits where it hits, one where it misses.

    A rule that hits because nothing is there shows the evidence of that.
    """
    condition = {"op": operator, **draw(PARAMS[operator]), "scope": draw(scopes([]))}
    rules = [{"id": f"a.{when}", "conditions": {"x": condition}, "when": expr}
             for when, expr in (("hit", "x"), ("miss", "!x"))]  # fmt: skip
    found = [draw(conversations(number)) for number in range(draw(st.integers(1, 4)))]
    return {"rules": rules, "wordsets": WORDSETS}, found


@st.composite
def cases(draw: st.DrawFn) -> tuple[Data, list[Data]]:
    """Some rules as data, and some conversations."""
    found = draw(st.lists(rules(), min_size=1, max_size=3))
    named = [{**rule, "id": f"a.r{number}"} for number, rule in enumerate(found)]
    count = draw(st.integers(1, 4))
    return (
        {"rules": named, "wordsets": WORDSETS},
        [draw(conversations(number)) for number in range(count)],
    )
