"""The beginning of a file: enough to guess its mapping and to show what will be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from lingzhi.core.intake import Field, ImportKind, Problem, Refused
from lingzhi.imports.formats import BROKEN, CELLS, FORMATS, Options, Row
from lingzhi.imports.formats.tables import Cells, heading
from lingzhi.imports.formats.tables import rows as rows_below
from lingzhi.imports.guessing import (
    HEADING_WITHIN,
    columns_of,
    guess_columns,
    guess_dates,
    guess_heading,
    guess_shape,
    values_at,
)
from lingzhi.imports.models import Mapping
from lingzhi.imports.records import MILLISECONDS, TURN, records
from lingzhi_engine.privacy import mask

T = TypeVar("T")
ROWS = 2000
CHARACTERS = 4_000_000
PREVIEWED = 20
SHOWN = 300
LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Sample:
    """The names of a file's columns and its first rows."""

    columns: list[str]
    rows: list[Row] = field(default_factory=list)

    def values(self, column: str) -> list[Any]:
        """What stands in a column, without empty cells."""
        return values_at((row for _number, row in self.rows if BROKEN not in row), column)


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a file is probably to be read, with its beginning."""

    columns: dict[str, str]
    options: Options
    sample: Sample


@dataclass(frozen=True, slots=True)
class Previewed:
    """A record as it will be read: `cells` by field, masked; its problems if it has any."""

    number: int
    cells: dict[str, str]
    problems: list[Problem]


def take_sample(path: Path, options: Options) -> Sample:
    """The first rows. Raises Unreadable where the options do not fit the file."""
    if options["format"] in CELLS:
        return _of_table(_beginning(CELLS[options["format"]](path, options)), options)
    rows = _beginning(FORMATS[options["format"]](path, options))
    return Sample(columns_of(row for _number, row in rows[:200] if BROKEN not in row), rows)


def _beginning(found: Iterator[T]) -> list[T]:
    """The first rows or lines, fewer where they are long; a large workbook is read only once."""
    kept: list[T] = []
    characters = 0
    for one in islice(found, ROWS):
        kept.append(one)
        characters += len(str(one))
        if characters > CHARACTERS:
            break
    return kept


def _of_table(lines: list[Cells], options: Options) -> Sample:
    at = int(options.get("header_row") or 1)
    columns = heading(lines[at - 1]) if at <= len(lines) else []
    return Sample(columns, list(rows_below(iter(lines), options)))


def propose(
    kind: ImportKind, path: Path, detected: Options, remembered: Mapping | None
) -> Proposal:
    """As the last file of this source was read, where its columns are still there; else guessed."""
    is_alike = remembered is not None and remembered.options.get("format") == detected["format"]
    options = {**(remembered.options if remembered and is_alike else {}), **detected}
    before = remembered.columns if remembered else {}
    if options["format"] in CELLS:
        lines = _beginning(CELLS[options["format"]](path, options))
        options["header_row"] = guess_heading(kind, lines[:HEADING_WITHIN], before.values())
        sample = _of_table(lines, options)
    else:
        sample = take_sample(path, options)
    columns = refit(kind, before, sample)
    options.setdefault("shape", guess_shape(kind, columns))
    options.setdefault("dates", guessed_dates(kind, columns, sample))
    options.setdefault("unit", guessed_unit(columns, sample))
    options.setdefault("defaults", usual_values(kind, columns))
    if kind.keeps_rest:
        rest = [name for name in sample.columns if name and name not in columns.values()]
        options.setdefault("keep", rest)
    return Proposal(columns, options, sample)


def refit(kind: ImportKind, columns: dict[str, str], sample: Sample) -> dict[str, str]:
    """The columns that this file has too; where none is left, a new guess."""
    kept = {name: column for name, column in columns.items() if column in sample.columns}
    return kept or guess_columns(kind, sample.columns)


def guessed_dates(kind: ImportKind, columns: dict[str, str], sample: Sample) -> dict[str, str]:
    """Patterns for times that are written in no usual way."""
    every = kind.every_field
    found = {
        name: guess_dates(every[name], sample.values(column))
        for name, column in columns.items()
        if name in every and every[name].is_time
    }
    return {name: pattern for name, pattern in found.items() if pattern}


def guessed_unit(columns: dict[str, str], sample: Sample) -> str:
    """Seconds where times of turns have fractions: who counts milliseconds has none."""
    names = (f"{TURN}{name}" for name in MILLISECONDS)
    values = [value for name in names for value in sample.values(columns.get(name, ""))]
    return "s" if any(_has_fraction(value) for value in values) else "ms"


def _has_fraction(value: Any) -> bool:
    try:
        return not float(value).is_integer()
    except (TypeError, ValueError):
        return False


def usual_values(kind: ImportKind, columns: dict[str, str]) -> dict[str, str]:
    """Values that are proposed for a whole file without such a column, for all to see."""
    return {one.name: one.usual for one in kind.fields if one.usual and one.name not in columns}


def preview(
    kind: ImportKind, sample: Sample, columns: dict[str, str], options: Options
) -> Iterator[Previewed]:
    """The first records as they will be read. Where turns are rows, those of the sample."""
    read = kind.reader()
    for number, found in islice(records(kind, iter(sample.rows), columns, options), PREVIEWED):
        if isinstance(found, Problem):
            yield Previewed(number, {}, [found])
            continue
        try:
            read(found)
        except Refused as refused:
            problems = refused.problems
        else:
            problems = []
        cells = {one.name: shown(one, found[one.name]) for one in kind.fields if one.name in found}
        yield Previewed(number, cells, problems)


def shown(one: Field, raw: Any) -> str:
    """The value as it was read, or as it stands there where it cannot be read; masked."""
    try:
        value = one.read(raw)
    except ValueError:
        return masked(one, as_written(raw))
    if one.choices is not None and one.words_in is None:
        return str(dict(one.choices()).get(value, value))
    return masked(one, one.show(value))


def as_written(raw: Any) -> str:
    """A value of the file as text; of turns in a list the first three."""
    if isinstance(raw, dict) and "lines" in raw:
        return str(raw["lines"])
    if not isinstance(raw, list):
        return str(raw)
    return "\n".join(
        f"{item.get('role')}: {item.get('text')}" if "text" in item else str(item)
        for item in raw[:3]
        if isinstance(item, dict)
    )


def masked(one: Field, text: str) -> str:
    """Personal data starred out: all of a personal field but its ends, what is found elsewhere.

    Cut only after masking: half a number would not be found.
    """
    if not one.is_personal:
        return mask(text[:LONGEST])[:SHOWN]
    head, tail = (3, 4) if len(text) > 9 else (1, 0)
    return text[:head] + "*" * max(len(text) - head - tail, 1) + text[len(text) - tail :]
