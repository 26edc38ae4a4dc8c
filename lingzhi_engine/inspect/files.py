"""Reads conversations from files and writes findings: JSON Lines and Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from . import transcript
from .batch import CONVERSATIONS, TURNS, Batch
from .findings import Findings
from .model import Conversation
from .problems import FieldProblem

GROUP = 2_000  # conversations that are read and judged together


class UnreadableFile(ValueError):
    """The file is not what it should be; the text names the lines."""


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
    with path.open("rb") as lines:
        given = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
        while group := list(islice(given, GROUP)):
            yield _batch(group, path)


def _batch(group: Sequence[tuple[int, bytes]], path: Path) -> Batch:
    """The conversations of some lines; ``UnreadableFile`` names all lines that are none."""
    read: list[Conversation] = []
    problems: list[str] = []
    for number, line in group:
        try:
            data = json.loads(line.decode("utf-8-sig"))
            read.append(transcript.conversation(data, str(number)))
        except FieldProblem as problem:
            place = f"{path.name}, line {number}"
            problems.append(str(problem.at(rule=None, field="", file=place)))
        except (TypeError, ValueError, AttributeError, RecursionError) as error:
            problems.append(f"{path.name}, line {number}: {error}")
    if problems:
        raise UnreadableFile("\n".join(problems))
    return Batch.from_conversations(read)


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
