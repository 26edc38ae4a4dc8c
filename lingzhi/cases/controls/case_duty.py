"""Duties in complaints (投诉职责): who does what, as lines of the duty matrix."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.roles import ROLES
from lingzhi.cases.controls.common import kind_of_cases
from lingzhi.cases.models import Duty, Grade
from lingzhi.cases.queries.duties_kept import duties_judged
from lingzhi.cases.services.by_clause import demand_duty, release_lines
from lingzhi.core.controls import Flaw, Param, Words

Values = Mapping[str, Any]


def _stages() -> Iterable[tuple[str, Words]]:
    return Duty.Task.choices


def _roles() -> Iterable[tuple[str, Words]]:
    return ((code, role.label) for code, role in ROLES.items())


def grades() -> Iterable[tuple[str, Words]]:
    """How severe a complaint is."""
    return Grade.choices


GRADE = Param("grade", _("severity grade"), "choice", is_required=False, choices=grades)


def _check(values: Values) -> Iterable[Flaw]:
    is_opinion = values.get("stage") == Duty.Task.OPINION
    if is_opinion and values.get("order") is None:
        yield Flaw("order", _("Say at which place of the route."))
    elif not is_opinion and values.get("order") is not None:
        yield Flaw("order", _("Only opinions have a place in a route."))


CASE_DUTY = kind_of_cases(
    "case_duty",
    _("Duty in complaints"),
    (
        Param("stage", _("duty"), "choice", choices=_stages),
        Param("department", _("department"), "text"),
        Param("role", _("role"), "choice", choices=_roles),
        GRADE,
        Param(
            "order", _("place in the route of opinions"), "integer", is_figure=True,
            is_required=False, low=1,
        ),
    ),
    check=_check,
    judge=duties_judged,
    apply=demand_duty,
    end=partial(release_lines, Duty),
)  # fmt: skip
