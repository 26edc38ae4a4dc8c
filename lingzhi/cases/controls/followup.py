"""Follow-ups (回访): a clause says who is called back and by when; a rule sees to it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.controls.common import kind_of_cases
from lingzhi.cases.models import FollowUpRule
from lingzhi.cases.models.follow_ups import WITHIN
from lingzhi.cases.queries.follow_ups_kept import follow_ups_judged
from lingzhi.cases.services.by_clause import (
    ALL,
    MONTHS,
    demand_follow_ups,
    release_follow_ups,
)
from lingzhi.core.controls import Flaw, Param, Words
from lingzhi.core.units import cadences
from lingzhi.customers.models import Segment
from lingzhi.customers.usual import USUAL
from lingzhi.rulebook.kinds import cases

Values = Mapping[str, Any]
Trigger = FollowUpRule.Trigger
UNTOLD = ("special", "request")  # what no follow-up rule tells apart


def _triggers() -> Iterable[tuple[str, Words]]:
    return Trigger.choices


def _audiences() -> Iterable[tuple[str, Words]]:
    """Everybody, and the classes of customers: those that come with the program, and the house's.

    Each is called as the house calls it.
    """
    own = Segment.objects.filter(retired_at=None).values_list("code", "name")
    usual: dict[str, Words] = {row[0]: row[1] for row in USUAL}
    return {ALL: _("every customer"), **usual, **dict(own)}.items()


def _cases() -> Iterable[tuple[str, Words]]:
    return (one for one in cases() if one[0] not in UNTOLD)


def _cadences() -> Iterable[tuple[str, Words]]:
    return (one for one in cadences() if one[0] in MONTHS)


def _check(values: Values) -> Iterable[Flaw]:
    trigger = values.get("trigger")
    if values.get("within_unit", "working_days") not in dict(WITHIN):
        yield Flaw("within", _("Count days or working days."))
    if values.get("case") and trigger not in FollowUpRule.OF_CASES:
        yield Flaw("case", _("This trigger is no case."))
    if values.get("cadence") and trigger not in (Trigger.DELIVERY, Trigger.REGULAR):
        yield Flaw("cadence", _("This trigger does not come again by itself."))
    if trigger == Trigger.REGULAR and ALL in values.get("audience", ()):
        yield Flaw("audience", _("Say which class of customers."))


FOLLOWUP = kind_of_cases(
    "followup",
    _("Follow-up"),
    (
        Param("trigger", _("trigger"), "choice", choices=_triggers),
        Param("audience", _("audience"), "words", choices=_audiences),
        Param("case", _("kind of case"), "choice", is_required=False, choices=_cases),
        Param("within", _("within"), "integer", is_figure=True, low=1),
        Param(
            "cadence", _("how often"), "choice", is_figure=True, is_required=False,
            choices=_cadences,
        ),
        Param("sample", _("share drawn"), "percent", is_figure=True, is_required=False, low=1),
    ),
    check=_check,
    judge=follow_ups_judged,
    apply=demand_follow_ups,
    end=release_follow_ups,
)  # fmt: skip
