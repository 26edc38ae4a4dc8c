"""Courses of days as the charts judge them: what is counted how, and which days are alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lingzhi.kpis.queries.figures import Figure
from lingzhi.org.models import Unit
from lingzhi.org.queries import business_calendar, calendar_of
from lingzhi_engine.clock import BusinessCalendar, NotPublished
from lingzhi_engine.stats import BASELINE, JUDGED, Chart, ChartKind, Course, control_chart

HISTORY = BASELINE + JUDGED  # days that a judgement of the last one looks at
WEEKEND, SUNDAY, MADE_UP = 5, 6, 7
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Days:
    """Which days are alike: a rest day in the week is a Sunday (节假日), a worked day of the
    weekend is like no other (调休)."""

    calendar: BusinessCalendar | None

    @classmethod
    def of(cls, unit: Unit | None) -> "Days":
        found = calendar_of(unit)
        return cls(business_calendar(found) if found else None)

    def classes(self, days: Sequence[date]) -> list[int]:
        """The weekday as which each day counts, 0 Monday to 6 Sunday; 7 for a made-up day."""
        return [self._class(day) for day in days]

    def is_worked(self, day: date) -> bool:
        """Whether it is a working day; without a published calendar Monday to Friday are."""
        try:
            return self.calendar.is_working_day(day) if self.calendar else day.weekday() < WEEKEND
        except NotPublished:
            return day.weekday() < WEEKEND

    def _class(self, day: date) -> int:
        usual = day.weekday()
        if self.calendar is None:
            return usual
        try:
            is_worked = self.calendar.is_working_day(day)
        except NotPublished:
            return usual
        if is_worked == bool(self.calendar.week[usual]):
            return usual
        return MADE_UP if is_worked else SUNDAY


def earlier(first: date, step: str) -> date:
    """From when on facts are wanted so that the periods from `first` on can be judged."""
    length = {"week": 7, "month": 31}.get(step, 1)
    return first - HISTORY * length * timedelta(days=1)


def kind_for(shape: str, *, is_whole: bool) -> ChartKind:
    """Which chart fits: entered figures may have parts of cases, then they are like means."""
    if shape == "rate" or (shape == "count" and is_whole):
        return ChartKind.RATE
    return ChartKind.SHARE if shape == "share" and is_whole else ChartKind.MEAN


def course_of(figures: Sequence[Figure]) -> Course:
    """The sums of each day; a day's count is of one day, a day without data of none."""
    return Course(
        [figure.numerator if figure.has_data else 0.0 for figure in figures],
        [_exposure(figure) for figure in figures],
    )


def _exposure(figure: Figure) -> float:
    if not figure.has_data:
        return 0.0
    return 1.0 if figure.shape == "count" else max(0.0, figure.denominator)


def chart_of(figures: Sequence[Figure], classes: Sequence[int] | None) -> Chart | None:
    """The figures judged by their own past; None while that is too short."""
    course = course_of(figures)
    known = [figure for figure in figures if figure.has_data]
    if not known:
        return None
    kind = kind_for(known[0].shape, is_whole=all(figure.is_whole for figure in known))
    return control_chart(kind, course.numerators, course.denominators, classes)


def scale_of(shape: str) -> int:
    """What numerator ÷ denominator is multiplied by to be the figure."""
    return PERCENT if shape == "share" else 1
