"""What a record holds (服务记录): of a case, or of a conversation."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.controls.common import cases_url, each_team, evidence_from
from lingzhi.cases.queries.completeness import records_judged
from lingzhi.cases.queries.record_fields import CONTACT, FIELDS
from lingzhi.core.controls import Binding, ControlKind, Flaw, Param, Words
from lingzhi.rulebook.kinds import cases

Values = Mapping[str, Any]


def _records() -> Iterable[tuple[str, Words]]:
    return ((CONTACT, _("conversations")), *cases())


def _fields() -> Iterable[tuple[str, Words]]:
    return FIELDS.items()


def _check(values: Values) -> Iterable[Flaw]:
    for code in values.get("fields", ()):
        if str(code) not in FIELDS:
            yield Flaw("fields", _("There is no field of a record called %s.") % code)


def _look_only(_binding: Binding, _by: User | None) -> None:
    """People fill records in; the clause says what must not be lacking, from day to day."""


FORM = ControlKind(
    "form",
    _("Record"),
    (
        Param("case", _("record of"), "choice", choices=_records),
        Param("name", _("name"), "text"),
        Param("fields", _("fields"), "words", choices=_fields),
    ),
    check=_check,
    apply=_look_only,
    end=_look_only,
    evidence=evidence_from(records_judged),
    evidence_url=cases_url,
    narrows=each_team,
)
