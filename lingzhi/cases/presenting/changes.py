"""What was changed about a case, in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Named:
    """What changes name by code or key: own fields, and the names of types, units and people."""

    fields: dict[str, CaseField]
    rows: dict[str, dict[int, str]]


def named_in(events: Iterable[CaseEvent]) -> Named:
    """All that these events name, with at most one query for each kind of it."""
    told = [(name, values) for event in events for name, values in event.changes.items()]
    own = fields_named(name.removeprefix(OWN) for name, _values in told if name.startswith(OWN))
    keys: dict[str, set[int]] = defaultdict(set)
    for name, values in told:
        if name in ROWS:
            keys[name] |= {value for value in values if value is not None}
    rows = {
        name: {
            row.pk: str(getattr(row, "name", row)) for row in ROWS[name].objects.filter(pk__in=of)
        }
        for name, of in keys.items()
    }
    return Named(own, rows)


def changes_in_words(event: CaseEvent, named: Named) -> str:
    """`Case class: Usual case → Urgent`, one after the other; of texts only their names."""
    parts = [_change(name, values, named) for name, values in event.changes.items()]
    if event.kind == CaseEvent.Kind.RAISED:
        parts.insert(0, str(CaseEvent.RaiseCause(event.step).label))
    return "；".join(parts)


def _change(name: str, values: list[Any], named: Named) -> str:
    field = named.fields.get(name.removeprefix(OWN)) if name.startswith(OWN) else None
    label = str(field) if field else str(getattr(Case._meta.get_field(name), "verbose_name", name))
    if not values:
        return label
    before, after = (
        readable(field, value) or "–" if field else _in_words(name, value, named)
        for value in values
    )
    return gettext("%(field)s: %(before)s → %(after)s") % {
        "field": label, "before": before, "after": after,
    }  # fmt: skip


def _in_words(name: str, value: Any, named: Named) -> str:
    if value is None or value == "":
        return "–"
    if name in OF_CASES:
        return str(value)
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    return named.rows[name].get(value, "–")
