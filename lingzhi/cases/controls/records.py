"""What a record holds (服务记录): of a case, or of a conversation."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.controls.common import kind_of_cases
from lingzhi.cases.queries.completeness import fields_of, records_judged
from lingzhi.cases.queries.record_fields import CONTACT, FIELDS
from lingzhi.core.controls import Binding, Flaw, Param, Words
from lingzhi.core.errors import DomainError
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


class FieldsInWords(DomainError):
    message = _("Its fields are free words; adopt an edition that names them by code.")


def _begin(binding: Binding, *, by: User | None) -> None:
    """People fill records in; the clause says what must not be lacking, from day to day."""
    if not fields_of(binding.values):
        raise FieldsInWords()


FORM = kind_of_cases(
    "form",
    _("Service record"),
    (
        Param("case", _("record of"), "choice", choices=_records),
        Param("name", _("name"), "text"),
        Param("fields", _("fields"), "words", choices=_fields),
    ),
    check=_check,
    judge=records_judged,
    apply=_begin,
)
