"""``meta.field``: a field that came with the conversation (随录参数)."""

from __future__ import annotations

from ..params import Param, Values
from ..problems import FieldProblem
from ..specs import Field
from .base import Operator

TESTS = (
    "eq", "ne", "in", "not_in", "gt", "ge", "lt", "le", "between",
    "regex", "empty", "not_empty", "before", "after",
)  # fmt: skip
_COUNTS = {"empty": 0, "not_empty": 0, "between": 2}
_ONE = ("eq", "ne", "gt", "ge", "lt", "le", "before", "after")


def build(values: Values) -> Field:
    """The values are checked for their number and their kind."""
    test, given = values["test"], values["value"] or ()
    if test == "regex":
        if values["pattern"] is None:
            raise FieldProblem("missing", "pattern")
        return Field(values["field"], test, (), values["pattern"][0])
    wanted = 1 if test in _ONE else _COUNTS.get(test)
    if wanted is not None and len(given) != wanted:
        raise FieldProblem("wrong_type", "value", expected=f"{wanted} values")
    if wanted is None and not given:
        raise FieldProblem("missing", "value")
    if test in ("gt", "ge", "lt", "le", "between") and not all(map(_is_number, given)):
        raise FieldProblem("wrong_type", "value", expected="a number")
    return Field(values["field"], test, given)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


OPERATOR = Operator(
    name="meta.field",
    summary="A field of the conversation is held against a value, a range or an expression.",
    params=(
        Param(
            "field",
            "text",
            "The name; dots lead into nested metadata; channel, direction, agent, team, outcome, "
            "started_at and ended_at are known too.",
            required=True,
        ),
        Param(
            "test",
            "choice",
            "eq, ne; in, not_in; gt, ge, lt, le, between (numbers, both ends included); regex; "
            "empty, not_empty; before, after (dates).",
            default="eq",
            choices=TESTS,
        ),
        Param("value", "value", "What it is held against; a list for in, not_in and between."),
        Param("pattern", "pattern", "The expression for the test regex."),
    ),
    build=build,
    needs=("metadata",),
    locates=False,
)
