"""Stretches of working time within one day, as people write them: `09:00-12:00, 13:30-18:00`."""

import re
from dataclasses import dataclass
from itertools import pairwise

MINUTES_PER_DAY = 24 * 60
_SLOT = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~～]\s*(\d{1,2}):(\d{2})")


class BadSlots(ValueError):
    """The text names no valid working times; `reason` is a code: form, order or overlap."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(f"{reason}: {text!r}")
        self.reason = reason
        self.text = text


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Working time in minutes since the day's midnight: `Slot(540, 720)` is 09:00 to 12:00.

    A slot ends at midnight (1440) at the latest: a night shift is one slot on either day.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= MINUTES_PER_DAY:
            raise BadSlots("order", f"{self.start}-{self.end}")

    def __str__(self) -> str:
        return f"{_clock_time(self.start)}-{_clock_time(self.end)}"


def _clock_time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def parse_slots(text: str) -> tuple[Slot, ...]:
    """The slots in `text` in order of time; blank text means no working time at all.

    Separators are comma or semicolon, Chinese or Latin. Raises BadSlots.
    """
    parts = [part.strip() for part in re.split(r"[,;，；、]", text.replace("：", ":"))]
    slots = tuple(sorted(_slot(part) for part in parts if part))
    if any(later.start < earlier.end for earlier, later in pairwise(slots)):
        raise BadSlots("overlap", text)
    return slots


def _slot(text: str) -> Slot:
    found = _SLOT.fullmatch(text)
    if found is None:
        raise BadSlots("form", text)
    hour, minute, end_hour, end_minute = map(int, found.groups())
    if minute > 59 or end_minute > 59:
        raise BadSlots("form", text)
    return Slot(hour * 60 + minute, end_hour * 60 + end_minute)


def format_slots(slots: tuple[Slot, ...]) -> str:
    """The text that `parse_slots` reads back."""
    return ", ".join(str(slot) for slot in slots)
