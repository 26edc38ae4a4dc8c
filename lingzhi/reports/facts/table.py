"""What a table of facts holds, and by what and how it is added up."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from django.utils.functional import Promise

from lingzhi_engine.pivot import Dimension, Measure

Words = str | Promise
KEY = "key"


@dataclass(frozen=True, slots=True)
class Axis:
    """Something facts are told apart by. `words` gives what each value is called and, by the order
    of its keys, how they are sorted; values it does not name are shown as they are.

    `is_person`: each value is one person of the staff.
    """

    code: str
    label: Words
    expression: str
    words: Callable[[Iterable[Any]], Mapping[Any, str]]
    is_person: bool = False

    @property
    def dimension(self) -> Dimension:
        return Dimension(self.code, self.expression)


@dataclass(frozen=True, slots=True)
class Amount:
    """What is added up, in the columns `<code>_above`, `_below` and `_unknown` of the facts.

    `shape` is count, share or mean as of `core.measures`; `unit` is items, percent, seconds or
    points.
    """

    code: str
    label: Words
    shape: str = "count"
    unit: str = "items"

    @property
    def columns(self) -> tuple[str, ...]:
        names = ("above",) if self.shape == "count" else ("above", "below", "unknown")
        return tuple(f"{self.code}_{name}" for name in names)

    @property
    def measure(self) -> Measure:
        above, *others = self.columns
        below, unknown = others or ("", "")
        return Measure(self.code, above, below, unknown, is_mean=self.shape == "mean")


@dataclass(frozen=True, slots=True)
class FactTable:
    """One kind of facts: a row a case, kept by the day it belongs to.

    `versions` says for every day that has any what a file of it must have been written from to be
    right still; `rows` reads one day. `places` are the columns that tell rows apart, with types;
    `KEY` among them says which row of the database a fact was read from.
    Another `meaning` of what they hold, like other columns, writes every file anew.
    """

    code: str
    label: Words
    about: Words
    places: Mapping[str, pa.DataType]
    axes: tuple[Axis, ...]
    amounts: tuple[Amount, ...]
    versions: Callable[[], Mapping[date, str]]
    rows: Callable[[date], Iterable[Mapping[str, Any]]]
    meaning: int = 1

    @property
    def edition(self) -> str:
        """What files must have been written as to be read together."""
        columns = "".join(f"{field.name} {field.type};" for field in self.schema)
        return hashlib.sha256(f"{self.meaning}:{columns}".encode()).hexdigest()[:12]

    @property
    def schema(self) -> pa.Schema:
        sums = {name: pa.float64() for one in self.amounts for name in one.columns}
        return pa.schema([("day", pa.date32()), *self.places.items(), *sums.items()])

    def read(self, day: date) -> pa.Table:
        """The facts of a day; what a row does not say is unknown or nought."""
        rows = [{"day": day, **row} for row in self.rows(day)]
        return pa.Table.from_pylist(rows, schema=self.schema)

    def axis(self, code: str) -> Axis | None:
        return next((one for one in self.axes if one.code == code), None)

    def amount(self, code: str) -> Amount | None:
        return next((one for one in self.amounts if one.code == code), None)
