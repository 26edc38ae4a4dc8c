"""When contacts come: hours and weekdays by channel, the bad weeks, the launch."""

from bisect import bisect
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from lingzhi.demo.cast import DEFAULT_END
from lingzhi.demo.scenarios import Scenario, scenarios
from lingzhi.demo.source import read

ZONE = ZoneInfo("Asia/Shanghai")
# From Monday to Sunday.
_WEEKDAYS = {
    "phone": (1.25, 1.1, 1.0, 1.0, 1.05, 0.6, 0.5),
    "chat": (1.1, 1.05, 1.0, 1.0, 1.05, 0.85, 0.8),
    "app": (1.0, 1.0, 1.0, 1.0, 1.0, 0.95, 0.95),
    "email": (1.2, 1.1, 1.0, 1.0, 0.9, 0.2, 0.15),
}
# From eight in the morning to nine in the evening.
_HOURS = {
    "phone": (0.5, 1.1, 1.8, 1.3, 0.7, 0.8, 1.2, 1.7, 1.3, 0.9, 0.5, 0.45, 0.4, 0.25),
    "chat": (0.4, 0.8, 1.2, 1.2, 0.9, 0.9, 1.1, 1.3, 1.1, 0.9, 0.8, 1.0, 1.3, 1.1),
    "app": (0.3, 0.6, 0.9, 0.9, 1.0, 0.9, 0.8, 0.9, 0.9, 0.8, 0.9, 1.2, 1.5, 1.3),
    "email": (0.6, 1.4, 1.6, 1.3, 0.6, 0.9, 1.3, 1.4, 1.2, 0.9, 0.4, 0.3, 0.3, 0.2),
}
OPENS = 8
BAD_WEEK_STRAIN = 2.3
TEAM_WEEK_STRAIN = 3.5  # one queue alone: its team was left with half its people


@dataclass(frozen=True)
class Period:
    """The days of the demo: `days` of them, `end_on` included."""

    end_on: date = DEFAULT_END
    days: int = 90

    @property
    def begin_on(self) -> date:
        return self.end_on - timedelta(days=self.days - 1)

    @cached_property
    def bad_week(self) -> tuple[date, date]:
        """Monday and Sunday of the week in which everything was worse."""
        near = self.end_on - timedelta(days=read("company")["bad_week_before_end"])
        monday = near - timedelta(days=near.weekday())
        return monday, monday + timedelta(days=6)

    @cached_property
    def launch_on(self) -> date:
        """The day on which the new product came out."""
        return self.end_on - timedelta(days=read("company")["launch"]["days_before_end"])

    def is_bad(self, day: date) -> bool:
        monday, sunday = self.bad_week
        return monday <= day <= sunday

    @cached_property
    def team_week(self) -> tuple[date, date]:
        """Monday and Sunday of the week in which the calls of one team were worse."""
        near = self.end_on - timedelta(days=read("company")["team_week"]["before_end"])
        monday = near - timedelta(days=near.weekday())
        return monday, monday + timedelta(days=6)

    def strain(self, day: date, queue: str = "") -> float:
        """How hard the day was on everybody, or on who serves a queue; 1 is a normal day."""
        monday, sunday = self.team_week
        if queue == read("company")["team_week"]["queue"] and monday <= day <= sunday:
            return TEAM_WEEK_STRAIN
        return BAD_WEEK_STRAIN if self.is_bad(day) else 1.0

    def days_before_end(self, day: date) -> int:
        return (self.end_on - day).days


@dataclass(frozen=True, slots=True, order=True)
class Arrival:
    """A contact before anybody answered: when, about what, on which channel."""

    at: datetime
    scenario: int
    channel: str


def arrivals(count: int, seed: int, period: Period) -> list[Arrival]:
    """`count` contacts in order of time."""
    rng = Random(f"{seed}/arrivals")  # noqa: S311 a demo needs no secrets
    by_day = _Days(period)
    return sorted(by_day.draw(rng) for _ in range(count))


class _Days:
    """Weights of days, and on each day of scenarios and channels, ready to be drawn from."""

    def __init__(self, period: Period) -> None:
        self.period = period
        days = [period.begin_on + timedelta(days=at) for at in range(period.days)]
        self.choices = [
            (
                day,
                at,
                channel,
                self._weight(day, scenario) * share * _WEEKDAYS[channel][day.weekday()],
            )
            for day in days
            for at, scenario in enumerate(scenarios())
            for channel, share in _shares(scenario.channels).items()
        ]
        self.sums = list(accumulate(choice[3] for choice in self.choices))
        self.hours = {name: list(accumulate(weights)) for name, weights in _HOURS.items()}

    def _weight(self, day: date, scenario: Scenario) -> float:
        weight = scenario.weight * (1.25 if self.period.is_bad(day) else 1.0)
        if scenario.is_launch:
            since = (day - self.period.launch_on).days
            return weight * min(1.0, since / 9) if since >= 3 else 0.0
        if scenario.is_bad_week:
            return weight if self.period.is_bad(day) else 0.02 * weight
        return weight

    def draw(self, rng: Random) -> Arrival:
        day, scenario, channel, _ = self.choices[_place(rng, self.sums)]
        hour = OPENS + _place(rng, self.hours[channel])
        second = int(rng.random() * 3600)
        moment = time(hour, second // 60, second % 60)
        return Arrival(datetime.combine(day, moment, ZONE), scenario, channel)


def _shares(weights: dict[str, Any]) -> dict[str, float]:
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def _place(rng: Random, sums: list[float]) -> int:
    return min(bisect(sums, rng.random() * sums[-1]), len(sums) - 1)
