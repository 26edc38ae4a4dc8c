"""What was changed about a case, in words."""

from typing import Any

from django.utils.translation import gettext

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseEvent, CaseField, CaseType
from lingzhi.cases.models.types import CaseClass, Level, Priority
from lingzhi.cases.queries.fields import OWN, fields_named, readable
from lingzhi.cases.services.dictionaries import OF_CASES
from lingzhi.org.models import Unit

CHOICES: dict[str, Any] = {"case_class": CaseClass, "priority": Priority, "level": Level}
ROWS: dict[str, Any] = {"type": CaseType, "unit": Unit, "handler": User}


def changes_in_words(event: CaseEvent) -> str:
    """`Case class: Usual case → Urgent`, one after the other; of texts only their names."""
    own = fields_named(one.removeprefix(OWN) for one in event.changes if one.startswith(OWN))
    parts = [_change(name, values, own) for name, values in event.changes.items()]
    if event.kind == CaseEvent.Kind.RAISED:
        parts.insert(0, str(CaseEvent.RaiseCause(event.step).label))
    return "；".join(parts)


def _change(name: str, values: list[Any], own: dict[str, CaseField]) -> str:
    field = own.get(name.removeprefix(OWN)) if name.startswith(OWN) else None
    label = str(field) if field else str(getattr(Case._meta.get_field(name), "verbose_name", name))
    if not values:
        return label
    before, after = (
        readable(field, value) or "–" if field else _in_words(name, value) for value in values
    )
    return gettext("%(field)s: %(before)s → %(after)s") % {
        "field": label, "before": before, "after": after,
    }  # fmt: skip


def _in_words(name: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if name in OF_CASES:
        return str(value)
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    row = ROWS[name].objects.filter(pk=value).first()
    return str(getattr(row, "name", row)) if row else "–"
