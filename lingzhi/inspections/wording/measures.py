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


def _hours(hours: float) -> str:
    return _("%(number)s h") % {"number": number_format(hours, 0 if hours == int(hours) else 2)}


def _count(number: float) -> str:
    return number_format(number, 0 if number == int(number) else 2)


def _percent(share: float) -> str:
    return _("%(number)s %%") % {"number": number_format(round(share, 1), 1)}


def _decibels(level: float) -> str:
    return _("%(number)s dB") % {"number": number_format(round(level, 1), 1)}


def _share(share: float) -> str:
    return _percent(share * 100)


UNITS: dict[str, Callable[[float], str]] = {
    "time.silence": _seconds,
    "time.silenceTotal": _seconds,
    "time.response": _seconds,
    "time.hold": _count,
    "time.duration": _seconds,
    "time.ringAnswer": _count,
    "voice.rate": _per_minute,
    "voice.overlap": _seconds,
    "voice.energy": _decibels,
    "voice.emotion": _count,
    "voice.emotionChange": _count,
    "voice.talkRatio": _percent,
    "call.transfer": _count,
    "audio.quality": _count,
    "text.count": _count,
    "text.question": _count,
    "text.echo": _count,
    "text.language": _count,
    "text.politeness": _count,
    "text.similar": _count,
    "text.length": _count,
    "meta.field": _count,
    "model.sentiment": _count,
    "model.intent": _count,
    "model.topic": _count,
    "model.classifier": _count,
    "meta.compare": _count,
    "conv.flow": _share,
    "conv.stage": _count,
    "conv.promise": _hours,
    "history.repeatContact": _count,
    "history.complaint": _count,
    "survey.score": _count,
    "sla.breach": _seconds,
    "screen.event": _seconds,
    "bot.handover": _count,
}
# The tails of parameters that say in which unit a range is, before that of the operator.
TAILS: dict[str, Callable[[float], str]] = {
    "_ms": _seconds,
    "_percent": _percent,
    "_db": _decibels,
}


def unit_of(condition: dict[str, Any]) -> Callable[[float], str] | None:
    """How figures of a condition are written; None where it measures nothing."""
    operator = condition.get("op", "")
    if operator not in UNITS:
        return None
    if operator == "voice.emotion" and condition.get("mode") == "share":
        return _percent
    if operator == "bot.handover" and condition.get("unit") == "ms":
        return _seconds
    for tail, unit in TAILS.items():
        if any(condition.get(f"{end}{tail}") is not None for end in ("min", "max")):
            return unit
    return UNITS[operator]


def measure_in_words(body: dict[str, Any], finding: Finding) -> str:
    """`24.3 s (limit 20 s)`; empty where the evidence is words or nothing was measured.

    The unit is that of the rule's measuring conditions; where they differ, nothing is said rather
    than something wrong.
    """
    if finding.start is not None or finding.value is None:
        return ""
    found = {unit_of(condition) for condition in body.get("conditions", {}).values()}
    units = {unit for unit in found if unit is not None}
    if len(units) != 1:
        return ""
    unit = units.pop()
    if finding.threshold is None:
        return unit(finding.value)
    words = _("%(value)s (limit %(limit)s)")
    return words % {"value": unit(finding.value), "limit": unit(finding.threshold)}
