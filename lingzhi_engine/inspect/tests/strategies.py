"""Random rules and conversations in which much is found: few words, short turns, all operators."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from lingzhi_engine.inspect import OPERATORS

from . import meant, voices
from .drawing import (
    WORDS,
    Data,
    merged,
    milliseconds,
    optional,
    patterns,
    phrases,
    ranges,
    record,
    role,
    small,
    unit,
    words,
)

EXAMPLES = ("退款", "好的好不好", "保证能给您解决", "投诉 AB 退款", "我的号码", "好好好")
TOKENS = (
    *WORDS,
    "吗", "嗯", "是什么", "300元", "三百块", "三月五号", "3月5日", "我姓王", "王先生", "尾号8000",
    "。", "？！", "头速", "推宽", "嘅", "かな", "б", "谢谢",
    "的", "，", " ", "\n", "X", "退貨", "好好", "不不", "我的号码是13800138000",
    "幺三九零零零零幺二三四", "6222021234567890128", "11010519491231002X", "保证能给您解决",
    "很高兴为您服务", "退了款", "您", "能退款吗", "转人工", "24小时内给您回电", "您的余额是三十元",
    "请问您的姓名", "验证码报一下", "我打12315", "没听懂", "3天到账",
)  # fmt: skip
ROLES = ("agent", "customer", "bot", "")
NAMES = ("a", "b", "c", "d")

windows = st.one_of(
    st.sampled_from(({}, {"unit": "turn"}, {"unit": "conversation"}, {"unit": "sentence"})),
    st.tuples(st.sampled_from(("sentences", "turns")), st.integers(1, 3)).map(
        lambda w: {"unit": "window", "window": {w[0]: w[1]}}
    ),
)
shares = st.sampled_from((0, 0.25, 0.5, 1))
sounds = optional(
    pinyin=st.just(True), fuzzy=st.lists(st.sampled_from(("zh_z", "an_ang")), min_size=1)
).map(lambda given: given if "pinyin" in given else {})
spoken = {"fold": st.booleans()}

before_now = optional(
    within=st.sampled_from(({"days": 2}, {"hours": 1})),
    min=st.integers(0, 2),
    max=small,
    subject=st.sampled_from(("any", "same")),
    subject_field=st.just("tags"),
    channel=st.sampled_from(("any", "same")),
)

PARAMS: dict[str, st.SearchStrategy[Data]] = {
    "text.keyword": st.one_of(
        merged(
            words.map(lambda w: {"words": w}),
            optional(
                mode=st.sampled_from(("any", "all", "none")),
                min_hits=small,
                exclude=patterns,
                synonyms=st.just({"好": ["不", "ab"]}),
                spoken=st.booleans(),
                **spoken,
            ),
            windows,
            sounds,
        ),
        st.just({"words": ["好", "不", "退款"], "mode": "at_least", "n": 2}),
    ),
    "text.expr": merged(
        st.sampled_from(("好 && !不", "!好", "(退款||投诉) && 好", '!(好 && 不) || "ab"')).map(
            lambda e: {"expr": e}
        ),
        optional(unit=unit, **spoken),
    ),
    "text.regex": merged(
        patterns.map(lambda p: {"pattern": p}),
        optional(exclude=patterns, min_hits=small, spoken=st.booleans(), **spoken),
        windows,
    ),
    "text.pinyin": merged(
        st.sampled_from((["退款"], ["投诉", "好"], ["很高兴"])).map(lambda w: {"words": w}),
        optional(
            written=st.booleans(),
            mode=st.sampled_from(("any", "all", "none")),
            min_hits=small,
            fuzzy=st.lists(st.sampled_from(("zh_z", "in_ing")), min_size=1),
            exclude=patterns,
        ),
        windows,
    ),
    "text.similar": merged(
        st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=3).map(lambda e: {"examples": e}),
        optional(
            negatives=st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=2),
            threshold=st.sampled_from((0.1, 0.3, 0.5, 0.7, 1)),
            method=st.sampled_from(("ngram", "dice", "contained")),
            unit=st.sampled_from(("sentence", "turn")),
            min_length=small,
            min_hits=small,
            exclude=patterns,
        ),
    ),
    "text.question": optional(
        what=st.sampled_from(("asked", "unanswered", "unanswered")),
        role=role,
        answered_by=role,
        within=small,
        min_length=st.integers(1, 5),
        min_count=small,
        words=words,
        pattern=patterns,
        exclude=patterns,
    ),
    "text.echo": optional(
        facts=st.lists(
            st.sampled_from(("number", "name", "amount", "date", "mobile")),
            min_size=1,
            unique=True,
        ),
        words=st.lists(phrases, min_size=1, max_size=2),
        share=st.sampled_from((0.3, 0.5, 1)),
        role=role,
        echoed_by=role,
        within=st.integers(0, 2),
        ends=st.sampled_from((2, 4)),
    ),
    "text.entityCompare": merged(
        st.sampled_from(("number", "name", "amount", "date", "mobile")).map(lambda t: {"type": t}),
        st.one_of(
            st.sampled_from(({"field": "said"}, {"field": "vip"})),
            role.map(lambda r: {"with_role": r if r != "any" else "agent"}),
        ),
        optional(
            test=st.sampled_from(("equal", "different")),
            ends=st.sampled_from((2, 4)),
            spoken=st.booleans(),
        ),
    ),
    "text.length": merged(
        ranges("min", "max", st.integers(0, 6)),
        optional(what=st.sampled_from(("letters", "signs", "sentences"))),
    ),
    "text.politeness": merged(
        ranges("min", "max", shares),
        optional(
            measure=st.sampled_from(("score", "polite", "impolite")),
            polite=words,
            impolite=words,
            known=st.booleans(),
        ),
    ).map(lambda given: {"polite": ["好"], **given}),
    "text.language": st.one_of(
        merged(
            st.lists(
                st.sampled_from(("zh", "en", "yue", "mixed", "other")), min_size=1, max_size=2
            ).map(lambda names: {"language": names}),
            optional(per=st.sampled_from(("turn", "conversation")), min_length=small),
        ),
        merged(
            ranges("min", "max", shares),
            st.sampled_from(("han", "latin", "other")).map(lambda name: {"script": name}),
        ),
    ),
    "text.near": merged(
        st.fixed_dictionaries({"a": phrases, "b": phrases}),
        st.tuples(st.sampled_from(("chars", "turns", "seconds")), st.integers(0, 3)).map(
            lambda w: {"within": {w[0]: w[1]}}
        ),
        optional(ordered=st.booleans()),
    ),
    "text.wordset": merged(
        st.sampled_from(
            ({"set": "mixed"}, {"set": ["mixed", "plain"]}, {"set": "mixed", "levels": ["high"]})
        ),
        optional(min_hits=small, exclude=patterns),
        windows,
        sounds,
    ),
    "text.script": merged(
        st.lists(phrases, min_size=1, max_size=3).map(lambda p: {"parts": p}),
        optional(coverage=st.sampled_from((0.3, 0.5, 0.67, 1.0)), ordered=st.booleans()),
    ),
    "text.repeat": optional(
        look_back=st.integers(0, 2),
        similarity=st.sampled_from((0.3, 0.5, 0.8, 1.0)),
        nth=small,
        min_length=st.integers(2, 4),
        excludes=words,
        of=st.sampled_from(("same", "other")),
        of_role=role,
        pattern=patterns,
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
    "text.count": merged(
        ranges("min", "max", st.integers(0, 6)),
        optional(what=st.sampled_from(("turns", "sentences", "chars"))),
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
        optional(
            within=st.sampled_from(({"turns": 0}, {"turns": 1}, {"turns": 2}, {"seconds": 1})),
            side=st.sampled_from(("after", "before", "either")),
            which=st.sampled_from(("every", "first", "any")),
            same_turn=st.booleans(),
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
    "meta.compare": merged(
        st.sampled_from(
            (
                {"field": "paid", "other": "due"},
                {"field": "due", "other": "paid"},
                {"field": "started_at", "other": "ended_at"},
                {"field": "ended_by", "other": "team"},
                {"field": "paid", "other": "ended_at"},
                {"field": "vip", "other": "vip.level"},
            )
        ),
        st.sampled_from(("eq", "ne", "gt", "ge", "lt", "le", "contains")).map(lambda t: {"test": t})
        | ranges("min", "max", st.integers(-3, 3)).map(lambda r: {"test": "difference", **r}),
        optional(
            unit=st.sampled_from(("plain", "percent", "seconds", "hours")),
            tolerance=small,
            **{"as": st.sampled_from(("auto", "number", "date", "text"))},
        ),
    ),
    "history.repeatContact": merged(
        before_now,
        optional(
            agent=st.sampled_from(("any", "same")),
            directions=st.just(["in"]),
            outcomes=st.just(["done"]),
            unresolved=st.booleans(),
        ),
    ),
    "history.complaint": merged(before_now, optional(upheld=st.booleans())),
    "survey.score": merged(
        ranges("min", "max", st.sampled_from((1, 3, 5, 50))),
        optional(
            dimensions=st.sampled_from(("x", ["x", "y"])),
            which=st.sampled_from(("last", "first", "lowest", "highest", "average", "any")),
            scale=st.sampled_from(("points", "percent")),
        ),
    ),
    "sla.breach": optional(
        kinds=st.sampled_from(("x", ["x", "y"])),
        min_ms=milliseconds,
        max_ms=milliseconds,
        min_count=small,
    ),
    "screen.event": merged(
        st.just({"events": ["x", "y"]}),
        optional(
            mode=st.sampled_from(("present", "absent")),
            min_count=small,
            min_ms=milliseconds,
            max_ms=milliseconds,
            after=phrases,
            before=phrases,
            within_ms=milliseconds,
        ),
    ),
    "risk.threat": optional(
        kinds=st.sampled_from((["regulator"], ["media", "legal"])),
        words=words,
        known=st.booleans(),
        negations=st.booleans(),
        min_hits=small,
        exclude=patterns,
    ),
    "pii.collected": optional(
        allowed=st.sampled_from((["name"], ["verification_code"])),
        words=words,
        known=st.just(True),
        partial=st.booleans(),
        min_hits=small,
    ),
    "bot.loop": optional(
        kind=st.sampled_from(("bot_repeats", "customer_repeats", "not_understood")),
        n=small,
        role=role,
        similarity=st.sampled_from((0.3, 0.8)),
        look_back=st.integers(0, 2),
        min_length=st.integers(2, 4),
        excludes=words,
        words=words,
        known=st.booleans(),
    ),
    "auth.verified": merged(
        st.just({"checks": ["稍等", ["好", "不"]]}),
        optional(
            n=small.filter(lambda n: n < 3),
            known_checks=st.booleans(),
            disclosure=phrases,
            without=st.just(["name"]),
            types=st.just(["mobile"]),
            field=st.sampled_from(("ended_by", "verified")),
        ),
    ),
    "bot.handover": merged(
        ranges("min", "max", st.integers(0, 3)),
        optional(
            test=st.sampled_from(("wait", "never", "refused")),
            unit=st.sampled_from(("turns", "requests", "ms")),
            words=words,
            refusal=words,
            known=st.booleans(),
            role=role,
        ),
    ),
    "conv.promise": optional(
        words=words,
        known=st.booleans(),
        time=st.sampled_from(("any", "stated", "unstated")),
        min=st.sampled_from((1, 24)),
        max=st.sampled_from((24, 72)),
        kept=st.sampled_from(("kept", "broken", "open", "unrecorded")),
        table=st.sampled_from(("promises", "tickets")),
        grace_ms=milliseconds,
        exclude=patterns,
    ),
    "ticket.consistency": merged(
        st.just({"types": [{"name": "x|y", "words": ["退款", "好"]}]}),
        optional(
            facts=st.sampled_from((["amount"], ["mobile", "date"])),
            words=st.just([["好的"], {"name": "三", "pattern": "保证|3"}]),
            type_field=st.just("text"),
            max_omissions=st.integers(0, 1),
        ),
    ),
    "bot.unsupportedClaim": optional(
        claims=st.sampled_from((["figures"], ["promises"])),
        words=words,
        role=role,
        likeness=st.sampled_from((0, 0.3, 1)),
        min_hits=small,
        exclude=patterns,
    ),
    "conv.flow": merged(
        st.just(
            {
                "nodes": [
                    {"id": "p", "words": ["好"]},
                    {"id": "q", "role": "customer", "words": ["不", "退款"], "score": 2},
                    {"id": "r", "pattern": "稍等|保证", "optional": True},
                    {"id": "s", "words": ["您", "ab"], "turns": 2},
                ]
            }
        ),
        optional(
            edges=st.sampled_from(
                (
                    [
                        {"from": "p", "to": "q", "when": ["投诉", "不"]},
                        {"from": "p", "to": "r"},
                        {"from": "q", "to": "s"},
                        {"from": "r", "to": "p"},
                    ],
                    [
                        {"from": "p", "to": "s", "when": "好", "turns": 1},
                        {"from": "p", "to": "q", "when": {"role": "customer", "words": ["不"]}},
                        {"from": "q", "to": "s"},
                    ],
                )
            ),
            start=st.sampled_from(("p", "q")),
            interrupts=st.sampled_from(
                ([{"id": "i", "words": ["投诉"]}], [{"id": "i", "words": "退", "to": "s"}])
            ),
            trigger=phrases,
            min_share=st.sampled_from((0, 0.5, 1)),
            must_end=st.booleans(),
            ordered=st.booleans(),
            branch_turns=small,
        ),
    ),
    "conv.stage": merged(
        st.just(
            {
                "stages": [
                    ["好"],
                    {"name": "二", "words": ["不", "退款"]},
                    {"name": "三", "pattern": "稍|保"},
                ]
            }
        ),
        st.sampled_from(
            (
                {"test": "missing"},
                {"test": "present", "stage": ["二", "三"]},
                {"test": "missing", "stage": "二"},
                {"test": "out_of_order"},
            )
        )
        | ranges("min", "max", st.integers(0, 4)).map(
            lambda r: {"test": "length", "stage": "二", **r}
        ),
        optional(
            measure=st.sampled_from(("turns", "ms", "share_of_turns", "share_of_time")),
            label=st.sampled_from(("first", "last")),
        ),
    ),
    "pii.disclosed": optional(
        types=st.lists(st.sampled_from(("mobile", "bank_card")), min_size=1, unique=True),
        spoken=st.booleans(),
    ),
    "forbidden.promise": optional(words=words, known=st.booleans(), unless=words, min_hits=small),
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
        "first_percent": st.sampled_from((25, 50)),
        "last_percent": st.sampled_from((25, 50)),
        "quantifier": st.sampled_from(("any", "all", {"at_least": 2}, {"percent": 50})),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(fields)), max_size=2, unique=True))
    scope = {name: draw(fields[name]) for name in chosen}
    if anchors and draw(st.booleans()):
        anchor = draw(
            record(
                {"condition": draw(st.sampled_from(anchors)), "turns": draw(small)},
                nth=st.sampled_from((1, 2, -1, "any")),
                inclusive=st.booleans(),
            )
        )
        scope[draw(st.sampled_from(("before", "after", "around")))] = anchor
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


moments = st.sampled_from(
    ("2026-01-02T03:00:00", "2026-01-01T03:04:05", "2025-12-01", "2026-01-03", "?", None)
)
entries = st.sampled_from(("x", "y", "好的退款3天", "三百元", None))
fields_of_tables: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "history": {
        "id": st.sampled_from(("c0", "h1")),
        "at": moments,
        "subject": st.sampled_from(("['x', 'y']", "z")),
        "channel": st.sampled_from(("phone", "chat")),
        "outcome": st.just("done"),
        "resolved": st.booleans(),
    },
    "complaints": {"at": moments, "upheld": st.booleans()},
    "surveys": {
        "at": moments,
        "dimension": entries,
        "score": st.integers(0, 5),
        "low": st.just(1),
        "high": st.sampled_from((1, 5)),
    },
    "clocks": {
        "kind": entries,
        "due_at": moments,
        "done_at": moments,
        "as_of": moments,
        "over_ms": milliseconds,
        "breached": st.booleans(),
    },
    "screen": {"event": entries, "at_ms": milliseconds},
    "tickets": {"type": entries, "text": entries, "due_at": moments, "done_at": moments},
    "promises": {"kept": st.booleans(), "due_at": moments, "done_at": moments, "as_of": moments},
    "knowledge": {"title": entries, "text": entries, "question": entries},
}
records_of = {table: optional(**fields) for table, fields in fields_of_tables.items()}
records_of["knowledge"] |= meant.answered
related = optional(**{table: st.lists(one, max_size=3) for table, one in records_of.items()})


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
                related=related,
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
def cases(draw: st.DrawFn) -> tuple[Data, list[Data]]:
    """Some rules as data, and some conversations."""
    found = draw(st.lists(rules(), min_size=1, max_size=3))
    named = [{**rule, "id": f"a.r{number}"} for number, rule in enumerate(found)]
    count = draw(st.integers(1, 4))
    return (
        {"rules": named, "wordsets": WORDSETS},
        [draw(conversations(number)) for number in range(count)],
    )
