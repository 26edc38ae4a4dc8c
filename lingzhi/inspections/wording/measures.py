"""What was measured and what it was held against, with the unit of the rule."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lingzhi.inspections.models import Finding


def _seconds(milliseconds: float) -> str:
    seconds = milliseconds / 1000
    return _("%(number)s s") % {
        "number": number_format(round(seconds, 1), 0 if seconds >= 60 else 1)
    }


def _per_minute(letters: float) -> str:
    return _("%(number)s characters a minute") % {"number": number_format(round(letters), 0)}


def _count(number: float) -> str:
    return number_format(number, 0 if number == int(number) else 2)


UNITS: dict[str, Callable[[float], str]] = {
    "time.silence": _seconds,
    "time.response": _seconds,
    "time.duration": _seconds,
    "voice.rate": _per_minute,
    "text.count": _count,
    "meta.field": _count,
}


def measure_in_words(body: dict[str, Any], finding: Finding) -> str:
    """`24.3 s (limit 20 s)`; empty where the evidence is words or nothing was measured.

    The unit is that of the rule's measuring conditions; where they differ, nothing is said rather
    than something wrong.
    """
    if finding.start is not None or finding.value is None:
        return ""
    operators = [condition.get("op") for condition in body.get("conditions", {}).values()]
    units = {UNITS[operator] for operator in operators if operator in UNITS}
    if len(units) != 1:
        return ""
    unit = units.pop()
    if finding.threshold is None:
        return unit(finding.value)
    words = _("%(value)s (limit %(limit)s)")
    return words % {"value": unit(finding.value), "limit": unit(finding.threshold)}
