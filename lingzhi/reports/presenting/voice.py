"""The voice of the customer, for people: rows, topics, quotes, and the same as a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.reports.queries.voice import Agreement, Heard, HeardTopic, Quote, Row, Source
from lingzhi.surveys.presenting.results import ShownRate

TONES = {
    Agreement.WORSE: "bad", Agreement.BETTER: "good", Agreement.APART: "warn",
    Agreement.ALONE: "flow", Agreement.STILL: "plain", Agreement.UNKNOWN: "unknown",
}  # fmt: skip
FIRST = (Agreement.WORSE, Agreement.APART, Agreement.ALONE, Agreement.BETTER)
MOVED: dict[str, tuple[str | Promise, str]] = {
    "worse": (gettext_lazy("worse"), "bad"),
    "better": (gettext_lazy("better"), "good"),
}
OFTEN: dict[str, tuple[str | Promise, str]] = {
    "worse": (gettext_lazy("more often"), "warn"),
    "better": (gettext_lazy("less often"), "flow"),
}


@dataclass(frozen=True, slots=True)
class ShownHeard:
    """One source about one matter; `words` and `tone` say how it moved, where that is certain."""

    source: Source
    state: str
    reason: str
    rate: ShownRate
    before: ShownRate
    change: str
    words: str | Promise = ""
    tone: str = ""
    target: float | None = None

    @property
    def label(self) -> str:
        return str(self.source.label)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A dimension with all sources and what they say together."""

    code: str
    name: str
    heard: list[ShownHeard]
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic with the sources that were read."""

    phrase: str
    others: str
    dimension: str
    heard: list[ShownHeard]


def shown_rows(rows: Iterable[Row]) -> list[ShownRow]:
    """Each dimension by its name."""
    return [
        ShownRow(
            row.dimension.code, str(row.dimension), [_shown(one, MOVED) for one in row.heard],
            str(row.agreement.label), TONES[row.agreement],
        )
        for row in rows
    ]  # fmt: skip


def most_telling(rows: Iterable[Row]) -> str:
    """The code of the dimension to look at first: where sources agree that it is worse, …; else
    the first where any source speaks. Empty where none does."""
    several = list(rows)
    for wanted in FIRST:
        for row in several:
            if row.agreement == wanted:
                return row.dimension.code
    spoken = (row for row in several if any(one.now.denominator for one in row.heard))
    return next((row.dimension.code for row in spoken), "")


def shown_topics(topics: Iterable[HeardTopic], names: dict[str, str]) -> list[ShownTopic]:
    """Each topic; of few texts the numbers alone."""
    return [
        ShownTopic(
            one.phrase, "、".join(one.others), names.get(one.dimension, ""),
            [_shown(heard, OFTEN) for heard in one.heard],
        )
        for one in topics
    ]  # fmt: skip


def _shown(one: Heard, how: dict[str, tuple[str | Promise, str]]) -> ShownHeard:
    words, tone = how.get(one.moved, ("", ""))
    target = one.target.value / 100 if one.target else None
    reason = "" if one.state == "heard" else str(one.state.label)
    return ShownHeard(
        one.source, str(one.state), reason, ShownRate.of(one.now), ShownRate.of(one.before),
        _change(one.change), words, tone, target,
    )  # fmt: skip


def _change(change: tuple[float, float] | None) -> str:
    if change is None:
        return ""
    return " … ".join(number_format(round(100 * one, 1), 1) for one in change)


def shown_quotes(quotes: dict[Source, list[Quote]]) -> list[tuple[str, list[Quote]]]:
    """The quotes under the names of their sources, in the order of the columns."""
    return [(str(source.label), quotes[source]) for source in Source if source in quotes]


HEADER = [
    gettext_lazy("Dimension"), gettext_lazy("Source"), gettext_lazy("State"),
    gettext_lazy("Number of them"), gettext_lazy("Of how many"), gettext_lazy("Share, %"),
    gettext_lazy("Lower limit, %"), gettext_lazy("Upper limit, %"), gettext_lazy("How many before"),
    gettext_lazy("Of how many before"), gettext_lazy("Change, points"), gettext_lazy("Moved"),
    gettext_lazy("Taken together"),
]  # fmt: skip


def table_rows(rows: Iterable[ShownRow]) -> Iterator[list[Any]]:
    """One line a dimension and source; empty cells say nothing was heard."""
    for row in rows:
        for one in row.heard:
            rate = one.rate
            limits = [_percent(each) for each in (rate.value, rate.low, rate.high)]
            yield [
                row.name, one.label, one.reason or _said(rate), rate.hits, rate.n, *limits,
                one.before.hits, one.before.n, one.change, str(one.words), row.words,
            ]  # fmt: skip


def _said(rate: ShownRate) -> str:
    if not rate.n:
        return _("no data yet")
    return "" if rate.is_enough else _("too few to say")


def _percent(share: float | None) -> float | str:
    return "" if share is None else round(100 * share, 1)
