"""Directory (质量方针、服务目录): a clause says that both exist and are reviewed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.controls import Binding, ControlKind, Days, Param, Words
from lingzhi.governance.queries.directory_kept import POLICY, SERVICES, directory_kept


def _things() -> Iterable[tuple[str, Words]]:
    return ((POLICY, _("Quality policy")), (SERVICES, _("Service directory")))


def _leave_to_people(_binding: Binding, _by: User | None) -> None:
    """People write and review policy and services; a clause only looks whether they did."""


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return directory_kept(bindings, first, last)


def _evidence_url(binding: Binding, _first: date, _last: date, _verdict: str) -> str:
    is_policy = binding.values.get("about") == POLICY
    return reverse("governance:policies" if is_policy else "governance:services")


def _each_check_counts(_values: Mapping[str, Any]) -> float:
    return 1.0


DIRECTORY = ControlKind(
    "directory",
    _("Quality policy and service directory"),
    (
        Param("matter", _("matter"), "text"),
        Param("about", _("which one"), "choice", is_required=False, choices=_things),
    ),
    apply=_leave_to_people,
    end=_leave_to_people,
    evidence=_evidence,
    evidence_url=_evidence_url,
    needed=_each_check_counts,
)
