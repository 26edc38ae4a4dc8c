"""Random uses of the operators about records, courses, risks and bots, and random records."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from . import meant
from .drawing import (
    Data,
    known_off,
    merged,
    milliseconds,
    optional,
    patterns,
    phrases,
    ranges,
    role,
    small,
    words,
)

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

before_now = optional(
    within=st.sampled_from(({"days": 2}, {"hours": 1})),
    min=st.integers(0, 2),
    max=small,
    subject=st.sampled_from(("any", "same")),
    subject_field=st.just("tags"),
    channel=st.sampled_from(("any", "same")),
)

PARAMS: dict[str, st.SearchStrategy[Data]] = {
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
    "risk.threat": merged(
        optional(
            kinds=st.sampled_from((["regulator"], ["media", "legal"])),
            words=words,
            negations=st.booleans(),
            min_hits=small,
            exclude=patterns,
        ),
        known_off("words"),
    ),
    "pii.collected": merged(
        optional(
            allowed=st.sampled_from((["name"], ["verification_code"])),
            words=words,
            partial=st.booleans(),
            min_hits=small,
        ),
        known_off("words"),
    ),
    "bot.loop": merged(
        optional(
            kind=st.sampled_from(("bot_repeats", "customer_repeats", "not_understood")),
            n=small,
            role=role,
            similarity=st.sampled_from((0.3, 0.8)),
            look_back=st.integers(0, 2),
            min_length=st.integers(2, 4),
            excludes=words,
            words=words,
        ),
        known_off("words"),
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
            role=role,
        ),
        known_off("words", "refusal"),
    ),
    "conv.promise": merged(
        optional(
            words=words,
            time=st.sampled_from(("any", "stated", "unstated")),
            min=st.sampled_from((1, 24)),
            max=st.sampled_from((24, 72)),
            kept=st.sampled_from(("kept", "broken", "open", "unrecorded")),
            table=st.sampled_from(("promises", "tickets")),
            grace_ms=milliseconds,
            exclude=patterns,
        ),
        known_off("words"),
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
}
