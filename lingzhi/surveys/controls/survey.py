"""Surveys (满意度调查): a clause says after which service customers are asked about what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.controls import Binding, ControlKind, Days, Flaw, Param, Words
from lingzhi.core.units import cadences
from lingzhi.surveys.models import Dimension, SendingRule
from lingzhi.surveys.queries.surveys_kept import CAMPAIGN, MONTHS, surveys_judged
from lingzhi.surveys.queries.words import OVERALL

Values = Mapping[str, Any]
# The dimensions that come with the program; a house adds its own.
USUAL: dict[str, Words] = {
    OVERALL: _("all in all"),
    "attitude": _("attitude"),
    "efficiency": _("efficiency"),
    "content": _("content of the service"),
    "process": _("process of the service"),
    "response": _("response"),
    "professionalism": _("professionalism"),
    "resolution": _("how far the problem is solved"),
}


def _moments() -> Iterable[tuple[str, Words]]:
    return [*SendingRule.Event.choices, (CAMPAIGN, _("Again and again, by a plan"))]


def _dimensions() -> Iterable[tuple[str, Words]]:
    own: dict[str, Words] = {one.code: str(one) for one in Dimension.objects.all()}
    return {**USUAL, **own}.items()


def _cadences() -> Iterable[tuple[str, Words]]:
    return (one for one in cadences() if one[0] in MONTHS)


def _check(values: Values) -> Iterable[Flaw]:
    has_cadence = "cadence" in values
    if values.get("moment") == CAMPAIGN and not has_cadence:
        yield Flaw("cadence", _("This is missing."))
    if values.get("moment") != CAMPAIGN and has_cadence:
        yield Flaw("cadence", _("What follows a service does not come again by itself."))


def _leave_to_people(_binding: Binding, _by: User | None) -> None:
    """Nobody is written to because a clause was adopted: rules and plans are set by people."""


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return surveys_judged(bindings, first, last)


def _evidence_url(binding: Binding, first: date, last: date, _verdict: str) -> str:
    """What was asked and answered there in these days."""
    asked = {"from_on": first.isoformat(), "to_on": last.isoformat(), "unit": binding.unit_id}
    return f"{reverse('surveys:results')}?{urlencode(asked)}"


def _needed(values: Values) -> float | None:
    return 1.0 if values.get("moment") == CAMPAIGN else None


def _each_team(values: Values) -> bool:
    return values.get("moment") != CAMPAIGN


SURVEY = ControlKind(
    "survey",
    _("Survey"),
    (
        Param("moment", _("when customers are asked"), "choice", choices=_moments),
        Param("dimensions", _("dimensions"), "words", choices=_dimensions),
        Param(
            "cadence", _("how often"), "choice", is_figure=True, is_required=False,
            choices=_cadences,
        ),
    ),
    check=_check,
    apply=_leave_to_people,
    end=_leave_to_people,
    evidence=_evidence,
    evidence_url=_evidence_url,
    needed=_needed,
    narrows=_each_team,
)  # fmt: skip
