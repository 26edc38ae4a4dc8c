"""Document (文件控制): a clause says that something is written down and looked at again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.controls import Binding, ControlKind, Days, Param
from lingzhi.governance.queries.documents_held import documents_held


def _leave_to_people(_binding: Binding, _by: User | None) -> None:
    """People write and approve documents; a clause only looks whether they did."""


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return documents_held(bindings, first, last)


def _evidence_url(_binding: Binding, _first: date, _last: date, verdict: str) -> str:
    return reverse("governance:documents") + ("?show=due" if verdict == "broken" else "")


def _each_check_counts(_values: Mapping[str, Any]) -> float:
    return 1.0


DOCUMENT = ControlKind(
    "document",
    _("Controlled document"),
    (Param("matter", _("matter"), "text"),),
    apply=_leave_to_people,
    end=_leave_to_people,
    evidence=_evidence,
    evidence_url=_evidence_url,
    needed=_each_check_counts,
)
