"""What random parameters are drawn from: few words, short times, and how parts are put together."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]

WORDS = ("退款", "好", "好的好", "不", "保证", "抱歉", "投诉", "ab", "稍等", "ＡB")
PATTERNS = (
    "退.{0,3}款",
    "(?<!不)好",
    "好+",
    "^好|不$",
    r"(好|不)\1",
    "退款|投诉",
    r"\d{2,}",
    "a.*b",
    "好(?=的)",
    "[^好]好",
    r"\bab",
    "(?:好|好的)好",
    "(?:a|不){1,3}",
    "好.+?不",
)
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True)
patterns = st.one_of(
    st.sampled_from(PATTERNS), st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=2)
)
small = st.integers(1, 3)
milliseconds = st.integers(0, 9).map(lambda n: n * 500)
role = st.sampled_from(("agent", "customer", "bot", ["agent", "customer"], "any"))


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries({}, optional=fields)


def record(fixed: Data, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    return optional(**fields).map(lambda more: {**fixed, **more})


def ranges(low: str, high: str, values: st.SearchStrategy[int]) -> st.SearchStrategy[Data]:
    return st.one_of(
        values.map(lambda v: {low: v}),
        values.map(lambda v: {high: v}),
        st.tuples(values, values).map(lambda v: {low: min(v), high: max(v)}),
    )


def merged(*parts: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    return st.tuples(*parts).map(lambda found: {k: v for part in found for k, v in part.items()})


phrases = st.one_of(
    st.sampled_from(WORDS),
    words,
    merged(words.map(lambda w: {"words": w}), optional(pattern=patterns, role=role)),
    merged(patterns.map(lambda p: {"pattern": p}), optional(role=role)),
)


def known_off(*own: str) -> st.SearchStrategy[Data]:
    """The words known to an operator count, or do not and the rule has ``own`` ones."""
    return st.just({}) | st.fixed_dictionaries(
        {"known": st.just(False), **dict.fromkeys(own, words)}
    )
