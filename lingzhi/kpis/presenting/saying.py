"""A figure in the reader's words: 92.4%, 3:12, 1,204 contacts."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.core.templatetags.figures import share
from lingzhi.core.templatetags.labels import duration
from lingzhi.core.units import say_figure

NOTHING = "–"
MINUTE = 60


def say(value: float | None, unit: str, *, digits: int = 1) -> str:
    """The value in its unit; a dash where nothing is known."""
    if value is None:
        return NOTHING
    if unit == "percent":
        return str(share(value / 100, digits))
    if unit == "seconds":
        if value >= MINUTE:
            return str(duration(round(value)))
        return _("%(seconds)s s") % {"seconds": number_format(round(value, 1), decimal_pos=1)}
    if unit == "items":
        return _contacts(value)
    return str(say_figure(round(value, 2), unit))


def say_limit(seconds: float) -> str:
    """20 seconds, 5 minutes, 24 hours: in the largest unit that leaves no rest."""
    for unit, size in (("hours", 3600), ("minutes", 60)):
        if seconds and not seconds % size:
            return str(say_figure(seconds / size, unit))
    return str(say_figure(seconds, "seconds"))


def _contacts(value: float) -> str:
    """What every measure of single things counts; a load or a rate has a tenth."""
    whole = float(value).is_integer()
    words = ngettext("%(value)s contact", "%(value)s contacts", 1 if value == 1 else 2)
    shown = number_format(round(value, 1), decimal_pos=0 if whole else 1, force_grouping=True)
    return words % {"value": shown}


def say_target(value: float, unit: str, *, better: str, is_strict: bool = False) -> str:
    """A bound with its sign: ≥ 95%."""
    signs = {("high", False): "≥", ("high", True): ">", ("low", False): "≤", ("low", True): "<"}
    digits = 0 if float(value).is_integer() else 1
    shown = say(value, unit, digits=digits)
    sign = signs.get((better, is_strict), "≥")
    return f"{sign} {shown}"


def say_change(change: float | None, unit: str, shape: str) -> str:
    """How much a figure changed, with its sign: of shares in points, of counts in per cent."""
    if change is None:
        return ""
    change = _visible(change)
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    size = abs(change)
    if shape == "count":
        return f"{sign}{share(size / 100)}"
    if unit == "percent":
        return _("%(sign)s%(points)s points") % {
            "sign": sign,
            "points": number_format(round(size, 1), decimal_pos=1),
        }
    return f"{sign}{say(size, unit)}"


def _visible(change: float) -> float:
    """The change as far as it is printed: −0.04 is ±0.0 and not −0.0."""
    return change if round(abs(change), 1) else 0.0
