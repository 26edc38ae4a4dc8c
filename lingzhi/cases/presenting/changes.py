"""What was changed about a case, in words."""

from typing import Any

from django.utils.translation import gettext

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseEvent, CaseType
from lingzhi.cases.models.types import CaseClass, Level, Priority
from lingzhi.cases.services.dictionaries import OF_CASES
from lingzhi.org.models import Unit

CHOICES: dict[str, Any] = {"case_class": CaseClass, "priority": Priority, "level": Level}
ROWS: dict[str, Any] = {"type": CaseType, "unit": Unit, "handler": User}


def changes_in_words(event: CaseEvent) -> str:
    """`Case class: Usual case → Urgent`, one after the other; of texts only their names."""
    parts = [_change(name, values) for name, values in event.changes.items()]
    if event.kind == CaseEvent.Kind.RAISED:
        parts.insert(0, str(CaseEvent.RaiseCause(event.step).label))
    return "；".join(parts)


def _change(name: str, values: list[Any]) -> str:
    label = str(getattr(Case._meta.get_field(name), "verbose_name", name))
    if not values:
        return label
    before, after = (_in_words(name, value) for value in values)
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
