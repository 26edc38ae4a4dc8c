"""The sums, computed by DuckDB over Parquet files in memory; and the facts that make them up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from lingzhi_engine.pivot.asking import Measure, Question, TooManyCells, Within

MOST_CELLS = 20_000
LIMITS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
}
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """What a measure came to in one cell. They add up: the whole is the sum of its parts."""

    above: float = 0.0
    below: float = 0.0
    unknown: int = 0
    squares: float = 0.0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.above + other.above,
            self.below + other.below,
            self.unknown + other.unknown,
            self.squares + other.squares,
        )


def summed(
    files: Sequence[Path], question: Question, tables: Mapping[str, pa.Table] | None = None
) -> dict[Key, list[Sums]]:
    """By the values of the dimensions, the sums of each measure in the order asked.

    `tables` can be named in expressions, such as the units and what is above them. Raises
    TooManyCells.
    """
    shown = [f"{one.expression} AS d{at}" for at, one in enumerate(question.dimensions)]
    sums = [part for one in question.measures for part in _parts(one)]
    grouped = f"GROUP BY {', '.join(str(at + 1) for at in range(len(shown)))}" if shown else ""
    rows = _selected(
        files, question, [*shown, *sums], f"{grouped} LIMIT {MOST_CELLS + 1}", tables
    )  # fmt: skip
    if len(rows) > MOST_CELLS:
        raise TooManyCells
    size = len(question.dimensions)
    return {tuple(row[:size]): _sums(row[size:]) for row in rows}


def keys_of(
    files: Sequence[Path], question: Question, key: str,
    tables: Mapping[str, pa.Table] | None = None,
) -> list[int]:  # fmt: skip
    """The column `key` of every fact that the question takes in, those of the newest day first."""
    rows = _selected(files, question, [key], f"ORDER BY day DESC, {key} DESC", tables)
    return [int(row[0]) for row in rows if row[0] is not None]


def quantiles(
    files: Sequence[Path], question: Question, shares: Sequence[float],
    tables: Mapping[str, pa.Table] | None = None,
) -> list[float] | None:  # fmt: skip
    """Of the one mean that is asked: what so large shares of its cases do not exceed, by the
    nearest rank, so that each is a value that occurred. None where no case is known.
    """
    [measure] = question.measures
    below = f"FILTER (WHERE {measure.below} > 0)"
    parts = [f"quantile_disc({measure.above}, {float(one)}) {below}" for one in shares]
    rows = _selected(files, question, parts, "", tables)
    if not rows or rows[0][0] is None:
        return None
    return [float(one) for one in rows[0]]


def _selected(
    files: Sequence[Path], question: Question, wanted: Sequence[str], rest: str,
    tables: Mapping[str, pa.Table] | None,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """What is `wanted` of the facts that the question takes in."""
    import duckdb  # noqa: PLC0415  # only who asks loads it

    if not files:
        return []
    conditions, values = ["day BETWEEN ? AND ?"], [question.first, question.last]
    for within in question.within:
        condition, more = _condition(within)
        conditions.append(condition)
        values += more
    parts = [
        f"SELECT {', '.join(wanted)}",
        "FROM read_parquet(?)",
        f"WHERE {' AND '.join(conditions)}",
        rest,
    ]
    with duckdb.connect(":memory:", config=LIMITS) as connection:
        for name, table in (tables or {}).items():
            connection.register(name, table)
        return connection.execute(
            " ".join(parts), [[str(file) for file in files], *values]
        ).fetchall()


def _parts(measure: Measure) -> list[str]:
    """Four sums; what a measure does not have is nought."""
    squares = f"({measure.above}) * ({measure.above})" if measure.is_mean else ""
    return [
        f"coalesce(sum({part}), 0)" if part else "0"
        for part in (measure.above, measure.below, measure.unknown, squares)
    ]


def _condition(within: Within) -> tuple[str, list[Any]]:
    known = [value for value in within.values if value is not None]
    parts = [f"list_contains(?, {within.expression})"] if known else []
    values: list[Any] = [known] if known else []
    if len(known) < len(within.values):
        parts.append(f"{within.expression} IS NULL")
    for other in within.others:
        condition, more = _condition(other)
        parts.append(condition)
        values += more
    return f"({' OR '.join(parts) or 'false'})", values


def _sums(row: Sequence[Any]) -> list[Sums]:
    return [
        Sums(float(row[at]), float(row[at + 1]), int(row[at + 2]), float(row[at + 3]))
        for at in range(0, len(row), 4)
    ]
