"""Service plan (服务管理计划、质量计划): a clause says that one is approved and carried out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.controls import Binding, ControlKind, Days, Param, Words
from lingzhi.core.units import cadences
from lingzhi.governance.queries.plans_held import DERIVED, OVERALL, plans_held
from lingzhi.org.queries.activities_held import MONTHS


def _levels() -> Iterable[tuple[str, Words]]:
    return ((OVERALL, _("Overall plan")), (DERIVED, _("Plan of a unit, derived from the overall")))


def _periods() -> Iterable[tuple[str, Words]]:
    return (one for one in cadences() if one[0] in MONTHS)


def _leave_to_people(_binding: Binding, _by: User | None) -> None:
    """People write plans and have them approved; a clause only looks whether one is in force."""


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return plans_held(bindings, first, last)


def _evidence_url(_binding: Binding, _first: date, _last: date, _verdict: str) -> str:
    return reverse("governance:plans")


def _each_check_counts(_values: Mapping[str, Any]) -> float:
    return 1.0


PLAN = ControlKind(
    "plan",
    _("Service plan"),
    (
        Param("matter", _("matter"), "text"),
        Param("about", _("which plan"), "choice", is_required=False, choices=_levels),
        Param(
            "cadence", _("how often"), "choice", is_figure=True, is_required=False,
            choices=_periods,
        ),
    ),
    apply=_leave_to_people,
    end=_leave_to_people,
    evidence=_evidence,
    evidence_url=_evidence_url,
    needed=_each_check_counts,
)  # fmt: skip
