"""Own fields of cases (自定义字段): which ones a type asks for, and what a case says in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext

from lingzhi.cases.models import Case, CaseField, CaseType
from lingzhi.cases.queries.flows import types_in_use
from lingzhi.core.languages import in_language

OWN = "own."  # before the code of an own field wherever a place is named
Value = str | bool
Required = CaseField.Required


@dataclass(frozen=True, slots=True)
class Said:
    """An own field as a case has it; `text` in the reader's language, empty where nothing is said.

    `is_awaited`: the case is not solved before something is said here.
    """

    field: CaseField
    text: str
    is_awaited: bool


def fields_of(kind: CaseType) -> list[CaseField]:
    """What cases of this type are asked, in order."""
    return list(CaseField.objects.filter(types=kind, retired_at=None))


def types_with_fields() -> QuerySet[CaseType]:
    """The types in use, each with its `own_fields` in one more query."""
    rows = CaseField.objects.filter(retired_at=None)
    return types_in_use().prefetch_related(Prefetch("own_fields", rows))


def fields_named(codes: Iterable[str]) -> dict[str, CaseField]:
    """Fields by their codes, retired ones too."""
    wanted = set(codes)
    if not wanted:
        return {}
    return {one.code: one for one in CaseField.objects.filter(code__in=wanted)}


def said_in(case: Case) -> list[Said]:
    """What a case says in own fields, in their order; until its end also what it could still say.

    A value stays where the type was changed or the field retired since.
    """
    said = Q(code__in=list(case.own))
    asked = Q(types=case.type_id, retired_at=None)
    rows = CaseField.objects.filter(said if case.is_over else said | asked)
    return [
        Said(
            one, readable(one, case.own.get(one.code)),
            one.required == Required.SOLVED and one.code not in case.own,
        )
        for one in rows.distinct()
    ]  # fmt: skip


def readable(field: CaseField, value: Value | None) -> str:
    """A value in the reader's language; what is no choice of the list stands as it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if field.is_list:
        titles = {one["code"]: in_language(one["title"]) for one in field.choices}
        return titles.get(value, value)
    return value


def own_missing(case: Case) -> list[str]:
    """The places that must be filled before the case may be solved: `own.serial_number`."""
    wanted = CaseField.objects.filter(types=case.type_id, retired_at=None, required=Required.SOLVED)
    return [OWN + one.code for one in wanted if one.code not in case.own]


def own_in_words(place: str) -> str:
    """What the field of such a place is called."""
    code = place.removeprefix(OWN)
    found = CaseField.objects.filter(code=code).first()
    return str(found) if found else code


def saying(rows: QuerySet[Case], own: Mapping[str, Value]) -> QuerySet[Case]:
    """The cases that say just this in own fields, by code."""
    for number, (code, value) in enumerate(own.items()):
        name = f"own_{number}"  # a code may be called as a lookup is
        rows = rows.alias(**{name: KeyTransform(code, "own")}).filter(**{name: value})
    return rows


def has_values(field: CaseField) -> bool:
    """Whether a case says something in this field."""
    return Case.objects.filter(own__has_key=field.code).exists()


def fields_with_use() -> list[tuple[CaseField, int]]:
    """All fields, those in use first, with how many cases say something in each: one pass."""
    rows = CaseField.objects.prefetch_related("types")
    found = list(rows.order_by(F("retired_at").asc(nulls_first=True), "order", "id"))
    asked = {f"of_{one.pk}": Count("pk", filter=Q(own__has_key=one.code)) for one in found}
    counted = Case.objects.exclude(own={}).aggregate(**asked) if asked else {}
    return [(one, counted[f"of_{one.pk}"]) for one in found]
