"""Meeting (会议): a clause says that people meet so often; was it held, were its minutes
confirmed?"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.controls import Binding, ControlKind, Days, Param
from lingzhi.core.units import cadences
from lingzhi.governance.queries.meetings_held import demand_of, meetings_held
from lingzhi.governance.services.series import ask_for_series


def _apply(binding: Binding, by: User | None) -> None:
    """Where no series answers the clause, who leads the unit is asked to plan one."""
    ask_for_series(binding, by=by)


def _end(_binding: Binding, _by: User | None) -> None:
    """Meetings outlive the clause: people end them."""


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return meetings_held(bindings, first, last)


def _evidence_url(binding: Binding, _first: date, _last: date, _verdict: str) -> str:
    """The meetings that answer it; without any, what is planned."""
    asked = urlencode({"demand": demand_of(binding.reference)})
    return f"{reverse('governance:meetings')}?{asked}"


def _each_counts(_values: Mapping[str, Any]) -> float:
    """A meeting that was not held is a breach by itself."""
    return 1.0


MEETING = ControlKind(
    "meeting",
    _("Meeting"),
    (
        Param("name", _("name"), "text"),
        Param("cadence", _("how often"), "choice", is_figure=True, choices=cadences),
    ),
    apply=_apply,
    end=_end,
    evidence=_evidence,
    evidence_url=_evidence_url,
    needed=_each_counts,
)
