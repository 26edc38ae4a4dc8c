"""Finds all patterns of all rules in all turns of a batch with one scan of the text.

Hyperscan (Wang et al., "Hyperscan: A Fast Multi-pattern Regex Matcher for Modern CPUs", NSDI
2019) reports the byte behind each match. Where every match of a pattern has the same number of
characters, the end gives the start; elsewhere the turns found are candidates, which ``re``
confirms, or ``regex`` under a time limit where backtracking might take long.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import hyperscan
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import regex

from .batch import Batch, Ints
from .pattern.emit import Scannable, confirming, is_gentle, scannable
from .pattern.pattern import Pattern

TIMEOUT_SECONDS = 0.25  # for one pattern on one turn
_PATTERN_SHIFT = 40  # a batch is smaller than 2**40 bytes

Spans = list[tuple[int, int]]


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

    def take(self, chosen: slice | npt.NDArray[np.bool_] | Ints) -> Matches:
        """The matches at ``chosen``."""
        return Matches(
            self.pattern[chosen], self.turn[chosen], self.start[chosen], self.end[chosen]
        )


@dataclass(slots=True)
class Matcher:
    """The patterns of a plan, compiled; ``suspended`` says which are not searched for, and why."""

    patterns: tuple[Pattern, ...]
    suspended: dict[int, str] = field(default_factory=dict)
    _widths: Ints = field(init=False)
    _database: hyperscan.Database | None = field(init=False)
    _everywhere: list[int] = field(init=False)
    _confirming: dict[int, Callable[[str], Spans]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        written = {i: scannable(pattern) for i, pattern in enumerate(self.patterns)}
        self._everywhere = [i for i, s in written.items() if s is None]
        searched = {i: s for i, s in written.items() if s is not None}
        self._widths = np.zeros(len(self.patterns), dtype=np.int64)
        for i, s in searched.items():
            self._widths[i] = s.width or 0
        self._database = self._compiled(searched)

    def _compiled(self, searched: Mapping[int, Scannable]) -> hyperscan.Database | None:
        if not searched:
            return None
        try:
            return _database(searched)
        except hyperscan.CompilerError:
            usable = {i: s for i, s in searched.items() if self._compiles(i, s)}
            return _database(usable) if usable else None

    def _compiles(self, number: int, one: Scannable) -> bool:
        try:
            _database({number: one})
        except hyperscan.CompilerError as error:
            self.suspended[number] = str(error)
            return False
        return True

    def find(self, batch: Batch, wanted: Callable[[int, Ints], Ints]) -> Matches:
        """All matches in ``batch``.

        ``wanted(pattern, turns)`` says which of the candidate turns are worth confirming.
        """
        pattern, end_byte = self._scan(batch)
        starts = batch.joined[1]
        turn = np.searchsorted(starts, end_byte, side="left") - 1
        width = self._widths[pattern]
        sure = width > 0
        exact = self._exact(batch, pattern[sure], turn[sure], end_byte[sure])
        parts = [exact]
        unsure_pattern, unsure_turn = pattern[~sure], turn[~sure]
        for number in [*np.unique(unsure_pattern).tolist(), *self._everywhere]:
            if number in self.suspended:
                continue
            turns = np.unique(unsure_turn[unsure_pattern == number])
            if number in self._everywhere:
                turns = np.arange(batch.turn_count)
            parts.append(self._confirmed(batch, number, wanted(number, turns)))
        return _joined(parts)

    def _scan(self, batch: Batch) -> tuple[Ints, Ints]:
        """Pattern and end byte of each report, sorted and each once."""
        numbers, ends = array("q"), array("q")
        add_number, add_end = numbers.append, ends.append

        def on_match(number: int, start: int, end: int, flags: int, context: object) -> None:
            add_number(number)
            add_end(end)

        text, _ = batch.joined
        if self._database is not None and len(text):
            self._database.scan(bytes(text), match_event_handler=on_match)
        keys = np.frombuffer(numbers, np.int64) << _PATTERN_SHIFT | np.frombuffer(ends, np.int64)
        keys = np.unique(keys)
        return keys >> _PATTERN_SHIFT, keys & ((1 << _PATTERN_SHIFT) - 1)

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

    def _confirmed(self, batch: Batch, number: int, turns: Ints) -> Matches:
        confirm = self._confirming.get(number) or self._confirmer(number)
        found: list[tuple[int, int, int]] = []
        texts = batch.text.take(pa.array(turns)).to_pylist()
        try:
            for turn, text in zip(turns.tolist(), texts, strict=True):
                found.extend((turn, start, end) for start, end in confirm(text))
        except TimeoutError:
            self.suspended[number] = "timeout"
            found = []
        spans = np.array(found, dtype=np.int64).reshape(-1, 3)
        return Matches(
            np.full(len(spans), number, dtype=np.int64), spans[:, 0], spans[:, 1], spans[:, 2]
        )

    def _confirmer(self, number: int) -> Callable[[str], Spans]:
        pattern = self.patterns[number]
        self._confirming[number] = confirm = _confirmer(pattern)
        return confirm


def _confirmer(pattern: Pattern) -> Callable[[str], Spans]:
    source = confirming(pattern)
    if is_gentle(pattern):
        try:
            find = re.compile(source).finditer
        except re.error:
            pass  # look-behind of changing width, which only ``regex`` can do
        else:
            return lambda text: [match.span() for match in find(text)]
    slow = regex.compile(source, regex.V0)
    return lambda text: [match.span() for match in slow.finditer(text, timeout=TIMEOUT_SECONDS)]


def _database(searched: Mapping[int, Scannable]) -> hyperscan.Database:
    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[s.source.encode() for s in searched.values()],
        ids=list(searched),
        flags=[flags] * len(searched),
    )
    return database


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
