"""Adding fields of the house's own to types of cases, changing and retiring them (自定义字段)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseField, CaseType
from lingzhi.cases.queries.fields import has_values, saying
from lingzhi.cases.services.retiring import RetiredAlready, retired
from lingzhi.core.errors import BadInput
from lingzhi_engine.flow.reading import CODE

SAID = ("kind", "title", "hint", "required", "order", "choices")
MOST_CHOICES = 100
TAKEN = _("Another field has this code.")


@dataclass(frozen=True, slots=True)
class FieldGiven:
    """A field as somebody wants it. `choices` are those that are offered, `{code, title}`."""

    code: str
    title: Mapping[str, str]
    kind: str
    types: Collection[CaseType]
    choices: Sequence[Mapping[str, Any]] = ()
    hint: Mapping[str, str] = field(default_factory=dict)
    required: str = CaseField.Required.NEVER
    order: int = 50


@transaction.atomic
def add_field(given: FieldGiven, *, by: User | None) -> CaseField:
    """A new field; cases of its types are asked from now on. Raises BadInput."""
    if not CODE.fullmatch(given.code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    if CaseField.objects.filter(code=given.code).exists():
        raise BadInput(TAKEN, field="code")
    row = CaseField(code=given.code)
    try:
        with transaction.atomic():
            return _kept(row, given, before=None, by=by)
    except IntegrityError:  # somebody else added it in this moment
        raise BadInput(TAKEN, field="code") from None


@transaction.atomic
def change_field(row: CaseField, given: FieldGiven, *, by: User | None) -> CaseField:
    """Change a field: its code stays, and its kind where a case says something in it. A choice
    that was used and is left out is retired, one that was not used is gone. Raises BadInput,
    RetiredAlready.
    """
    known = CaseField.objects.select_for_update().get(pk=row.pk)
    if known.retired_at:
        raise RetiredAlready()
    if given.kind != known.kind and has_values(known):
        raise BadInput(
            _("Cases say something in this field: retire it, and add another of the other kind."),
            field="kind",
        )
    return _kept(known, given, before=_told(known), by=by)


@transaction.atomic
def retire_field(row: CaseField, *, reason: str, by: User) -> None:
    """It is asked no more; what cases say in it stays readable. Raises BadInput, RetiredAlready."""
    words = retired(row, reason)
    record(by, "cases.field_retired", row, after={"code": row.code}, reason=words)


def _kept(
    row: CaseField, given: FieldGiven, *, before: dict[str, Any] | None, by: User | None
) -> CaseField:
    if not given.types:
        raise BadInput(_("Choose the types of cases that are asked."), field="types")
    choices = _choices(row, given)
    for name in SAID:
        setattr(row, name, getattr(given, name))
    row.title, row.hint, row.choices = dict(given.title), dict(given.hint), choices
    row.save()
    row.types.set(given.types)
    record(by, "cases.field_set", row, before=before, after=_told(row))
    return row


def _choices(row: CaseField, given: FieldGiven) -> list[dict[str, Any]]:
    """Those offered in their order, behind them those that are used and left out."""
    if given.kind != CaseField.Kind.LIST:
        return []
    offered = [{"code": one["code"], "title": dict(one["title"])} for one in given.choices]
    codes = [one["code"] for one in offered]
    if not 1 <= len(codes) <= MOST_CHOICES:
        raise BadInput(_("A list has 1 to 100 choices."), field="choices")
    if len(set(codes)) < len(codes):
        raise BadInput(_("Two choices have the same code."), field="choices")
    if not all(CODE.fullmatch(one) for one in codes):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="choices")
    left_out = [one for one in row.choices if one["code"] not in codes]
    used = [one for one in left_out if _is_used(row, one["code"])]
    return [*offered, *({**one, "is_retired": True} for one in used)]


def _is_used(row: CaseField, choice: str) -> bool:
    return saying(Case.objects.order_by(), {row.code: choice}).exists()


def _told(row: CaseField) -> dict[str, Any]:
    """What the audit says of it."""
    said = {name: getattr(row, name) for name in ("code", *SAID)}
    return said | {"types": sorted(one.code for one in row.types.all())}
