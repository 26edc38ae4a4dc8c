"""What people say in own fields (自定义字段): read in one way from pages and programs alike."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, CaseField, CaseType
from lingzhi.cases.queries.fields import (
    OWN,
    Value,
    fields_named,
    fields_of,
    own_in_words,
    own_missing,
)
from lingzhi.cases.services.words import kept
from lingzhi.core.clock import FIRST_DAY, LAST_DAY
from lingzhi.core.errors import BadInput
from lingzhi.core.fields import IMPOSSIBLE
from lingzhi_engine.privacy import find

Kind, Required = CaseField.Kind, CaseField.Required
MOST = {Kind.TEXT: 200, Kind.LONG: 2000}
NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?", re.ASCII)
TRUTHS = {"yes": True, "no": False}
WRITTEN_BY_HAND = (Kind.TEXT, Kind.LONG, Kind.DAY)  # may say something about a person
MISSING = _("This must be given.")
UNUSABLE = _("This value cannot be used.")


class OwnRefused(BadInput):
    """An own field that the type of the case demands or does not have; `type` is what it is."""

    def __init__(self, kind: CaseType, code: str, message: str | Promise) -> None:
        super().__init__(message, field=OWN + code)
        self.type = kind


def read_value(field: CaseField, raw: object, known: Value | None = None) -> Value | None:
    """What was sent for a field as it is kept, None for nothing: texts masked, numbers without
    unit, days in ISO form, the code of a choice, a truth. What is `known` may stay as it is.

    Raises BadInput.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if known is not None and raw == known and type(raw) is type(known):
        return known
    try:
        return _READ[Kind(field.kind)](field, raw)
    except BadInput as wrong:
        raise BadInput(wrong.sentence, field=OWN + field.code) from None


def _text(field: CaseField, raw: object) -> str:
    text, most = _plain(raw), MOST[Kind(field.kind)]
    if len(text) > most:
        raise BadInput(gettext("At most %(max_length)s characters.") % {"max_length": most})
    return kept(text.replace("\r\n", "\n"), most)


def _plain(raw: object) -> str:
    """Text that can be stored."""
    if not isinstance(raw, str) or any(one == "\0" or "\ud800" <= one <= "\udfff" for one in raw):
        raise BadInput(UNUSABLE)
    return raw.strip()


def _decimal(field: CaseField, raw: object) -> str:
    if isinstance(raw, bool):
        raise BadInput(UNUSABLE)
    text = unicodedata.normalize("NFKC", _plain(raw if isinstance(raw, str) else str(raw)))
    if not NUMBER.fullmatch(text):
        raise BadInput(_("A number: at most 15 digits, and 6 behind the point."))
    if find(text):
        raise BadInput(_("This reads like a number that identifies a person."))
    found = format(Decimal(text).normalize(), "f")
    return "0" if found == "-0" else found


def _whole(field: CaseField, raw: object) -> str:
    found = _decimal(field, raw)
    if "." in found:
        raise BadInput(_("A whole number."))
    return found


def _day(field: CaseField, raw: object) -> str:
    try:
        found = date.fromisoformat(_plain(raw))
    except ValueError:
        raise BadInput(_("A day as 2026-03-06.")) from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise BadInput(IMPOSSIBLE)
    return found.isoformat()


def _choice(field: CaseField, raw: object) -> str:
    found = _plain(raw)
    if found not in {one["code"] for one in field.offered}:
        raise BadInput(_("This is no choice of the list."))
    return found


def _truth(field: CaseField, raw: object) -> bool:
    found = raw if isinstance(raw, bool) else TRUTHS.get(_plain(raw))
    if found is None:
        raise BadInput(_("Yes or no."))
    return found


_READ: Mapping[str, Callable[[CaseField, object], Value]] = {
    Kind.TEXT: _text, Kind.LONG: _text, Kind.WHOLE: _whole, Kind.DECIMAL: _decimal,
    Kind.DAY: _day, Kind.LIST: _choice, Kind.TRUTH: _truth,
}  # fmt: skip


def own_of_new(kind: CaseType, given: Mapping[str, Any]) -> dict[str, Value]:
    """What a new case of this type says in own fields. Raises BadInput, OwnRefused."""
    asked = fields_of(kind)
    found = _merged(kind, asked, {}, given)
    _demand(kind, [one for one in asked if one.required == Required.OPENING], found)
    return found


def own_after(case: Case, kind: CaseType, given: Mapping[str, Any]) -> dict[str, Value]:
    """What a case says in own fields once it is changed: None in what was `given` empties a field,
    the others stay, also where the type changes.

    What is demanded at opening, or of a case that is solved, may not be emptied again; a type that
    the case gets demands what it demands at opening. Raises BadInput, OwnRefused.
    """
    is_new = kind.pk != case.type_id
    if not given and not is_new:
        return dict(case.own)
    asked = fields_of(kind)
    found = _merged(kind, asked, case.own, given)
    _demand(kind, [one for one in asked if is_demanded(one, case, is_new=is_new)], found)
    return found


def is_demanded(field: CaseField, case: Case, *, is_new: bool) -> bool:
    """Whether a case may not be without this field after a change; `is_new`: its type changes."""
    has = field.code in case.own
    if field.required == Required.OPENING:
        return has or is_new
    return field.required == Required.SOLVED and case.is_over and has


def demand_own_before_end(case: Case) -> None:
    """Raises OwnRefused where the case must say something before it may be solved."""
    for place in own_missing(case)[:1]:
        raise OwnRefused(case.type, place.removeprefix(OWN), MISSING)


def _merged(
    kind: CaseType, asked: Iterable[CaseField], known: Mapping[str, Value],
    given: Mapping[str, Any],
) -> dict[str, Value]:  # fmt: skip
    found, by_code = dict(known), {one.code: one for one in asked}
    for code, raw in given.items():
        if code not in by_code:
            said = gettext("Cases of this type have no field “%(name)s”.")
            raise OwnRefused(kind, code, said % {"name": own_in_words(code)})
        value = read_value(by_code[code], raw, known.get(code))
        found.pop(code, None)
        if value is not None:
            found[code] = value
    return found


def _demand(kind: CaseType, wanted: Iterable[CaseField], found: Mapping[str, Value]) -> None:
    for one in wanted:
        if one.code not in found:
            raise OwnRefused(kind, one.code, MISSING)


def own_written(
    before: Mapping[str, Value], after: Mapping[str, Value]
) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """What differs, by place: for the history before and after, of long texts only that they
    changed; for the audit, which forgets nothing, of whatever people write only that."""
    codes = [one for one in {**before, **after} if before.get(one) != after.get(one)]
    kinds = {code: one.kind for code, one in fields_named(codes).items()}
    history = {
        OWN + one: [] if kinds.get(one) == Kind.LONG else [before.get(one), after.get(one)]
        for one in codes
    }
    told = {
        OWN + one: "changed" if kinds.get(one, Kind.TEXT) in WRITTEN_BY_HAND else after.get(one)
        for one in codes
    }
    return history, told
