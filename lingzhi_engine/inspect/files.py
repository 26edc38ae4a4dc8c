"""Reads conversations from files and writes findings: JSON Lines and Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .batch import CONVERSATIONS, TURNS, Batch
from .findings import Findings
from .problems import FieldProblem

GROUP = 2_000  # conversations that are read and judged together


class UnreadableFile(ValueError):
    """The file is not what it should be; the text names the line."""


def batches(path: Path) -> Iterator[Batch]:
    """The conversations of ``path`` in batches.

    A ``.jsonl`` file has a conversation a line. A ``.parquet`` file has a row a conversation with
    the columns of ``CONVERSATIONS`` and a list column ``turns`` of records with those of ``TURNS``.
    """
    yield from _parquet(path) if path.suffix == ".parquet" else _lines(path)


def write(findings: Findings, path: Path, *, append: bool) -> None:
    """Writes findings as JSON Lines; ``append`` to what earlier batches wrote."""
    with path.open("a" if append else "w", encoding="utf-8", newline="\n") as out:
        out.writelines(findings.lines())


def _lines(path: Path) -> Iterator[Batch]:
    group: list[object] = []
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                group.append(_read(line, path, number))
            if len(group) == GROUP:
                yield _batch(group, path)
                group = []
    if group:
        yield _batch(group, path)


def _read(line: bytes, path: Path, number: int) -> object:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        raise UnreadableFile(f"{path.name}, line {number}: {error}") from error


def _batch(group: list[object], path: Path) -> Batch:
    try:
        return Batch.from_conversations(group)  # type: ignore[arg-type]
    except (FieldProblem, TypeError, ValueError, AttributeError) as error:
        raise UnreadableFile(f"{path.name}: a conversation cannot be read: {error}") from error


def _parquet(path: Path) -> Iterator[Batch]:
    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise UnreadableFile(f"{path.name}: {error}") from error
    for part in file.iter_batches(batch_size=GROUP):
        yield _from_records(pa.Table.from_batches([part]))


def _from_records(table: pa.Table) -> Batch:
    turns = table["turns"].combine_chunks()
    rows = turns.value_parent_indices() if len(turns) else pa.array([], pa.int64())
    flat = turns.flatten()
    columns = {
        name: flat.field(name) for name in TURNS.names if flat.type.get_field_index(name) >= 0
    }
    columns["conversation"] = rows.cast(pa.int32())
    known = [name for name in CONVERSATIONS.names if name in table.column_names]
    return Batch(table.select(known), pa.table(columns))
