"""Measures: what apps can count for indicators, through `settings.MEASURES`.

A measure gives daily cells of numerator and denominator; what is made of them (a share, a mean, a
count) and under which name is the business of the indicator dictionary. Cells add up, so a month
of a company is the sum of the days of its people.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from lingzhi.core.controls import Param, Words


class Cell(NamedTuple):
    """One day of one team, agent and channel; None where a contact has none of them."""

    day: date
    unit_id: int | None
    agent_id: int | None
    channel: str
    numerator: float
    denominator: float
    unknown: int = 0


class Row(NamedTuple):
    """One case behind a figure: its words, where it can be read, and what it counted."""

    label: str
    url: str
    at: Any
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class Place:
    """Whose cases are wanted; None is everybody. `unit_path` includes everything below."""

    unit_path: str = ""
    agent_id: int | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something an app can count.

    `shape` is share (numerator counts cases of the denominator, so an exact interval exists), mean
    (numerator is a sum, denominator a number of cases), rate (numerator is a number of cases,
    denominator hours or people) or count (the numerator alone). `unit` is percent, seconds, points
    or items. `cells(params, first, last)` counts whole days of the organisation's zone.
    `rows(params, place, first, last)` gives the cases behind, newest first, as a lazily sliced
    sequence with `len`. A case whose answer is not known is in neither number, but in `unknown`.
    A change of one day may change the cells of `spread` days before and after it.
    """

    code: str
    label: Words
    numerator: Words
    denominator: Words
    shape: str
    unit: str
    cells: Callable[[Mapping[str, Any], date, date], Iterable[Cell]]
    rows: Callable[[Mapping[str, Any], Place, date, date], Any]
    params: tuple[Param, ...] = ()
    spread: int = 0


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure by its code."""
    lists: list[Sequence[Measure]] = [import_string(path) for path in settings.MEASURES]
    return {measure.code: measure for several in lists for measure in several}
