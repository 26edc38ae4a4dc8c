"""Finds all patterns of all rules in all turns of a batch with one scan of the text.

Hyperscan (Wang et al., "Hyperscan: A Fast Multi-pattern Regex Matcher for Modern CPUs", NSDI
2019) reports the byte behind each match. Where every match of a pattern has the same number of
characters, the end gives the start; elsewhere the turns found are candidates, which ``re``
confirms, or ``regex`` under a time limit where backtracking might take long.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import hyperscan
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from .arrays import Chosen, indexes, sorted_once
from .batch import Batch, Ints
from .database import compiled, stored
from .pattern.confirm import confirmer
from .pattern.emit import Scannable, scannable
from .pattern.pattern import Pattern

_PATTERN_SHIFT = 40  # a batch is smaller than 2**40 bytes

_LOW_BITS = (1 << _PATTERN_SHIFT) - 1

SMALL = 20_000  # patterns times turns that are not worth compiling for: some ten milliseconds

Wanted: TypeAlias = Callable[[int, Ints], Ints]


@dataclass(frozen=True, slots=True)
class Matches:
    """Where patterns were found: parallel arrays, sorted by pattern, turn and start.

    ``start`` and ``end`` count characters within the turn.
    """

    pattern: Ints
    turn: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.pattern)

    def of(self, pattern: int) -> Matches:
        """The matches of one pattern."""
        low, high = np.searchsorted(self.pattern, (pattern, pattern + 1))
        return self.take(slice(int(low), int(high)))

    def take(self, chosen: Chosen) -> Matches:
        """The matches at ``chosen``."""
        at = indexes(chosen)
        return Matches(self.pattern[at], self.turn[at], self.start[at], self.end[at])


_NONE = Matches(*(np.zeros(0, np.int64) for _ in range(4)))


class _Texts:
    """The texts of the turns that are asked for, fetched together."""

    def __init__(self, batch: Batch, chosen: Iterable[Ints]) -> None:
        self._turns = sorted_once(np.concatenate([np.zeros(0, np.int64), *chosen]))
        self._texts: list[str] = batch.text.take(pa.array(self._turns)).to_pylist()

    def of(self, turns: Ints) -> list[str]:
        return [self._texts[i] for i in np.searchsorted(self._turns, turns).tolist()]


class Matcher:
    """Finds the patterns of a plan.

    ``suspended`` says of which patterns nothing can be said any more, and why. The database is
    compiled, or loaded from ``folder``, when the first batch is large enough to be worth it;
    what is small is searched pattern by pattern, with the same result.
    """

    def __init__(self, patterns: Sequence[Pattern], folder: Path | None = None) -> None:
        self.patterns = tuple(patterns)
        self.suspended: dict[int, str] = {}
        self._folder = folder
        self._searched: dict[int, Scannable] = {}
        self._widths = np.zeros(len(self.patterns), dtype=np.int64)
        self._everywhere: list[int] = []
        for number, pattern in enumerate(self.patterns):
            one = scannable(pattern)
            if one is None:
                self._everywhere.append(number)
            else:
                self._searched[number] = one
                self._widths[number] = one.width or 0
        self._database: hyperscan.Database | None = None
        self._local = threading.local()

    def find(self, batch: Batch, wanted: Wanted) -> Matches:
        """All matches in ``batch``.

        ``wanted(pattern, turns)`` says which of the candidate turns are worth confirming.
        """
        if self._is_ready(batch):
            pattern, end_byte = self._scan(batch)
            turn = np.searchsorted(batch.joined[1], end_byte, side="left") - 1
            is_sure = self._widths[pattern] > 0
            sure, open_ones = np.flatnonzero(is_sure), np.flatnonzero(~is_sure)
            exact = self._exact(batch, pattern[sure], turn[sure], end_byte[sure])
            candidates = self._candidates(pattern[open_ones], turn[open_ones])
            everywhere: Iterable[int] = self._everywhere
        else:
            exact, candidates, everywhere = _NONE, {}, range(len(self.patterns))
        every = np.arange(batch.turn_count)
        candidates |= dict.fromkeys(everywhere, every)
        return _joined([exact, *self._confirmed(batch, candidates, wanted)])

    def prepare(self) -> None:
        """Makes the database now, so that no batch has to wait for it."""
        if self._database is None and self._searched:
            self._database = stored(self._searched, self._folder)
            if self._database is None:
                self._compile()

    def _is_ready(self, batch: Batch) -> bool:
        """Whether there is a database; one is made unless the batch is small."""
        if self._database is None and self._searched:
            self._database = stored(self._searched, self._folder)
            if self._database is None and batch.turn_count * len(self.patterns) > SMALL:
                self._compile()
        return self._database is not None

    def _compile(self) -> None:
        try:
            self._database = compiled(self._searched, self._folder)
        except hyperscan.error:
            for number in [n for n, one in self._searched.items() if not _compiles(n, one)]:
                del self._searched[number]
                self._widths[number] = 0
                self._everywhere.append(number)
            self._database = compiled(self._searched, self._folder) if self._searched else None

    def _scratch(self) -> hyperscan.Scratch:
        """Working memory for this thread: two scans must not share it."""
        if not hasattr(self._local, "scratch"):
            self._local.scratch = hyperscan.Scratch(self._database)
        scratch: hyperscan.Scratch = self._local.scratch
        return scratch

    def _candidates(self, pattern: Ints, turn: Ints) -> dict[int, Ints]:
        """For each pattern the turns in which something was reported."""
        keys = sorted_once((pattern << _PATTERN_SHIFT) + turn)
        numbers, turns = keys >> _PATTERN_SHIFT, keys & _LOW_BITS
        first = np.searchsorted(numbers, np.arange(len(self.patterns) + 1))
        return {
            number: turns[first[number] : first[number + 1]]
            for number in np.flatnonzero(np.diff(first)).tolist()
        }

    def _confirmed(
        self, batch: Batch, candidates: Mapping[int, Ints], wanted: Wanted
    ) -> list[Matches]:
        """The true matches among candidate turns, pattern by pattern."""
        chosen = {number: wanted(number, turns) for number, turns in candidates.items()}
        texts = _Texts(batch, chosen.values())
        return [
            self._confirm(number, mine, texts.of(mine))
            for number, mine in chosen.items()
            if len(mine) and number not in self.suspended
        ]

    def _scan(self, batch: Batch) -> tuple[Ints, Ints]:
        """Pattern and end byte of each report, sorted and each once."""
        numbers, ends = array("q"), array("q")
        add_number, add_end = numbers.append, ends.append

        def on_match(number: int, start: int, end: int, flags: int, context: object) -> None:
            add_number(number)
            add_end(end)

        text: Any = batch.joined[0]  # any buffer will do, which the annotation does not say
        if len(text):
            assert self._database is not None
            self._database.scan(text, match_event_handler=on_match, scratch=self._scratch())
        keys = np.frombuffer(numbers, np.int64) << _PATTERN_SHIFT | np.frombuffer(ends, np.int64)
        keys = sorted_once(keys)
        return keys >> _PATTERN_SHIFT, keys & _LOW_BITS

    def _exact(self, batch: Batch, pattern: Ints, turn: Ints, end_byte: Ints) -> Matches:
        """Spans by the width of the pattern; of overlapping ones the first counts."""
        characters = _CharacterCount(batch.joined[0])
        end = characters.before(end_byte) - characters.before(batch.joined[1][turn])
        found = Matches(pattern, turn, end - self._widths[pattern], end)
        same = (np.diff(pattern) == 0) & (np.diff(turn) == 0)
        overlaps = same & (found.start[1:] < found.end[:-1])
        if not overlaps.any():
            return found
        return found.take(_leftmost(found, overlaps))

    def _confirm(self, number: int, turns: Ints, texts: list[str]) -> Matches:
        confirm = confirmer(self.patterns[number])
        spans: list[int] = []
        counts: list[int] = []
        try:
            for text in texts:
                found = confirm(text)
                counts.append(len(found))
                for span in found:
                    spans += span
        except TimeoutError:
            self.suspended[number] = "timeout"
            return _NONE
        where = np.repeat(turns, counts)
        ends = np.array(spans, dtype=np.int64).reshape(-1, 2)
        return Matches(np.full(len(where), number), where, ends[:, 0], ends[:, 1])


def _compiles(number: int, one: Scannable) -> bool:
    try:
        compiled({number: one}, None)
    except hyperscan.error:
        return False
    return True


def _joined(parts: Sequence[Matches]) -> Matches:
    """All of ``parts``, sorted by pattern, turn and start."""
    pattern = np.concatenate([part.pattern for part in parts])
    order = np.argsort(pattern, kind="stable")
    return Matches(
        pattern[order],
        np.concatenate([part.turn for part in parts])[order],
        np.concatenate([part.start for part in parts])[order],
        np.concatenate([part.end for part in parts])[order],
    )


def _leftmost(found: Matches, overlaps: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which matches stay when each begins behind the end of the one that stayed before it.

    Only the runs of overlapping matches are looked at one by one.
    """
    kept = np.ones(len(found), dtype=bool)
    last_kept = -1
    for place in (np.flatnonzero(overlaps) + 1).tolist():
        before = last_kept if last_kept >= 0 and not kept[place - 1] else place - 1
        if found.start[place] < found.end[before]:
            kept[place] = False
            last_kept = before
        else:
            last_kept = place
    return kept


class _CharacterCount:
    """How many characters of UTF-8 begin before a byte, for many bytes at once."""

    def __init__(self, text: memoryview) -> None:
        begins = (np.frombuffer(text, np.int8) >= -64) if len(text) else np.zeros(0, bool)
        packed = np.packbits(begins, bitorder="little")
        padded = np.zeros(-(-len(packed) // 8) * 8 + 8, np.uint8)
        padded[: len(packed)] = packed
        self._words = padded.view(np.uint64)
        counts = np.bitwise_count(self._words).astype(np.int64)
        self._before_word = np.concatenate([[0], np.cumsum(counts)[:-1]])

    def before(self, byte: Ints) -> Ints:
        word, bit = byte >> 6, (byte & 63).astype(np.uint64)
        below = self._words[word] & ((np.uint64(1) << bit) - np.uint64(1))
        counted: Ints = self._before_word[word] + np.bitwise_count(below)
        return counted
