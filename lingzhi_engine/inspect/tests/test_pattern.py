"""Patterns: what is refused, what is the same character, and two matchers that must agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingzhi_engine.inspect.batch import Batch
from lingzhi_engine.inspect.pattern.confirm import confirmer
from lingzhi_engine.inspect.pattern.cost import cheap_length, size
from lingzhi_engine.inspect.pattern.obvious import find_all
from lingzhi_engine.inspect.pattern.pattern import Pattern, expression, word
from lingzhi_engine.inspect.problems import FieldProblem
from lingzhi_engine.inspect.scan import Matcher

pieces = st.sampled_from(
    ("退", "款", "a", "A", "不", "[退货]", "[^不]", ".", r"\d", "(?:退|退货)", r"\b")
)
counts = st.sampled_from(("", "?", "*", "+", "{2}", "{0,2}", "{1,3}?", "+?", "*?", "?+"))


def joined(parts: list[str]) -> str:
    return "".join(parts)


repeated = st.tuples(pieces, counts).map(lambda p: p[0] if p[0] == r"\b" else joined([*p]))
sequences = st.lists(repeated, min_size=1, max_size=4).map(joined)
looks = st.tuples(st.sampled_from(("(?<!不)", "(?=款)", "(?!a)", "(?<=退)", "^")), sequences).map(
    joined
)
sources = st.one_of(
    sequences,
    looks,
    st.tuples(sequences, sequences).map("|".join),
    st.tuples(sequences, sequences).map(lambda p: f"(?:{p[0]}|{p[1]})款"),
    sequences.map(lambda s: rf"({s})不?\1"),
)
texts = st.text(st.sampled_from("退货款不aAＡ退款1２ \n，"), max_size=12)


def made(source: str) -> Pattern | None:
    try:
        return expression(source)
    except FieldProblem:
        return None


@settings(max_examples=400, deadline=None)
@given(sources, texts)
def test_confirming_finds_what_is_meant(source: str, text: str) -> None:
    pattern = made(source)
    if pattern is not None:
        text = text.replace("\n", " ")
        assert confirmer(pattern)(text) == find_all(pattern, text)


@settings(max_examples=60, deadline=None)
@given(st.lists(sources, min_size=1, max_size=6), st.lists(texts, min_size=1, max_size=5))
def test_scanning_finds_what_is_meant(written: list[str], said: list[str]) -> None:
    patterns = [p for p in map(made, written) if p is not None]
    batch = Batch.from_conversations([{"turns": [{"text": text} for text in said]}])
    matcher = Matcher(patterns)
    matcher._compile()
    found = matcher.find(batch, lambda number, turns: turns)
    columns = (found.pattern, found.turn, found.start, found.end)
    assert list(zip(*(c.tolist() for c in columns), strict=True)) == [
        (number, turn, *span)
        for number, pattern in enumerate(patterns)
        for turn, text in enumerate(said)
        for span in find_all(pattern, text.replace("\n", " "))
    ]


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("(a", 0),
        ("a)", 1),
        ("[a", 0),
        ("*a", 0),
        ("a**", 0),
        ("a{3,1}", 1),
        (r"a\q", 1),
        (r"\2(a)", 0),
    ],
)
def test_it_says_where_it_cannot_read(source: str, position: int) -> None:
    with pytest.raises(FieldProblem) as caught:
        expression(source)
    assert caught.value.code == "bad_pattern"
    assert caught.value.params["position"] == position


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("(a+)+b", "pattern_runaway"),
        ("(?:.{1,50},)*x", "pattern_runaway"),
        ("(?:a?|b)*", "pattern_matches_empty"),
        ("a{1,900}" * 30, "pattern_too_costly"),
        ("a" * 2001, "pattern_too_long"),
    ],
)
def test_it_refuses_what_may_take_for_ever(source: str, code: str) -> None:
    with pytest.raises(FieldProblem) as caught:
        expression(source)
    assert caught.value.code == code


def test_costly_patterns_are_cheap_on_short_texts_only() -> None:
    gap = expression("a.*b.*c.*d").folded
    assert 20 < cheap_length(gap) < 100
    assert cheap_length(expression("退款.{0,6}多久").folded) > 100_000
    assert cheap_length(expression("(a|b)x*\\1").folded) == 0


def test_size_writes_repetitions_out() -> None:
    assert size(expression("(?:ab){3}c?").node) == 7


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("退款", "退款"),
        ("幫我查詢", "帮我查询"),
        ("ＡＢＣ１２３", "abc123"),
        ("什麼", "什么"),
        ("，", ","),
    ],
)
def test_forms_of_a_character_match_each_other(said: str, source: str) -> None:
    assert confirmer(word(source))(f"好{said}的") == [(1, 1 + len(said))]
    assert confirmer(word(said))(f"好{source}的") == [(1, 1 + len(source))]


def test_without_folding_they_do_not() -> None:
    assert confirmer(word("帮", fold=False))("幫帮") == [(1, 2)]


def test_a_word_is_taken_literally() -> None:
    assert confirmer(word("a.b*"))("axb a.b*") == [(4, 8)]


def test_a_match_never_crosses_a_turn() -> None:
    said: list[Any] = ["退", "款", "退\n款", ""]
    batch = Batch.from_conversations([{"turns": [{"text": text} for text in said]}])
    patterns = [word("退款"), expression("退[^x]款"), expression(r"退\s款"), expression("退.*款")]
    matcher = Matcher(patterns)
    matcher._compile()
    found = matcher.find(batch, lambda number, turns: turns)
    assert found.pattern.tolist() == [1, 2, 3]
    assert found.turn.tolist() == [2, 2, 2]
