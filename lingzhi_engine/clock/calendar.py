"""A week's working times with dated exceptions, within the time that has been published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lingzhi_engine.clock.slots import Slot


class NotPublished(LookupError):
    """Nobody has announced the holidays and make-up workdays (调休) of this day yet."""

    def __init__(self, day: date) -> None:
        super().__init__(f"the calendar is not published for {day.isoformat()}")
        self.day = day


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Working times of every published day.

    `week` holds seven tuples of slots, Monday first. `exceptions` replaces single days: no slots
    is a day off, slots on a Saturday are a make-up workday. Both bounds are included.
    """

    week: tuple[tuple[Slot, ...], ...]
    published_from: date
    published_until: date
    exceptions: Mapping[date, tuple[Slot, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days")

    def slots_on(self, day: date) -> tuple[Slot, ...]:
        """Working times of `day`, empty on a day off. Raises NotPublished."""
        if not self.published_from <= day <= self.published_until:
            raise NotPublished(day)
        slots = self.exceptions.get(day)
        return self.week[day.weekday()] if slots is None else slots

    def is_working_day(self, day: date) -> bool:
        """Whether anybody works on `day` at all. Raises NotPublished."""
        return bool(self.slots_on(day))
