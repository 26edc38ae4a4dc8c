"""Lines of dashboards and groups: the figure, its certainty, target, change and course."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.kpis.dictionary import GROUPS, Entry, indicators
from lingzhi.kpis.models import Target
from lingzhi.kpis.presenting.saying import say, say_change, say_target
from lingzhi.kpis.queries import Figure, Line, sure_state

STATES: dict[str, tuple[str | Promise, str]] = {
    "met": (gettext_lazy("Target met"), "good"),
    "missed": (gettext_lazy("Target missed"), "bad"),
    "unsure": (gettext_lazy("Target missed, but not clearly"), "warn"),
    "warning": (gettext_lazy("Beyond the warning line"), "bad"),
    "unknown": (gettext_lazy("No data for the target"), "unknown"),
}
Asked = dict[str, str]


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure as text, with what stands beside it."""

    figure: Figure
    target: Target | None

    @property
    def said(self) -> str:
        return say(self.figure.value, self.figure.unit)

    @property
    def caution(self) -> str:
        """Said beside a figure that rests on few cases; the figure stays."""
        if not self.figure.has_data or self.figure.is_enough:
            return ""
        return _("too few to say (n = %(n)s)") % {"n": self.figure.n}

    @property
    def target_said(self) -> str:
        target = self.target
        if target is None:
            return ""
        figure = self.figure
        return say_target(
            target.value, figure.unit, better=figure.direction, is_strict=target.is_strict
        )

    @property
    def state(self) -> tuple[str | Promise, str] | None:
        """Words and tone of how it stands to its target; None without one.

        A target missed by less than chance explains is said so: its interval holds the target.
        """
        if self.target is None:
            return None
        figure, target = self.figure, self.target
        return STATES[sure_state(figure.state(target), target.value, figure.low, figure.high)]

    @property
    def target_ratio(self) -> float | None:
        return self.target.value / 100 if self.target and self.figure.shape == "share" else None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One indicator of the dashboard."""

    line: Line
    shown: ShownFigure
    url: str
    asked: Asked

    @property
    def entry(self) -> Entry:
        return self.line.entry

    @property
    def cases_url(self) -> str:
        """The cases behind the figure; empty where a person entered it."""
        if self.line.definition.way.is_by_hand or not self.line.figure.has_data:
            return ""
        return cases_url(self.entry.code, self.asked, definition=self.line.definition.pk)

    @property
    def sealed_words(self) -> str:
        """Where the figure stands as published, whatever a recount gives."""
        sealed = self.line.sealed
        if sealed is None:
            return ""
        return _("as published, version %(n)s") % {"n": sealed.publication.number}

    @property
    def sealed_url(self) -> str:
        sealed = self.line.sealed
        if sealed is None:
            return ""
        url = reverse("kpis:month", args=[sealed.publication_id])
        return f"{url}?unit={sealed.unit_id}"

    @property
    def previous(self) -> str:
        return say(self.line.previous.value, self.line.figure.unit)

    @property
    def change(self) -> str:
        return say_change(self.line.change, self.line.figure.unit, self.line.figure.shape)

    @property
    def change_tone(self) -> str:
        """good or bad only where chance would hardly explain it."""
        change, direction = self.line.change, self.line.figure.direction
        if not change or not direction or not self.line.is_change_sure:
            return "muted"
        return "good" if (change > 0) == (direction == "high") else "bad"

    @property
    def course_words(self) -> str:
        return _("%(name)s, the course of the period") % {"name": self.entry.name}


def shown_lines(lines: Sequence[Line], asked: Asked) -> list[ShownLine]:
    """Lines with their addresses; `asked` narrows what they lead to."""
    return [
        ShownLine(
            line,
            ShownFigure(line.figure, line.target),
            indicator_url(line.entry.code, asked),
            asked,
        )
        for line in lines
    ]


def by_group(lines: Sequence[ShownLine]) -> list[tuple[str, list[ShownLine]]]:
    """The lines under the words of their groups; empty groups are left out."""
    found = [
        (str(words), [line for line in lines if line.entry.group == group])
        for group, words in GROUPS.items()
    ]
    return [(words, several) for words, several in found if several]


def waiting(lines: Sequence[ShownLine]) -> list[Entry]:
    """The indicators of the dictionary that have no line yet."""
    shown = {line.entry.code for line in lines}
    return [entry for entry in indicators().values() if entry.code not in shown]


def indicator_url(code: str, asked: Asked) -> str:
    query = urlencode(asked)
    url = reverse("kpis:indicator", args=[code])
    return f"{url}?{query}" if query else url


def cases_url(code: str, asked: Asked, **more: Any) -> str:
    """The cases behind a figure."""
    query = urlencode({**asked, **{name: value for name, value in more.items() if value}})
    return f"{reverse('kpis:cases', args=[code])}?{query}"


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """One team, agent or channel of an indicator."""

    name: str
    about: str
    shown: ShownFigure
    url: str


def table_header() -> list[Any]:
    """The columns of the dashboard as a file."""
    return [
        _("Code"), _("Indicator"), _("Group"), _("Way of counting"), _("Unit"), _("Figure"),
        _("Numerator"), _("Denominator"), _("Unknown"),
        _("95 % interval from (Clopper–Pearson)"), _("95 % interval to (Clopper–Pearson)"),
        _("Too few to say"), _("Target"), _("State"), _("Period before"),
    ]  # fmt: skip


def table_row(line: ShownLine) -> list[Any]:
    """One line as cells; ratios and their limits in per cent."""
    figure, target = line.line.figure, line.line.target
    interval = figure.interval
    return [
        line.entry.code,
        line.entry.name,
        line.entry.group_words,
        line.line.definition.way.words,
        figure.unit,
        _rounded(figure.value),
        _rounded(figure.numerator),
        _rounded(figure.denominator),
        figure.unknown,
        _rounded(interval.low * 100) if interval else "",
        _rounded(interval.high * 100) if interval else "",
        "" if figure.is_enough else _("yes"),
        target.value if target else "",
        str(line.shown.state[0]) if line.shown.state else "",
        _rounded(line.line.previous.value),
    ]


def _rounded(value: float | None) -> float | str:
    return "" if value is None else round(value, 6)
