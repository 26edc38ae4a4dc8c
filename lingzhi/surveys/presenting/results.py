"""What surveys say, for people: tiles, lines with their intervals, the course, topics."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from lingzhi.org.models import Unit
from lingzhi.surveys.models import Answer, Dimension, Mode, WeakLink
from lingzhi.surveys.queries.results import Line, ModeLine, Results
from lingzhi.surveys.queries.texts import Texts
from lingzhi_engine.stats import TOO_FEW, Measured, Rate, difference, wilson

NAMELESS = "–"
QUOTES = 4


@dataclass(frozen=True, slots=True)
class ShownRate:
    """A share with its interval, as `{% measure %}` and `_rate.html` take it."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    hits: int
    minimum: int = TOO_FEW

    @classmethod
    def of(cls, rate: Rate, minimum: int = TOO_FEW) -> "ShownRate":
        low, high = wilson(rate.numerator, rate.denominator) if rate.denominator else (None, None)
        return cls(rate.ratio, low, high, rate.denominator, rate.numerator, minimum)

    @property
    def is_enough(self) -> bool:
        return self.n >= self.minimum


@dataclass(frozen=True, slots=True)
class ShownScore:
    """A figure on a scale of its own: in words, with its limits, and its place for the graphic."""

    words: str
    low: str
    high: str
    at: tuple[float, float, float] | None
    n: int
    minimum: int = TOO_FEW

    @property
    def is_enough(self) -> bool:
        return self.n >= self.minimum


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of a table of dimensions, teams or weeks."""

    name: str
    satisfied: ShownRate
    points: ShownScore
    target: float | None = None
    change: tuple[float, float] | None = None
    code: str = ""
    is_weak: bool = False
    apart: tuple[float, float] | None = None

    @property
    def change_words(self) -> str:
        return _in_points(self.change)

    @property
    def apart_words(self) -> str:
        return _in_points(self.apart)

    @property
    def moved(self) -> str:
        """better | worse where the interval of the change leaves nought out."""
        return self._side(self.change)

    @property
    def stands(self) -> str:
        """better | worse than the other units, by the same rule."""
        return self._side(self.apart)

    def _side(self, by: tuple[float, float] | None) -> str:
        if by is None or not self.satisfied.is_enough:
            return ""
        return "better" if by[0] > 0 else "worse" if by[1] < 0 else ""


@dataclass(frozen=True, slots=True)
class ShownMode:
    """One way of answering."""

    name: str
    code: str
    invited: ShownRate
    answered: ShownRate
    line: ShownLine


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """What several people wrote about, with the words of some."""

    phrase: str
    others: str
    number: int
    quotes: list[Answer]


def _in_points(by: tuple[float, float] | None) -> str:
    if by is None:
        return NAMELESS
    low, high = (number_format(round(100 * one, 1), 1) for one in by)
    return f"{low} … {high}"


def score(measured: Measured, lowest: float, highest: float, minimum: int = TOO_FEW) -> ShownScore:
    """A figure between `lowest` and `highest`; of fewer than `minimum` it is not said."""
    if measured.value is None:
        return ShownScore(NAMELESS, "", "", None, measured.n)
    width = highest - lowest
    low, value, high = (
        (one - lowest) / width for one in (measured.low, measured.value, measured.high)
    )
    limits = (measured.value, measured.low, measured.high)
    said = [number_format(round(one, 1), 1) for one in limits]
    return ShownScore(said[0], said[1], said[2], (low, value, high), measured.n, minimum)


def shown_line(line: Line, name: str, code: str = "") -> ShownLine:
    """A line with its name."""
    target = line.target.value / 100 if line.target else None
    rate = ShownRate.of(line.said.satisfied)
    points = score(line.said.points, 0, 100)
    return ShownLine(
        name, rate, points, target, line.change, code, line.is_weak, line.apart
    )  # fmt: skip


def shown_dimensions(found: Results) -> list[ShownLine]:
    """Each dimension by its name: the most certain trouble first, then the lowest."""
    names = {one.code: str(one) for one in Dimension.objects.all()}
    ordered = sorted(
        found.dimensions, key=lambda one: (*one.certainty, one.said.satisfied.ratio or 0)
    )
    return [shown_line(one, names.get(one.key, one.key), one.key) for one in ordered]


def shown_units(found: Results) -> list[ShownLine]:
    """Each team by its name, the weakest first; who is of no team last."""
    names = dict(Unit.objects.values_list("pk", "name"))
    lines = [shown_line(one, names.get(one.key, _("of no team"))) for one in found.units]
    return sorted(lines, key=lambda line: (not line.satisfied.is_enough, line.satisfied.value or 0))


def shown_modes(lines: Iterable[ModeLine]) -> list[ShownMode]:
    """Each way of answering for itself."""
    return [
        ShownMode(
            str(Mode(one.mode).label), one.mode, ShownRate.of(one.invited),
            ShownRate.of(one.answered), shown_line(Line(one.mode, one.said), ""),
        )
        for one in lines
    ]  # fmt: skip


def shown_course(found: Results) -> list[ShownLine]:
    """Week by week or month by month."""
    return [shown_line(one, date_format(one.key, "Y-m-d")) for one in found.course]


def chart_of(lines: list[ShownLine], target: float | None) -> dict[str, Any]:
    """The ECharts option of the course, with the limits of each period.

    Of too few people only the limits are drawn.
    """

    def series(name: str, values: list[float | None], **look: Any) -> dict[str, Any]:
        data = [None if one is None else round(100 * one, 1) for one in values]
        return {"type": "line", "name": name, "data": data, "lineStyle": look, "symbolSize": 5}

    rates = [one.satisfied for one in lines]
    main = series(
        _("Satisfied"),
        [one.value if one.is_enough else None for one in rates],
        color="lz:accent-fill",
    )
    if target is not None:
        main["markLine"] = {"silent": True, "symbol": "none", "data": [{"yAxis": 100 * target}]}
    thin = {"color": "lz:unknown-fill", "type": "dashed", "width": 1}
    return {
        "xAxis": {"type": "category", "data": [one.name[5:] for one in lines]},
        "yAxis": {"type": "value", "max": 100, "axisLabel": {"formatter": "{value}%"}},
        "series": [
            main,
            series(_("Lower limit"), [one.low for one in rates], **thin),
            series(_("Upper limit"), [one.high for one in rates], **thin),
        ],
    }


def shown_topics(texts: Texts) -> list[ShownTopic]:
    """Each topic with some quotes."""
    return [
        ShownTopic(
            topic.phrase, "、".join(topic.others), len(topic.texts),
            _quotes(texts.answers[at] for at in topic.texts),
        )
        for topic in texts.topics
    ]  # fmt: skip


def _quotes(answers: Iterable[Answer]) -> list[Answer]:
    """Some of them, the same words once."""
    return list({one.text: one for one in answers}.values())[:QUOTES]


@dataclass(frozen=True, slots=True)
class ShownBeside:
    """Other figures beside a weak link, and the interval of the satisfied here less there."""

    rate: ShownRate
    by: tuple[float, float]
    is_enough: bool

    @classmethod
    def of(cls, here: Rate, there: Rate) -> "ShownBeside | None":
        """None where nobody was there."""
        if not there.denominator:
            return None
        by = difference((there.numerator, there.denominator), (here.numerator, here.denominator))
        return cls(ShownRate.of(there), by, there.is_enough() and here.is_enough())

    @property
    def words(self) -> str:
        return _in_points(self.by)

    @property
    def side(self) -> str:
        """better | worse here, beyond chance."""
        if not self.is_enough:
            return ""
        return "better" if self.by[0] > 0 else "worse" if self.by[1] < 0 else ""


@dataclass(frozen=True, slots=True)
class ShownWeakLink:
    """A weak link with the figures of the day it was given, beside those before and elsewhere."""

    row: WeakLink
    name: str
    rate: ShownRate
    target: float
    is_late: bool
    before: ShownBeside | None
    others: ShownBeside | None


def shown_weak_links(rows: Iterable[WeakLink], day: date) -> list[ShownWeakLink]:
    """Each with its dimension by name; late is what waits beyond its day."""
    names = {one.code: str(one) for one in Dimension.objects.all()}
    return [_weak_link(one, names.get(one.dimension, one.dimension), day) for one in rows]


def _weak_link(one: WeakLink, name: str, day: date) -> ShownWeakLink:
    here = Rate(one.satisfied, one.asked)
    return ShownWeakLink(
        one, name, ShownRate.of(here), one.target / 100,
        one.answered_at is None and one.due_on < day,
        ShownBeside.of(here, Rate(one.before_satisfied, one.before_asked)),
        ShownBeside.of(here, Rate(one.others_satisfied, one.others_asked)),
    )  # fmt: skip
