"""What an inspection found, as Arrow tables, as objects, and as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from .batch import Batch
from .judge.rows import NOWHERE, Rows, joined, rows
from .judge.verdicts import Judgement
from .logic import CODE, VERDICTS
from .model import Evidence, Finding, Rule, Verdict
from .transcript import without_surrogates

SCHEMA = pa.schema(
    [
        ("conversation", pa.string()),
        ("rule", pa.string()),
        ("version", pa.int32()),
        ("verdict", pa.string()),
        ("turn", pa.int32()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("value", pa.float64()),
        ("threshold", pa.float64()),
        ("confidence", pa.float64()),
        ("reason", pa.string()),
        ("detail", pa.string()),
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
        rows, size = part.judgement.rows, len(self.rules)
        wanted = np.array([at * size + rule for rule, at in cells], np.int64)
        mine = rows.take(np.isin(rows.conversation * size + rows.condition, wanted))
        states = part.judgement.state[mine.condition, mine.conversation]
        records = pa.table(self._columns(part, mine, states), schema=SCHEMA).to_pylist()
        by_cell: dict[tuple[int, int], list[dict[str, Any]]] = {}
        places = zip(mine.condition.tolist(), mine.conversation.tolist(), strict=True)
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
        found = _with_misses(part.judgement) if Verdict.MISS in wanted else part.judgement.rows
        states = part.judgement.state[found.condition, found.conversation]
        codes = np.array([CODE[verdict] for verdict in wanted], dtype=np.uint8)
        chosen = np.isin(states, codes)
        if not chosen.all():
            found, states = found.take(chosen), states[chosen]
        return pa.table(self._columns(part, found, states), schema=SCHEMA)

    def _columns(self, part: Part, found: Rows, states: Any) -> list[pa.Array]:
        rule_ids = pa.array([rule.id for rule in self.rules], pa.string())
        versions = np.array([rule.version for rule in self.rules], dtype=np.int32)
        reasons = pa.array([reason for reason, _ in part.whys], pa.string())
        details = pa.array([d and without_surrogates(d) for _, d in part.whys], pa.string())
        nowhere = found.turn == NOWHERE
        at = np.where(nowhere, 0, found.turn)
        seq, confidence = np.zeros(len(found), np.int32), np.full(len(found), np.nan)
        if part.batch.turn_count:
            seq, confidence = part.batch.seq[at], part.batch.confidence[at]
        return [
            _one(part.batch.conversations["id"]).take(pa.array(found.conversation)),
            rule_ids.take(pa.array(found.condition)),
            pa.array(versions[found.condition]),
            pa.array([verdict.value for verdict in VERDICTS]).take(pa.array(states)),
            pa.array(seq, pa.int32(), mask=nowhere),
            pa.array(found.start, pa.int32(), mask=found.start == NOWHERE),
            pa.array(found.end, pa.int32(), mask=found.end == NOWHERE),
            pa.array(found.value, pa.float64(), mask=np.isnan(found.value)),
            pa.array(found.threshold, pa.float64(), mask=np.isnan(found.threshold)),
            pa.array(confidence, pa.float64(), mask=nowhere | np.isnan(confidence)),
            reasons.take(pa.array(found.why)),
            details.take(pa.array(found.why)),
        ]

    def _findings(self, part: Part, row: int) -> list[Finding]:
        return self.of_rules(part, row, range(len(self.rules)))

    def of_rules(self, part: Part, row: int, places: Iterable[int]) -> list[Finding]:
        """The findings of the rules at ``places`` on the conversation in ``row`` of ``part``."""
        found = part.judgement.rows
        low, high = np.searchsorted(found.conversation, (row, row + 1))
        mine = found.take(slice(int(low), int(high)))
        states = part.judgement.state[mine.condition, mine.conversation]
        records = pa.table(self._columns(part, mine, states), schema=SCHEMA).to_pylist()
        by_rule: dict[str, list[dict[str, Any]]] = {}
        for record in records:
            by_rule.setdefault(record["rule"], []).append(record)
        name = part.batch.conversations["id"][row].as_py()
        rules = (self.rules[place] for place in places)
        return [_finding(name, rule, by_rule.get(rule.id, [])) for rule in rules]


def _with_misses(judgement: Judgement) -> Rows:
    rule, conversation = np.nonzero(judgement.state == CODE[Verdict.MISS])
    every = joined([judgement.rows, rows(conversation, condition=rule)])
    key = every.conversation * len(judgement.state) + every.condition
    return every.take(np.argsort(key, kind="stable"))


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


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)
