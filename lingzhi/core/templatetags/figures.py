"""Rates with their uncertainty: number, interval, target, and what that means in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lingzhi.core.templatetags.registry import register

MINIMUM = 20  # below this many observations a rate is "too few to say"


@dataclass(frozen=True, slots=True)
class Rate:
    """A ratio (0–1) with its interval; `better` is the side of the target one wants: high | low."""

    value: float | None
    low: float | None = None
    high: float | None = None
    target: float | None = None
    n: int | None = None
    minimum: int = MINIMUM
    better: str = "high"

    @property
    def is_missing(self) -> bool:
        return self.value is None or self.n == 0

    @property
    def is_too_few(self) -> bool:
        return self.n is not None and self.n < self.minimum

    def tone(self) -> str:
        """good | bad only where the whole interval lies on one side of the target."""
        if self.is_missing or self.is_too_few:
            return "unknown"
        if self.target is None:
            return "plain"
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if self.better == "low":
            low, high, target = -high, -low, -self.target  # type: ignore[operator]
        else:
            target = self.target
        return "good" if low >= target else "bad" if high < target else "unknown"  # type: ignore[operator]

    def words(self) -> str:
        if self.is_missing:
            return _("no data yet")
        if self.n is not None and self.is_too_few:
            return _("too few to say (n = %(n)s)") % {"n": number_format(self.n)}
        if self.target is None:
            return ""
        sign = "≤" if self.better == "low" else "≥"
        digits = 0 if round(self.target * 1000) % 10 == 0 else 1
        aim = {"sign": sign, "target": share(self.target, digits)}
        return {
            "good": _("target %(sign)s %(target)s met"),
            "bad": _("target %(sign)s %(target)s missed"),
            "unknown": _("target %(sign)s %(target)s, no significant difference"),
        }[self.tone()] % aim


@register.filter
def share(value: float | None, digits: int = 1) -> str:
    """A ratio as per cent: 0.924 → 92.4%; nothing known → –."""
    if value is None:
        return "–"
    return pgettext("per cent", "%(number)s%%") % {"number": percent(value, digits)}


def percent(value: float, digits: int = 1) -> str:
    """The figure alone. Rounded first: Django's formatting cuts digits off."""
    return number_format(round(value * 100, digits), decimal_pos=digits)


@register.simple_tag
def limits(low: float | None, high: float | None) -> SafeString | str:
    """The interval as figures: [92.0, 92.8]."""
    if low is None or high is None:
        return ""
    return format_html('<span class="lz-range">[{}, {}]</span>', percent(low), percent(high))


@register.inclusion_tag("core/_interval.html")
def interval(
    low: float | None, value: float | None, high: float | None, **given: Any
) -> dict[str, Any]:
    """The graphic of a rate: bar = interval, dark mark = value, green mark = target.

    Takes `target`, `n`, `minimum`, `better`; `start` and `end` cut the axis (0 and 1 otherwise);
    `words=False` leaves the sentence below away.
    """
    start, end = given.pop("start", 0.0), given.pop("end", 1.0)
    show_words = given.pop("words", True)
    rate = Rate(value, low, high, **given)
    return {"rate": rate, "show_words": show_words, **geometry(rate, start, end)}


@register.inclusion_tag("core/_measure.html")
def measure(label: str | Promise, value: float | None, **given: Any) -> dict[str, Any]:
    """A tile: name, value, interval, words. Takes what `interval` takes, and `url`, `note`."""
    url, note = given.pop("url", ""), given.pop("note", "")
    low, high = given.pop("low", None), given.pop("high", None)
    return {"label": label, "url": url, "note": note, **interval(low, value, high, **given)}


def geometry(rate: Rate, start: float, end: float) -> dict[str, str]:
    """Where the parts of the graphic stand, in per cent of its width."""

    def at(ratio: float | None) -> float | None:
        if ratio is None:
            return None
        return min(100.0, max(0.0, (ratio - start) / (end - start) * 100))

    low, high = at(rate.low), at(rate.high)
    width = None if low is None or high is None else max(0.6, high - low)
    places = {
        "low_at": low,
        "width": width,
        "value_at": at(rate.value),
        "target_at": at(rate.target),
    }
    return {name: "" if place is None else f"{place:.2f}%" for name, place in places.items()}


@register.simple_tag
def sparkline(values: Sequence[float | None], label: str, *, tone: str = "flow") -> SafeString:
    """The last periods as one line without axes; a missing period leaves a gap."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return format_html('<span class="lz-unknown lz-small">{}</span>', _("no trend yet"))
    low, spread = min(known), (max(known) - min(known)) or 1.0
    step = 96 / (len(values) - 1)
    runs: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{2 + index * step:.1f},{23 - (value - low) / spread * 20:.1f}")
    # A lone point is said twice: a line of no length shows as a dot.
    shown = ([" ".join(run * 2 if len(run) == 1 else run)] for run in runs if run)
    lines = format_html_join("", '<polyline points="{}"/>', shown)
    return format_html(
        '<svg class="lz-sparkline lz-sparkline-{}" viewBox="0 0 100 26" role="img"'
        ' aria-label="{}">{}</svg>',
        tone,
        label,
        lines,
    )


@register.inclusion_tag("core/_stack.html")
def stack(parts: Sequence[tuple[str, int, str]], label: str) -> dict[str, Any]:
    """One bar of parts that make a whole: (words, count, tone), with its legend."""
    whole = sum(count for _words, count, _tone in parts)
    left = 0.0
    pieces = []
    for words, count, tone in parts:
        width = count / whole * 100 if whole else 0.0
        pieces.append(
            {
                "words": words,
                "count": count,
                "tone": tone,
                "x": f"{left:.3f}%",
                "width": f"{width:.3f}%",
                "share": count / whole if whole else None,
            }
        )
        left += width
    return {"pieces": pieces, "label": label, "whole": whole}
