"""The units of figures in rules and reports: their words, and how they compare."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

UNITS: dict[str, str | Promise] = {
    "seconds": ngettext_lazy("%(value)s second", "%(value)s seconds", "count"),
    "minutes": ngettext_lazy("%(value)s minute", "%(value)s minutes", "count"),
    "hours": ngettext_lazy("%(value)s hour", "%(value)s hours", "count"),
    "days": ngettext_lazy("%(value)s day", "%(value)s days", "count"),
    "working_hours": ngettext_lazy("%(value)s working hour", "%(value)s working hours", "count"),
    "working_days": ngettext_lazy("%(value)s working day", "%(value)s working days", "count"),
    "weeks": ngettext_lazy("%(value)s week", "%(value)s weeks", "count"),
    "months": ngettext_lazy("%(value)s month", "%(value)s months", "count"),
    "years": ngettext_lazy("%(value)s year", "%(value)s years", "count"),
    "rings": ngettext_lazy("%(value)s ring", "%(value)s rings", "count"),
    "times": ngettext_lazy("%(value)s time", "%(value)s times", "count"),
    "people": ngettext_lazy("%(value)s person", "%(value)s people", "count"),
    "items": ngettext_lazy("%(value)s item", "%(value)s items", "count"),
    "points": ngettext_lazy("%(value)s point", "%(value)s points", "count"),
    "percent": ngettext_lazy("%(value)s percent", "%(value)s percent", "count"),
    "yuan": ngettext_lazy("%(value)s yuan", "%(value)s yuan", "count"),
}
BASES = {
    "minutes": (60, "seconds"),
    "hours": (3600, "seconds"),
    "days": (86400, "seconds"),
    "weeks": (7 * 86400, "seconds"),
    "years": (12, "months"),
}
_CADENCES: tuple[tuple[str, str | Promise], ...] = (
    ("each", _("each time")),
    ("daily", _("daily")),
    ("weekly", _("weekly")),
    ("monthly", _("monthly")),
    ("quarterly", _("quarterly")),
    ("yearly", _("yearly")),
)


def cadences() -> Iterable[tuple[str, str | Promise]]:
    """How often something is done: `choices` of a parameter."""
    return _CADENCES


def plain_number(value: float) -> str:
    """3 as 3, 2.50 as 2.5: what people write."""
    return f"{value:.10g}"


def say_figure(value: Any, unit: str = "") -> str:
    """A number with its unit in the active language, as in a sentence: 3 rings, 95%."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    number = plain_number(value)
    if unit == "percent":
        return f"{number}%"
    words = UNITS.get(unit)
    if words is None:
        return f"{number} {unit}".strip()
    return str(words % {"value": number, "count": int(value) if value == int(value) else 2})


def comparable(value: float, unit: str) -> tuple[float, str]:
    """The value in the smallest unit of its kind. Working time and rings stay what they are."""
    factor, base = BASES.get(unit, (1, unit))
    return value * factor, base
