"""The board of service in the reader's words."""

from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.contacts.board import CODES, Board, Line
from lingzhi.contacts.flow import Flow, Waiting
from lingzhi.core.channels import channel_words
from lingzhi.kpis.presenting.figures import ShownFigure, indicator_url
from lingzhi.kpis.presenting.saying import NOTHING, say
from lingzhi.kpis.queries import Figure
from lingzhi.kpis.queries.comparing import gap
from lingzhi.org.models import Unit

NAMES: dict[str, str | Promise] = {
    "volume": gettext_lazy("Contacts today"),
    "connected": gettext_lazy("Connect rate"),
    "speed": gettext_lazy("Speed of answer"),
    "solved": gettext_lazy("First-contact resolution"),
    "satisfied": gettext_lazy("Satisfied customers"),
}
STANDINGS: dict[str, tuple[str | Promise, str]] = {
    "better": (gettext_lazy("clearly better than the day before"), "good"),
    "worse": (gettext_lazy("clearly worse than the day before"), "bad"),
}


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A measure of a line. `standing` only where chance would hardly explain the difference."""

    name: str | Promise
    about: str
    url: str
    shown: ShownFigure
    said: str
    yesterday: str
    week: str
    standing: tuple[str | Promise, str] | None

    @property
    def has_past(self) -> bool:
        """Whether either day beside has a figure."""
        return {self.yesterday, self.week} != {NOTHING}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A channel or a team with its measures, and who waits there as far as that is measured."""

    name: str
    measures: list[ShownMeasure]
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """The board, and who waits in the whole centre; None where nothing measures it."""

    board: Board
    whole: list[ShownMeasure]
    channels: list[ShownLine]
    teams: list[ShownLine]
    waiting: Waiting | None


def shown_board(board: Board, flows: list[Flow]) -> ShownBoard:
    """With those who wait now on the channels that are offered."""
    words = channel_words()
    waits = {one.channel.code: one.waiting for one in flows}
    known = [one for one in waits.values() if one is not None]
    longest = [one.longest for one in known if one.longest is not None]
    names = list(NAMES)
    return ShownBoard(
        board,
        _measures(board, board.whole, names),
        [
            ShownLine(words.get(str(one.key), str(one.key)), _measures(board, one, names),
                      waits.get(str(one.key)))
            for one in board.channels
        ],
        [
            ShownLine(one.key.name, _measures(board, one, names))
            for one in board.teams if isinstance(one.key, Unit)
        ],
        Waiting(sum(one.number for one in known), max(longest, default=None)) if known else None,
    )  # fmt: skip


def _measures(board: Board, line: Line, names: list[str]) -> list[ShownMeasure]:
    return [_measure(board, line, name) for name in names]


def _measure(board: Board, line: Line, name: str) -> ShownMeasure:
    spans = line.figures.get(name, {})
    known = next(iter(spans.values()), Figure("count", "items", ""))
    here, before, week = (
        spans.get(span, Figure(known.shape, known.unit, known.direction))
        for span in ("today", "yesterday", "week")
    )
    day = board.judged.get(name)
    return ShownMeasure(
        NAMES[name],
        _("of %(day)s") % {"day": date_format(day, "Y-m-d")} if day else "",
        indicator_url(CODES[name], {}) if name in CODES else "",
        ShownFigure(here, line.targets.get(name)),
        _said(here),
        _said(before),
        _said(week),
        STANDINGS.get(gap(here, before).standing),
    )


def _said(figure: Figure) -> str:
    """The figure; a count without its noun, which the heading has."""
    if figure.shape == "count" and figure.value is not None:
        return str(number_format(figure.value, decimal_pos=0, force_grouping=True))
    return say(figure.value, figure.unit)
