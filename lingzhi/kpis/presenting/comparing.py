"""What a figure is held against, in words: goal, its past, the units beside it, a benchmark."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.kpis.presenting.saying import say, say_change, say_target
from lingzhi.kpis.queries import Line, Period, Scope
from lingzhi.kpis.queries.comparing import (
    Gap,
    benchmark_of,
    gap,
    gap_to_value,
    last_year,
    peers,
)

STANDINGS: dict[str, tuple[str | Promise, str]] = {
    "better": (gettext_lazy("clearly better"), "good"),
    "worse": (gettext_lazy("clearly worse"), "bad"),
    "alike": (gettext_lazy("no sure difference"), "plain"),
    "unknown": (gettext_lazy("cannot be told apart"), "unknown"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line: with what, what that comes to, how far away the figure is, what that means."""

    name: str
    value: str
    difference: str
    state: str | Promise
    tone: str
    about: str


def comparisons(line: Line, scope: Scope, period: Period) -> list[Comparison]:
    """Goal, period before, a year before, units beside, benchmark: whatever is known."""
    own, definition = line.figure, line.definition
    if not own.has_data:
        return []
    found = []
    if line.target is not None:
        aim = say_target(
            line.target.value, own.unit, better=own.direction, is_strict=line.target.is_strict
        )
        found.append(_line(_("Target"), aim, gap_to_value(own, line.target.value), line))
    if line.previous.has_data:
        value = say(line.previous.value, own.unit)
        found.append(_line(_("Period before"), value, gap(own, line.previous), line))
    year = last_year(definition, scope, period)
    if year.has_data:
        found.append(_line(_("A year before"), say(year.value, own.unit), gap(own, year), line))
    beside = peers(definition, scope, period, own) if own.shape != "count" else None
    if beside is not None:
        about = _("%(n)s units together") % {"n": beside.number}
        if beside.place is not None:
            place = {"place": beside.place, "n": beside.ranked}
            about += " · " + _("place %(place)s of %(n)s with enough cases") % place
        value = say(beside.figure.value, own.unit)
        found.append(_line(_("Units beside it"), value, gap(own, beside.figure), line, about))
    mark = benchmark_of(definition, period.last)
    if mark is not None:
        to_mark = gap_to_value(own, mark.value)
        value = say(mark.value, own.unit)
        found.append(_line(_("Benchmark"), value, to_mark, line, mark.source))
    return found


def _line(name: str, value: str, found: Gap, line: Line, about: str = "") -> Comparison:
    unit = line.figure.unit
    words = say_change(found.value, unit, "mean")
    if found.low is not None:
        low, high = (say_change(one, unit, "mean") for one in (found.low, found.high))
        words = _("%(change)s (%(low)s to %(high)s)") % {"change": words, "low": low, "high": high}
    state, tone = STANDINGS[found.standing]
    return Comparison(name, value, words, state, tone, about)
