"""The days a page is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
POINTS = 10  # of a trend
LOOK_BACK_DAYS = 35  # how far before its first day a control is looked back at


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def after(self) -> date:
        """The first day that is no part of it."""
        return self.last + DAY

    @property
    def before(self) -> "Period":
        """As many days right before."""
        return Period(self.first - self.days * DAY, self.first - DAY)

    def steps(self) -> Iterator["Period"]:
        """The period in at most ten parts of equal length, counted back from its end."""
        length = -(-self.days // POINTS)
        starts = range(self.days - length, -length, -length)
        for at in reversed(starts):
            first = self.first + max(0, at) * DAY
            yield Period(first, self.first + (at + length - 1) * DAY)

    def back(self, number: int) -> list["Period"]:
        """This period and those before it, `number` in all, each as long, the earliest first."""
        length = self.days * DAY
        return [
            Period(self.first - at * length, self.last - at * length)
            for at in reversed(range(number))
        ]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def is_within(self, stretches: Iterable["Period"]) -> bool:
        """Whether each of its days lies in one of the stretches."""
        missing = self.first
        for one in sorted(stretches, key=lambda one: one.first):
            if one.first <= missing <= min(one.last, self.last):
                missing = min(one.last, self.last) + DAY
        return missing > self.last


def looked_back_before(day: date) -> Period:
    """The days that a control with this first day is looked back at."""
    return Period(day - LOOK_BACK_DAYS * DAY, day - DAY)


def last_days(number: int, until: date) -> Period:
    """The `number` days up to `until`."""
    return Period(until - (number - 1) * DAY, until)
