"""What an inspection found, as Arrow tables, as objects, and as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from .batch import Batch, Ints
from .judge.rows import NOWHERE
from .judge.shapes import States
from .judge.verdicts import Judgement, Listed
from .logic import CODE, VERDICTS
from .model import Evidence, Finding, Rule, Verdict
from .transcript import without_surrogates

_NAME = pa.dictionary(pa.int32(), pa.string())  # few names for many rows
SCHEMA = pa.schema(
    [
        ("conversation", _NAME),
        ("rule", _NAME),
        ("version", pa.int32()),
        ("verdict", _NAME),
        ("turn", pa.int32()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("value", pa.float64()),
        ("threshold", pa.float64()),
        ("confidence", pa.float64()),
        ("reason", _NAME),
        ("detail", _NAME),
    ]
)
COUNTS = pa.schema(
    [("rule", pa.string()), ("version", pa.int32())]
    + [(verdict.value, pa.int64()) for verdict in Verdict]
)
_LINES = 10_000  # rows that are turned into lines together
_BUT_MISSES = (Verdict.HIT, Verdict.NA, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Part:
    """The judgement of one piece of a batch."""

    batch: Batch
    judgement: Judgement
    whys: Sequence[tuple[str | None, str | None]]


class Findings:
    """The verdict of every rule on every conversation, with evidence and reasons."""

    def __init__(self, rules: Sequence[Rule], parts: Sequence[Part]) -> None:
        self.rules = tuple(rules)
        self.parts = tuple(parts)

    def table(self, verdicts: Iterable[Verdict] = _BUT_MISSES) -> pa.Table:
        """One row for each piece of evidence of a hit, one for each other finding.

        Sorted by conversation and rule, as both were given; columns of ``SCHEMA``. ``turn`` is the
        ``seq`` of the turn, ``start`` and ``end`` count characters of its original text.
        """
        wanted = tuple(verdicts)
        tables = [self._part_table(part, wanted) for part in self.parts]
        return pa.concat_tables(tables) if tables else SCHEMA.empty_table()

    def counts(self) -> pa.Table:
        """How many conversations got which verdict, for each rule; columns of ``COUNTS``."""
        columns: dict[str, Any] = {
            "rule": [rule.id for rule in self.rules],
            "version": [rule.version for rule in self.rules],
        }
        for verdict in Verdict:
            found = np.zeros(len(self.rules), dtype=np.int64)
            for part in self.parts:
                found += (part.judgement.state == CODE[verdict]).sum(axis=1)
            columns[verdict.value] = found
        return pa.table(columns, schema=COUNTS)

    def for_conversation(self, conversation: str) -> list[Finding]:
        """The findings of all rules on one conversation; ``KeyError`` when it was not inspected."""
        for part in self.parts:
            ids = part.batch.conversations["id"].to_pylist()
            if conversation in ids:
                return self._findings(part, ids.index(conversation))
        raise KeyError(conversation)

    def states(self) -> npt.NDArray[np.uint8]:
        """The code of each verdict, rules by conversations, both in the order given."""
        nothing = np.zeros((len(self.rules), 0), np.uint8)
        return np.concatenate([nothing, *(part.judgement.state for part in self.parts)], axis=1)

    def of(self, cells: Sequence[tuple[int, int]]) -> list[Finding]:
        """The findings of single rules on single conversations, both by their number."""
        found: dict[tuple[int, int], Finding] = {}
        first = 0
        for part in self.parts:
            last = first + len(part.batch)
            mine = [(rule, at) for rule, at in cells if first <= at < last]
            local = self._single(part, [(rule, at - first) for rule, at in mine])
            found.update(zip(mine, local, strict=True))
            first = last
        return [found[cell] for cell in cells]

    def _single(self, part: Part, cells: Sequence[tuple[int, int]]) -> list[Finding]:
        if not cells:
            return []
        listed, size = part.judgement.listed(), len(self.rules)
        wanted = np.array([at * size + rule for rule, at in cells], np.int64)
        mine = listed.take(np.isin(listed.keys(size), wanted))
        records = self._table(part, mine).to_pylist()
        by_cell: dict[tuple[int, int], list[dict[str, Any]]] = {}
        places = zip(mine.rule.tolist(), mine.conversation.tolist(), strict=True)
        for cell, record in zip(places, records, strict=True):
            by_cell.setdefault(cell, []).append(record)
        ids = part.batch.conversations["id"]
        return [
            _finding(ids[at].as_py(), self.rules[rule], by_cell.get((rule, at), []))
            for rule, at in cells
        ]

    def __iter__(self) -> Iterator[Finding]:
        for part in self.parts:
            for row in range(len(part.batch)):
                yield from self._findings(part, row)

    def to_jsonl(self, verdicts: Iterable[Verdict] = _BUT_MISSES) -> str:
        """The table as lines of JSON; the same rules and data give the same bytes."""
        return "".join(self.lines(verdicts))

    def lines(self, verdicts: Iterable[Verdict] = _BUT_MISSES) -> Iterator[str]:
        """The lines of ``to_jsonl`` one by one."""
        for part in self.table(verdicts).to_batches(max_chunksize=_LINES):
            for row in part.to_pylist():
                given = {name: value for name, value in row.items() if value is not None}
                yield json.dumps(given, ensure_ascii=False, separators=(",", ":")) + "\n"

    def _part_table(self, part: Part, wanted: Sequence[Verdict]) -> pa.Table:
        listed = part.judgement.listed()
        if Verdict.MISS in wanted:
            listed = _with_misses(part.judgement.state, listed)
        if not set(_BUT_MISSES) <= set(wanted):
            codes = np.array([CODE[verdict] for verdict in wanted], dtype=np.uint8)
            listed = listed.take(np.isin(_states(part, listed), codes))
        return self._table(part, listed)

    def _table(self, part: Part, listed: Listed) -> pa.Table:
        versions = np.array([rule.version for rule in self.rules], dtype=np.int32)
        columns = [
            _named(_one(part.batch.conversations["id"]), listed.conversation),
            _named([rule.id for rule in self.rules], listed.rule),
            pa.array(versions[listed.rule]),
            _named([verdict.value for verdict in VERDICTS], _states(part, listed)),
            *_evidence(part.batch, listed),
            _some_named([reason for reason, _ in part.whys], listed.why),
            _some_named([detail for _, detail in part.whys], listed.why),
        ]
        return pa.table(columns, schema=SCHEMA)

    def _findings(self, part: Part, row: int) -> list[Finding]:
        return self.of_rules(part, row, range(len(self.rules)))

    def of_rules(self, part: Part, row: int, places: Iterable[int]) -> list[Finding]:
        """The findings of the rules at ``places`` on the conversation in ``row`` of ``part``."""
        records = self._table(part, part.judgement.listed(row, row + 1)).to_pylist()
        by_rule: dict[str, list[dict[str, Any]]] = {}
        for record in records:
            by_rule.setdefault(record["rule"], []).append(record)
        name = part.batch.conversations["id"][row].as_py()
        rules = (self.rules[place] for place in places)
        return [_finding(name, rule, by_rule.get(rule.id, [])) for rule in rules]


def _states(part: Part, listed: Listed) -> npt.NDArray[np.uint8]:
    """The code of the verdict of each row."""
    states: npt.NDArray[np.uint8] = part.judgement.state[listed.rule, listed.conversation]
    return states


def _evidence(batch: Batch, listed: Listed) -> list[pa.Array]:
    """Turn, start, end, value, threshold and confidence of each row, null where it has none."""
    hits, at = listed.hits, listed.at
    turn, start, end = (
        _or_nothing(column.astype(np.int32), NOWHERE)[at]
        for column in (hits.turn, hits.start, hits.end)
    )
    value, threshold = (_or_nothing(one, np.nan)[at] for one in (hits.value, hits.threshold))
    confidence = _or_nothing(batch.confidence, np.nan)[turn]
    return [
        pa.array(_or_nothing(batch.seq, NOWHERE)[turn], mask=turn == NOWHERE),
        pa.array(start, mask=start == NOWHERE),
        pa.array(end, mask=end == NOWHERE),
        *(pa.array(one, mask=np.isnan(one)) for one in (value, threshold, confidence)),
    ]


def _or_nothing(column: npt.NDArray[Any], nothing: float) -> npt.NDArray[Any]:
    """``column`` with ``nothing`` at its end, which is where ``NOWHERE`` points at."""
    return np.append(column, np.array(nothing, column.dtype))


def _with_misses(state: States, listed: Listed) -> Listed:
    every = listed.with_bare(*np.nonzero(state == CODE[Verdict.MISS]))
    return every.take(np.argsort(every.keys(len(state)), kind="stable"))


def _finding(conversation: str, rule: Rule, records: list[dict[str, Any]]) -> Finding:
    if not records:
        return Finding(conversation, rule.id, rule.version, Verdict.MISS)
    verdict = Verdict(records[0]["verdict"])
    if verdict != Verdict.HIT:
        first = records[0]
        return Finding(
            conversation, rule.id, rule.version, verdict, (), first["reason"], first["detail"]
        )
    evidence = tuple(Evidence(**{name: r[name] for name in _EVIDENCE}) for r in records)
    return Finding(conversation, rule.id, rule.version, verdict, evidence)


_EVIDENCE = ("turn", "start", "end", "value", "threshold", "confidence", "reason", "detail")


def _named(names: pa.Array | Sequence[str], codes: npt.NDArray[Any]) -> pa.DictionaryArray:
    known = pa.array(names, pa.string()) if isinstance(names, list) else names
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), known)


def _some_named(names: Sequence[str | None], codes: Ints) -> pa.DictionaryArray:
    """``names`` by their codes; a name may be there twice, or be ``None``."""
    written = [None if name is None else without_surrogates(name) for name in names]
    different = [name for name in dict.fromkeys(written) if name is not None]
    place = {name: number for number, name in enumerate(different)}
    places = [NOWHERE if name is None else place[name] for name in written]
    number = np.array(places, dtype=np.int32)[codes]
    indices = pa.array(number, mask=number == NOWHERE)
    return pa.DictionaryArray.from_arrays(indices, pa.array(different, pa.string()))


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)
