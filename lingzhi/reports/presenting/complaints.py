"""Complaint statistics in the reader's words: tiles, Pareto, funnel, ages, limits, hours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lingzhi.cases.models import Cause, Complaint, Grade
from lingzhi.cases.models.clocks import ClockKind
from lingzhi.core.channels import channel_words
from lingzhi.core.templatetags.figures import share
from lingzhi.org.models import Unit
from lingzhi.reports.forms.complaints import BY, ComplaintsForm
from lingzhi.reports.presenting.charts import Bar, Cell, ShownChart, funnel_option, heat, pareto
from lingzhi.reports.presenting.outline import Part
from lingzhi.reports.queries import complaints as counted
from lingzhi.reports.queries.complaints import AGES, Handled, Line
from lingzhi_engine.stats import TOO_FEW, Rate, clopper_pearson

STEPS: dict[str, str | Promise] = {
    "registered": gettext_lazy("Registered"),
    "assessed": gettext_lazy("Assessed first"),
    "passed_on": gettext_lazy("Given to somebody"),
    "solved": gettext_lazy("Solved"),
    "told": gettext_lazy("Customer told the result"),
    "confirmed": gettext_lazy("Customer agrees"),
    "closed": gettext_lazy("Case closed"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A share of the complaints with its exact interval; `minimum` cases allow a statement."""

    label: str
    rate: Rate
    url: str = ""
    note: str = ""
    minimum: int = TOO_FEW

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """Exact, 95 %."""
        return clopper_pearson(self.rate.numerator, self.n) if self.n else (None, None)

    @property
    def n(self) -> int:
        return self.rate.denominator


@dataclass(frozen=True, slots=True)
class ShownStatistics:
    """The whole page."""

    days: str
    number: int
    before: str
    tiles: list[Tile]
    pareto: ShownChart
    lines: ShownChart
    funnel: ShownChart
    ages: ShownChart
    limits: ShownChart
    hours: ShownChart

    @property
    def charts(self) -> list[ShownChart]:
        """Everything with a table, in the order of the page."""
        return [self.pareto, self.lines, self.funnel, self.ages, self.limits, self.hours]


def shown_statistics(form: ComplaintsForm) -> ShownStatistics:
    """The complaints of the choice, counted."""
    asked, by = form.asked, form.by_asked
    rows = counted.handled(asked)
    links = _Links(form)
    found = counted.lines(rows, by)
    names = names_of(by, [one.value for one in found])
    several = [(names.get(one.value, ""), one) for one in found]
    return ShownStatistics(
        f"{asked.first.isoformat()} – {asked.last.isoformat()}",
        len(rows),
        _before(asked.still_open_from_before),
        _tiles(Line.of(None, rows), links),
        pareto(_("The few that make most"), str(BY[by]),
               [Bar(name, one.number, links.of_value(one.value)) for name, one in several]),
        _table(by, several, links),
        _funnel(counted.steps(rows), links),
        _ages(counted.ages(rows), links),
        _limits(counted.limits_kept(asked)),
        _hours(rows),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Links:
    """Leads from a number to its complaints."""

    form: ComplaintsForm

    def __call__(self, choice: str, **more: object) -> str:
        asked = self.form.asked
        given = {
            "from_on": asked.first, "to_on": asked.last, "unit": asked.unit and asked.unit.pk,
            "channel": asked.channel, "by": self.form.by_asked, "choice": choice, **more,
        }  # fmt: skip
        kept = {name: str(value) for name, value in given.items() if value}
        return f"{reverse('reports:complaints_behind')}?{urlencode(kept)}"

    def of_value(self, value: object, choice: str = "all") -> str:
        return self(choice, value=_NOBODY if value is None else value)


_NOBODY = "-"  # in an address: the complaints whose value nobody knows


def behind(form: ComplaintsForm, choice: str, value: str | None) -> list[int]:
    """The keys of the complaints of a number, the newest first. Raises KeyError."""
    is_of = counted.choices()[choice]
    rows = [one for one in counted.handled(form.asked) if is_of(one)]
    if value:
        rows = [one for one in rows if _has(one, form.by_asked, value)]
    return [one.pk for one in reversed(rows)]


def _has(one: Handled, by: str, value: str) -> bool:
    return any((_NOBODY if held is None else str(held)) == value for held in one.values[by])


def names_of(by: str, values: Sequence[Any]) -> Mapping[object, str]:
    """What the values of a dimension are called; what is not known has no name."""
    known = [value for value in values if value not in (None, "")]
    if by == "cause":
        return {one.pk: str(one) for one in Cause.objects.filter(pk__in=known)}
    if by == "unit":
        return {one.pk: one.name for one in Unit.objects.filter(pk__in=known)}
    fixed: dict[str, Any] = {
        "grade": dict(Grade.choices),
        "source": dict(Complaint.Source.choices),
        "channel": channel_words(),
    }
    words = fixed.get(by, {})
    return {value: str(words.get(value, value)) for value in known}


def _before(number: int) -> str:
    words = ngettext(
        "%(n)d from before these days is still open.",
        "%(n)d from before these days are still open.",
        number,
    )
    return words % {"n": number} if number else ""


def _tiles(whole: Line, links: _Links) -> list[Tile]:
    not_asked = _("%(n)d were not asked") % {"n": whole.not_asked} if whole.not_asked else ""
    return [
        Tile(_("Handled"), whole.over, links("over")),
        Tile(_("Upheld, of those decided"), whole.upheld, links("upheld")),
        Tile(_("Time limits missed"), whole.missed, links("late")),
        Tile(_("Reopened, of those once solved"), whole.reopened, links("reopened")),
        Tile(_("Satisfied with the handling"), whole.content, links("content"), not_asked),
    ]


def _table(by: str, several: Sequence[tuple[str, Line]], links: _Links) -> ShownChart:
    header = [str(BY[by]), _("Complaints received"), _("Handled"), _("Upheld"),
              _("Time limits missed"), _("Reopened"), _("Satisfied with the handling")]  # fmt: skip
    rows = [
        [Cell(name or _("not known")), Cell(str(one.number), links.of_value(one.value)),
         _share(one.over, links.of_value(one.value, "over")),
         _share(one.upheld, links.of_value(one.value, "upheld")),
         _share(one.missed, links.of_value(one.value, "late")),
         _share(one.reopened, links.of_value(one.value, "reopened")),
         _share(one.content, links.of_value(one.value, "content"))]
        for name, one in several
    ]  # fmt: skip
    words = ""
    if by == "product":
        words = _("A complaint about several products stands in each of their lines.")
    return ShownChart(_("How they were handled"), words, header, rows)


def _share(rate: Rate, url: str = "") -> Cell:
    """A share as counts, and in per cent with its limits only where there are enough."""
    if not rate.denominator:
        return Cell("–")
    counts = f"{rate.numerator}/{rate.denominator}"
    if not rate.is_enough():
        return Cell(counts, url if rate.numerator else "", note=_("too few to say"))
    low, high = clopper_pearson(rate.numerator, rate.denominator)
    return Cell(counts, url, note=f"{share(rate.ratio)} [{share(low)}, {share(high)}]")


def _funnel(found: Sequence[counted.Step], links: _Links) -> ShownChart:
    header = [_("Step of handling"), _("Came so far or further"), _("Did the step"),
              _("Median days until then"), _("Stay here"), _("Longest since, days")]  # fmt: skip
    rows = [
        [Cell(str(STEPS[one.code])), Cell(str(one.through)), Cell(str(one.done)),
         Cell("–" if one.days is None else number_format(round(one.days, 1), decimal_pos=1)),
         Cell(str(one.staying), links(f"stay-{one.code}") if one.staying else ""),
         Cell("–" if one.oldest is None else str(one.oldest))]
        for one in found
    ]  # fmt: skip
    words = ""
    most = max(found, key=lambda one: one.staying)
    if most.staying:
        words = _("Most of those not closed stay at “%(step)s”: %(n)d.") % {
            "step": STEPS[most.code], "n": most.staying,
        }  # fmt: skip
    bars = [Bar(str(STEPS[one.code]), one.through) for one in found]
    return ShownChart(
        _("State of handling"), words, header, rows,
        funnel_option(bars) if found[0].through else None,
    )  # fmt: skip


def _ages(numbers: Sequence[int], links: _Links) -> ShownChart:
    names = [_("less than a day")]
    names += [
        _("%(low)d to %(high)d days") % {"low": low, "high": high} for low, high in pairwise(AGES)
    ]
    names.append(_("%(n)d days and longer") % {"n": AGES[-1]})
    rows = [
        [Cell(name), Cell(str(number), links(f"age-{band}") if number else "")]
        for band, (name, number) in enumerate(zip(names, numbers, strict=True))
    ]
    return ShownChart(_("Still open, by age"), "", [_("Since registered"), _("How many")], rows)


def _limits(found: Sequence[tuple[str, Rate]]) -> ShownChart:
    words = dict(ClockKind.choices)
    rows = [[Cell(str(words.get(kind, kind))), _share(rate)] for kind, rate in found]
    return ShownChart(_("Time limits"), "", [_("Time limit"), _("Kept")], rows)


def _hours(rows: Sequence[Handled]) -> ShownChart:
    numbers = counted.by_hour(rows, timezone.get_default_timezone())
    hours = [f"{hour:02}" for hour in range(24)]
    days = {
        str(words): [float(numbers[number + 1, hour]) for hour in range(24)]
        for number, words in WEEKDAYS_ABBR.items()
    }
    return heat(_("When they come"), _("Day of the week"), hours, days)


def parts(shown: ShownStatistics) -> Iterator[Part]:
    """The statistics in a document."""
    figures = [
        [
            one.label,
            " ".join(filter(None, (_share(one.rate).text, _share(one.rate).note, one.note))),
        ]
        for one in shown.tiles
    ]
    lines = [_("%(n)d complaints were received.") % {"n": shown.number}, shown.before]
    yield Part(_("In short"), 1, [_("Figure"), _("Value")], figures, [one for one in lines if one])
    for chart in shown.charts:
        if chart.rows:
            yield chart.part
