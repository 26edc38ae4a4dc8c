"""Audit (内部审核、评审): a clause says that something is audited or reviewed, and how often."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.controls import Binding, ControlKind, Days, Param, Words
from lingzhi.core.units import cadences
from lingzhi.governance.models import Audit, Review
from lingzhi.governance.queries.audits_held import ALL_SECURITY, audits_held
from lingzhi.org.queries.activities_held import MONTHS


def _kinds() -> Iterable[tuple[str, Words]]:
    all_security = (ALL_SECURITY, _("Security audit, scan and check of secrecy"))
    return (*Audit.Kind.choices, all_security, *Review.Kind.choices)


def _periods() -> Iterable[tuple[str, Words]]:
    return (one for one in cadences() if one[0] in MONTHS)


def _leave_to_people(_binding: Binding, _by: User | None) -> None:
    """People plan and hold audits and reviews; a clause only counts them."""


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return audits_held(bindings, first, last)


def _evidence_url(binding: Binding, _first: date, last: date, _verdict: str) -> str:
    """The programme of that year; of reviews those of the kind."""
    if binding.values.get("about") in Review.Kind.values:
        return f"{reverse('governance:reviews')}?kind={binding.values['about']}"
    return f"{reverse('governance:audits')}?year={last.year}"


def _each_check_counts(_values: Mapping[str, Any]) -> float:
    return 1.0


AUDIT = ControlKind(
    "audit",
    _("Audit or review"),
    (
        Param("scope", _("scope"), "text"),
        Param("about", _("kind of audit"), "choice", is_required=False, choices=_kinds),
        Param("cadence", _("how often"), "choice", is_figure=True, choices=_periods),
    ),
    apply=_leave_to_people,
    end=_leave_to_people,
    evidence=_evidence,
    evidence_url=_evidence_url,
    needed=_each_check_counts,
)
