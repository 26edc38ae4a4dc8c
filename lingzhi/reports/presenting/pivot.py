"""A pivot in the reader's words: rows, columns, sums of both, and how sure each figure is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import sqrt
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from scipy.special import stdtrit

from lingzhi.accounts.models import User
from lingzhi.kpis.presenting.saying import NOTHING, say
from lingzhi.org.models import Unit
from lingzhi.reports.facts import Amount, Axis
from lingzhi.reports.queries.pivot import Asked, Cells, Key
from lingzhi_engine.pivot import Sums
from lingzhi_engine.stats import TOO_FEW, clopper_pearson

MOST_ROWS, MOST_COLUMNS = 400, 60
SHADES = 7
LEVEL = 0.975  # two-sided 95 %
FILTERS = {"channel": "channel", "direction": "direction", "day": "day"}  # of the list of contacts
UNITS = ("unit", "department", "centre")
Limits = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """What the sums of a cell come to: the value in its unit, and the 95 % limits of shares and
    means where there are enough cases for them.
    """

    amount: Amount
    sums: Sums
    shade: int = 0
    url: str = ""

    @property
    def value(self) -> float | None:
        if self.amount.shape == "count":
            return self.sums.above
        if not self.sums.below:
            return None
        scale = 100 if self.amount.unit == "percent" else 1
        return scale * self.sums.above / self.sums.below

    @property
    def n(self) -> int:
        return round(self.sums.below)

    @property
    def is_few(self) -> bool:
        return self.amount.shape != "count" and 0 < self.n < TOO_FEW

    @property
    def limits(self) -> Limits | None:
        if self.amount.shape == "share" and self.n:
            found = clopper_pearson(round(self.sums.above), self.n)
            return 100 * found.low, 100 * found.high
        if self.amount.shape == "mean" and self.n > 1:
            return self._limits_of_mean()
        return None

    def _limits_of_mean(self) -> Limits:
        """By Student's t over the cases; each is one row of the facts."""
        mean = self.sums.above / self.n
        spread = max(0.0, self.sums.squares - self.n * mean * mean) / (self.n - 1)
        half = float(stdtrit(self.n - 1, LEVEL)) * sqrt(spread / self.n)
        return mean - half, mean + half

    @property
    def said(self) -> str:
        if self.amount.shape == "count":
            return str(number_format(round(self.sums.above), force_grouping=True))
        return say(self.value, self.amount.unit)

    @property
    def limits_said(self) -> str:
        found = self.limits
        if found is None:
            return ""
        return " – ".join(say(max(0.0, limit), self.amount.unit) for limit in found)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line: what its axes say, its figures, and of a table with columns their sum."""

    labels: list[str]
    figures: list[Figure | None]
    whole: Figure | None


@dataclass(frozen=True, slots=True)
class ShownPivot:
    """The table. `left_out` rows and columns are more than a page can show."""

    asked: Asked
    heads: list[str]
    columns: list[str]
    rows: list[ShownRow]
    wholes: list[Figure]
    rows_left_out: int
    columns_left_out: int
    waiting: int
    oldest: Any

    @property
    def is_judging_people(self) -> bool:
        return any(axis.is_person for axis in self.asked.axes)


def shown_pivot(cells: Cells) -> ShownPivot:
    """The table in the order of the axes' words, the unknown last."""
    asked, size = cells.asked, len(cells.asked.down)
    words = [_words(axis, {key[at] for key in cells.sums}) for at, axis in enumerate(asked.axes)]
    row_keys = _sorted({key[:size] for key in cells.sums}, words)
    column_keys = _sorted({key[size:] for key in cells.sums}, words[size:])
    kept_rows, kept_columns = row_keys[:MOST_ROWS], column_keys[:MOST_COLUMNS]
    table = _Table(cells, words, _Shades.of(cells))
    rows = [table.row(key, kept_columns) for key in kept_rows]
    names = [table.label(size, key[0]) for key in kept_columns] if asked.across else []
    return ShownPivot(
        asked,
        [str(axis.label) for axis in asked.down],
        names or [str(amount.label) for amount in asked.amounts],
        rows,
        table.wholes(kept_columns),
        len(row_keys) - len(kept_rows),
        len(column_keys) - len(kept_columns),
        cells.waiting,
        cells.oldest,
    )


@dataclass(frozen=True, slots=True)
class _Shades:
    """From the lowest to the highest value of a page: a shade each, paler for less."""

    low: float
    high: float

    @classmethod
    def of(cls, cells: Cells) -> "_Shades":
        """Only one amount over columns has shades: others cannot be compared by eye."""
        asked = cells.asked
        if asked.across is None:
            return cls(0.0, 0.0)
        figures = (Figure(asked.amounts[0], sums[0]) for sums in cells.sums.values())
        values = [one.value for one in figures if one.value is not None]
        return cls(min(values, default=0.0), max(values, default=0.0))

    def __call__(self, value: float | None) -> int:
        if value is None or self.high <= self.low:
            return 0
        return round(SHADES * (value - self.low) / (self.high - self.low))


@dataclass(frozen=True)
class _Table:
    cells: Cells
    words: list[Mapping[Any, str]]
    shades: _Shades

    @property
    def asked(self) -> Asked:
        return self.cells.asked

    def label(self, at: int, value: Any) -> str:
        if value is None:
            return _("not known")
        return self.words[at].get(value, str(value))

    def row(self, key: Key, columns: list[Key]) -> ShownRow:
        labels = [self.label(at, value) for at, value in enumerate(key)]
        if self.asked.across is None:
            sums = self.cells.sums[key]
            return ShownRow(
                labels, [self._figure(key, at, one) for at, one in enumerate(sums)], None
            )
        found = [self.cells.sums.get(key + column) for column in columns]
        figures = [
            self._figure(key + column, 0, sums[0]) if sums else None
            for column, sums in zip(columns, found, strict=True)
        ]
        size = len(key)
        parts = (sums[0] for one, sums in self.cells.sums.items() if one[:size] == key)
        return ShownRow(labels, figures, Figure(self.asked.amounts[0], _added(parts)))

    def wholes(self, columns: list[Key]) -> list[Figure]:
        """Each column added up, and everything."""
        every, size = self.cells.sums, len(self.asked.down)
        if self.asked.across is None:
            return [
                Figure(amount, _added(sums[at] for sums in every.values()))
                for at, amount in enumerate(self.asked.amounts)
            ]
        amount = self.asked.amounts[0]
        found = [
            Figure(amount, _added(sums[0] for key, sums in every.items() if key[size:] == column))
            for column in columns
        ]
        return [*found, Figure(amount, _added(sums[0] for sums in every.values()))]

    def _figure(self, key: Key, at: int, sums: Sums) -> Figure:
        amount = self.asked.amounts[at]
        found = Figure(amount, sums)
        shade = 0 if found.is_few else self.shades(found.value)
        return replace(found, shade=shade, url=self._behind(key) if at == 0 else "")

    def _behind(self, key: Key) -> str:
        """The list of the contacts of a cell, where it can be narrowed to just these."""
        asked = self.asked
        named = {axis.code: value for axis, value in zip(asked.axes, key, strict=True)}
        if asked.amounts[0].code != "number" or None in named.values():
            return ""
        if asked.table.code != "contacts" or not named.keys() <= {*FILTERS, *UNITS, "agent"}:
            return ""
        units = [named[code] for code in UNITS if code in named]
        if len(units) > 1 or named.get("unit") in self.with_others_below:
            return ""
        found = {"from_on": asked.first, "to_on": asked.last, "channel": asked.channel}
        found |= {FILTERS[code]: named[code] for code in FILTERS if code in named}
        found["unit"] = units[0] if units else asked.unit and asked.unit.pk
        if day := found.pop("day", None):
            found |= {"from_on": day, "to_on": day}
        if "agent" in named:
            found["agent"] = self.staff_numbers.get(named["agent"])
        narrowing = {name: str(value) for name, value in found.items() if value}
        return f"{reverse('contacts:list')}?{urlencode(narrowing)}"

    @cached_property
    def with_others_below(self) -> set[int | None]:
        """Units whose list of contacts holds those of other units, too."""
        return set(Unit.objects.exclude(parent=None).values_list("parent", flat=True))

    @cached_property
    def staff_numbers(self) -> dict[Any, str]:
        return dict(User.objects.values_list("pk", "staff_no"))


def _added(parts: Iterable[Sums]) -> Sums:
    return sum(parts, Sums())


def _words(axis: Axis, values: set[Any]) -> Mapping[Any, str]:
    return axis.words(values)


def _sorted(keys: set[Key], words: list[Mapping[Any, str]]) -> list[Key]:
    """By the order of the words, then what has none, then what nobody knows."""
    places = [{value: at for at, value in enumerate(one)} for one in words]

    def order(key: Key) -> list[tuple[int, int, str]]:
        return [
            (2, 0, "") if value is None
            else (0, places[at][value], "") if value in places[at]
            else (1, 0, str(value))
            for at, value in enumerate(key)
        ]  # fmt: skip

    return sorted(keys, key=order)


def export_header(asked: Asked) -> list[str]:
    """The columns of the file: the axes, and for each figure what it was made of."""
    axes = [str(axis.label) for axis in asked.axes]
    parts = (_("value"), _("numerator"), _("denominator"), _("unknown"), _("from"), _("to"))
    return [*axes, *(f"{amount.label}: {part}" for amount in asked.amounts for part in parts)]


def export_rows(cells: Cells) -> Iterator[list[Any]]:
    """One line a cell."""
    asked = cells.asked
    words = [_words(axis, {key[at] for key in cells.sums}) for at, axis in enumerate(asked.axes)]
    table = _Table(cells, words, _Shades(0.0, 0.0))
    for key in _sorted(set(cells.sums), words):
        line: list[Any] = [table.label(at, value) for at, value in enumerate(key)]
        for amount, sums in zip(asked.amounts, cells.sums[key], strict=True):
            figure = Figure(amount, sums)
            value = NOTHING if figure.value is None else round(figure.value, 4)
            line += [value, sums.above, sums.below, sums.unknown]
            line += [round(one, 4) for one in figure.limits] if figure.limits else ["", ""]
        yield line
