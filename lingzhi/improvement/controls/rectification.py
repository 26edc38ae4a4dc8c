"""Rectification (整改): a clause says that what is found is put right, step by step."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.controls import Binding, ControlKind, Days, Param, Words
from lingzhi.improvement.queries.rectifications_kept import (
    CUSTOMERS,
    MAJOR,
    PROBLEMS,
    rectifications_kept,
)


def _matters() -> Iterable[tuple[str, Words]]:
    return (
        (PROBLEMS, _("problems are put right in time")),
        (CUSTOMERS, _("what customers said is put right in time")),
        (MAJOR, _("major plans are approved by the top management")),
    )


def _leave_to_people(_binding: Binding, _by: User | None) -> None:
    """Nothing is opened because a clause was adopted: people do that."""


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return rectifications_kept(bindings, first, last)


def _evidence_url(binding: Binding, _first: date, _last: date, _verdict: str) -> str:
    """What is put right there, whatever its state."""
    asked = {"state": "all", "unit": binding.unit_id}
    return f"{reverse('improvement:rectifications')}?{urlencode(asked)}"


RECTIFICATION = ControlKind(
    "rectification",
    _("Rectification"),
    (
        Param("steps", _("steps"), "words"),
        Param("about", _("what is checked"), "choice", is_required=False, choices=_matters),
    ),
    apply=_leave_to_people,
    end=_leave_to_people,
    evidence=_evidence,
    evidence_url=_evidence_url,
    narrows=lambda _values: True,
)
