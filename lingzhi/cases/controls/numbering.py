"""How cases are numbered (编号): year, month and the serial of the month, or as a clause says."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.controls.common import kind_of_cases
from lingzhi.cases.queries.clauses import ALL
from lingzhi.cases.queries.numbers import is_pattern
from lingzhi.cases.queries.numbers_kept import numbers_judged
from lingzhi.cases.services.numbering import demand_pattern, release_pattern
from lingzhi.core.controls import Flaw, Limit, Param
from lingzhi.rulebook.kinds import CASE

Values = Mapping[str, Any]
NUMBERED = (ALL, "complaint")


def _check(values: Values) -> Iterable[Flaw]:
    if not is_pattern(str(values.get("pattern", ""))):
        yield Flaw("pattern", _("A pattern has one {serial:4} and, with {month}, the {year} too."))
    if values.get("case", ALL) not in NUMBERED:
        yield Flaw("case", _("Only complaints have numbers of their own."))


def _limits(values: Values) -> Iterable[Limit]:
    """The pattern: there is one in the house, so two clauses must not want different ones."""
    case = values.get("case", ALL)
    yield Limit(
        subject="pattern", value=str(values.get("pattern", "")), unit="", better="",
        case="" if case == ALL else case, param="pattern",
    )  # fmt: skip


def _each_number(_values: Values) -> float:
    """One number that does not fit breaks it: a program gives them."""
    return 1.0


NUMBERING = kind_of_cases(
    "numbering",
    _("Numbering"),
    (Param("pattern", _("pattern"), "text"), replace(CASE, is_required=False)),
    check=_check,
    limits=_limits,
    judge=numbers_judged,
    apply=demand_pattern,
    end=release_pattern,
    needed=_each_number,
)
