"""A batch with everything that conditions ask of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ..arrays import Chosen, indexes
from ..batch import Batch, Bools, Ints
from ..entities import accepts
from ..fields import OWN
from ..fold import code_points
from ..meaning.asking import OWN as OWN_MODELS
from ..meaning.asking import Asking
from ..model import Conversation
from ..moments import duration_ms
from ..pattern.pattern import Pattern
from ..scan import Matches
from ..specs import Phrases
from .letter_pairs import LetterPairs
from .rows import Whys
from .scope import Masks
from .sentences import Sentences
from .signs import Words, signs
from .stretches import Stretches, stretches

Made = TypeVar("Made")
TURN_SHIFT = 24  # a turn has fewer than 2**24 characters


@dataclass(frozen=True, slots=True)
class Places:
    """Where something is said: parallel arrays sorted by turn, start and end, each place once."""

    turn: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.turn)

    def take(self, chosen: Chosen) -> Places:
        """The places at ``chosen``."""
        at = indexes(chosen)
        return Places(self.turn[at], self.start[at], self.end[at])

    @property
    def starts(self) -> Ints:
        """Turn and start of each in one number."""
        return (self.turn << TURN_SHIFT) + self.start

    @property
    def ends(self) -> Ints:
        """Turn and end of each in one number."""
        return (self.turn << TURN_SHIFT) + self.end


NOWHERE = Places(*(np.zeros(0, np.int64) for _ in range(3)))


def concatenated(*given: Places) -> Places:
    """The places of all ``given``, one behind the other."""
    if not given:
        return NOWHERE
    return Places(
        np.concatenate([places.turn for places in given]),
        np.concatenate([places.start for places in given]),
        np.concatenate([places.end for places in given]),
    )


NO_MATCHES = Matches(*(np.zeros(0, np.int64) for _ in range(4)))


class Scene:
    """The batch, what was found in it, and the masks of its scopes."""

    def __init__(
        self, batch: Batch, numbers: Mapping[Pattern, int], whys: Whys, asking: Asking = OWN_MODELS
    ) -> None:
        self.batch = batch
        self.numbers = numbers
        self.asking = asking
        self.whys = Whys(whys)
        self.masks = Masks(batch, self.whys)
        self.matches = NO_MATCHES
        self._made: dict[Hashable, Any] = {}
        self._stretches: dict[bool, Stretches] = {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives for ``key``, made when it is first asked for."""
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made

    @cached_property
    def all(self) -> Bools:
        """The mask of all turns."""
        return np.ones(self.batch.turn_count, dtype=bool)

    @cached_property
    def present(self) -> Bools:
        """For each pattern, whether it was found anywhere in the batch."""
        found = np.zeros(len(self.numbers) + 1, dtype=bool)
        found[self.matches.pattern] = True
        return found

    @cached_property
    def _edges(self) -> list[int]:
        """Where the matches of each pattern begin, and where the last end."""
        every = np.arange(len(self.numbers) + 1)
        edges: list[int] = np.searchsorted(self.matches.pattern, every).tolist()
        return edges

    def places(self, patterns: Sequence[Pattern], mask: Bools, check: str = "") -> Places:
        """Where ``patterns`` were found in the turns of ``mask`` and pass ``check``."""
        edges, matches = self._edges, self.matches
        found = [
            Places(matches.turn[low:high], matches.start[low:high], matches.end[low:high])
            for low, high in (edges[n : n + 2] for n in map(self.numbers.__getitem__, patterns))
            if low < high
        ]
        if not found:
            return NOWHERE
        places = concatenated(*found) if len(found) > 1 else found[0]
        places = places.take(mask[places.turn])
        if check:
            places = places.take(self._accepted(places, check))
        return in_order(places) if len(found) > 1 else places

    def spans(self, pattern: Pattern) -> Mapping[int, list[tuple[int, int]]]:
        """Start and end of the matches of ``pattern`` in each turn that has any."""
        return self.once(("spans", pattern), lambda: _by_turn(self.places((pattern,), self.all)))

    def turns_with(self, patterns: Sequence[Pattern]) -> Bools:
        """The mask of the turns in which one of ``patterns`` is found, whatever the scope."""
        mask = np.zeros(self.batch.turn_count, dtype=bool)
        mask[self.places(patterns, self.all).turn] = True
        return mask

    def conversation(self, row: int) -> Conversation:
        """The conversation of that row as a plain object."""
        return self.once(("conversation", row), lambda: self.batch.conversation(row))

    def phrases(self, phrases: Phrases, mask: Bools) -> Places:
        """Where ``phrases`` are said in the turns of ``mask``."""
        return self.places(phrases.patterns, mask, phrases.check)

    def _accepted(self, places: Places, check: str) -> Bools:
        turns, of = np.unique(places.turn, return_inverse=True)
        texts = self.batch.text.take(pa.array(turns)).to_pylist()
        spans = zip(of.tolist(), places.start.tolist(), places.end.tolist(), strict=True)
        return np.array(
            [accepts(check, texts[at][low:high]) for at, low, high in spans], dtype=bool
        )

    def conversations(self, turns: Ints) -> Ints:
        """The conversation of each of ``turns``."""
        return self.batch.conversation_of[turns].astype(np.int64)

    def lengths(self, turns: Ints) -> Ints:
        """How many characters the texts of ``turns`` have."""
        return self._lengths[turns]

    @cached_property
    def _lengths(self) -> Ints:
        texts = self.batch.text
        return np.asarray(pc.utf8_length(texts).to_numpy(zero_copy_only=False), dtype=np.int64)

    @cached_property
    def first_turns(self) -> Ints:
        """The first turn of each conversation that has any."""
        bounds = self.batch.bounds
        first: Ints = bounds[:-1][np.diff(bounds) > 0]
        return first

    def gaps(self) -> Ints:
        """Milliseconds from the latest end so far in the conversation to the start of each turn."""
        batch = self.batch
        of = batch.conversation_of.astype(np.int64)
        span = int(batch.end.max(initial=0)) + 1
        latest = np.maximum.accumulate(np.maximum(batch.end, 0) + of * span) - of * span
        before = np.roll(latest, 1)
        before[self.first_turns] = 0
        return batch.start - before

    @cached_property
    def durations(self) -> tuple[npt.NDArray[np.float64], Bools]:
        """Milliseconds from start to end of each conversation, and whether both are known."""
        ends = (self.batch.conversations[name].to_pylist() for name in ("started_at", "ended_at"))
        pairs = zip(*ends, strict=True)
        given = [duration_ms(start, end) if start and end else None for start, end in pairs]
        known = np.array([length is not None for length in given], dtype=bool)
        return np.array([length or 0 for length in given], dtype=np.float64), known

    @cached_property
    def letters(self) -> Letters:
        """The letters of all turns."""
        return Letters(self.batch)

    @cached_property
    def letter_pairs(self) -> LetterPairs:
        """The pairs of neighbouring letters of all turns."""
        return LetterPairs(self.letters)

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of all turns."""
        return Sentences(self.batch)

    @cached_property
    def signs(self) -> Ints:
        """How many signs of each script the turns have: a row a script, a column a turn."""
        return signs(self.sentences, self.batch.turn_count)

    def words_between(self, turn: Ints, start: Ints, end: Ints) -> Ints:
        """How many words stand between two places of each of the turns."""
        words = self.once("words", lambda: Words(self.sentences))
        return words.between(turn, start, end)

    def stretches(self, per_sentence: bool) -> Stretches:
        """All sentences, or all turns, as stretches of letters."""
        if per_sentence not in self._stretches:
            self._stretches[per_sentence] = stretches(self, per_sentence=per_sentence)
        return self._stretches[per_sentence]

    @cached_property
    def fields(self) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        """Metadata and own fields of each conversation."""
        records = self.batch.conversations.select(["meta", *OWN]).to_pylist()
        return [(self.metadata(record["meta"]), record) for record in records]

    def metadata(self, text: str | None) -> Mapping[str, Any]:
        """The metadata that ``text`` writes in JSON."""
        return self.once(("metadata", text), lambda: json.loads(text or "{}"))


class Letters:
    """The folded letters and digits of all turns as one array of code points."""

    def __init__(self, batch: Batch) -> None:
        data, _ = batch.joined
        points = np.frombuffer(bytes(data).decode().encode("utf-32-le"), dtype=np.uint32)
        self.kept = _is_letter()[points]
        self.points = code_points()[np.compress(self.kept, points)]
        breaks = np.flatnonzero(points == ord("\n"))
        behind = np.cumsum(self.kept, dtype=np.int64)[breaks]  # of letters, behind each turn
        self.start = np.concatenate([np.zeros(1, np.int64), behind])
        self.count = np.diff(self.start)


@cache
def _is_letter() -> Bools:
    """For each code point whether it is a letter or a digit."""
    return np.array([chr(code).isalnum() for code in range(0x110000)], dtype=bool)


def _by_turn(places: Places) -> Mapping[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    columns = (places.turn.tolist(), places.start.tolist(), places.end.tolist())
    for turn, start, end in zip(*columns, strict=True):
        found.setdefault(turn, []).append((start, end))
    return found


def in_order(places: Places) -> Places:
    """Sorted by turn, start and end, each place once."""
    if len(places) < 2:
        return places
    places = places.take(np.lexsort((places.end, places.start, places.turn)))
    fresh = np.ones(len(places), dtype=bool)
    fresh[1:] = places.turn[1:] != places.turn[:-1]
    fresh[1:] |= places.start[1:] != places.start[:-1]
    fresh[1:] |= places.end[1:] != places.end[:-1]
    return places.take(fresh)
