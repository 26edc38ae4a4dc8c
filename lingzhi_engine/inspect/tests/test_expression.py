"""The language of ``when``: how it is read, and the logic of four verdicts."""

from __future__ import annotations

from itertools import product

import pytest

from lingzhi_engine.inspect import Verdict, logic
from lingzhi_engine.inspect.expression import (
    And,
    AtLeast,
    Expr,
    Name,
    Not,
    Or,
    Seq,
    Unless,
    names,
    parse,
    parse_words,
)
from lingzhi_engine.inspect.problems import FieldProblem

A, B, C = Name("a"), Name("b"), Name("c")
HIT, MISS, NA, UNKNOWN = Verdict.HIT, Verdict.MISS, Verdict.NA, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("source", "expr"),
    [
        ("a", A),
        ("a && b || c", Or((And((A, B)), C))),
        ("a && (b || !c)", And((A, Or((B, Not(C)))))),
        ("a and not b", And((A, Not(B)))),
        ("atLeast(2, a, b, c)", AtLeast(2, (A, B, C))),
        ("seq(a, b)", Seq(("a", "b"))),
        ("seq(a, b, within 3 turns)", Seq(("a", "b"), 3, "turns")),
        ("seq(a, b, c, within 30 s)", Seq(("a", "b", "c"), 30, "s")),
        ("a unless b && c", Unless(A, And((B, C)))),
        ("a&&b", And((A, B))),
    ],
)
def test_it_is_read(source: str, expr: Expr) -> None:
    assert parse(source) == expr


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("", 0),
        ("a &&", 4),
        ("a b", 2),
        ("(a", 2),
        ("a & b", 2),
        ("atLeast(3, a, b)", 15),
        ("seq(a)", 5),
        ("seq(a, b, within 3 weeks)", 19),
        ("!", 1),
    ],
)
def test_it_says_where_it_cannot_be_read(source: str, position: int) -> None:
    with pytest.raises(FieldProblem) as caught:
        parse(source)
    assert caught.value.code == "bad_expression"
    assert caught.value.params["position"] == position


def test_words_are_read_as_they_are() -> None:
    assert parse_words('(会议||12315) && !"a b"') == And(
        (Or((Name("会议"), Name("12315"))), Not(Name("a b")))
    )


def test_names_come_once_and_in_order() -> None:
    assert names(parse("b && (a || b) unless seq(c, a)")) == ["b", "a", "c"]


def test_and_or_are_the_tables_of_kleene_with_na_beside_unknown() -> None:
    order = (MISS, UNKNOWN, NA, HIT)
    for one, other in product(order, order):
        assert logic.all_of((one, other)) == order[min(order.index(one), order.index(other))]
        both = logic.negate(logic.all_of((logic.negate(one), logic.negate(other))))
        assert logic.any_of((one, other)) == both
    assert [logic.any_of((MISS, v)) for v in order] == [MISS, UNKNOWN, NA, HIT]
    assert [logic.any_of((UNKNOWN, v)) for v in order] == [UNKNOWN, UNKNOWN, UNKNOWN, HIT]


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ((HIT, HIT, MISS), HIT),
        ((HIT, MISS, MISS), MISS),
        ((HIT, UNKNOWN, MISS), UNKNOWN),
        ((HIT, NA, MISS), NA),
        ((HIT, NA, UNKNOWN), UNKNOWN),
    ],
)
def test_two_of_three(given: tuple[Verdict, ...], verdict: Verdict) -> None:
    assert logic.at_least(2, given) == verdict
