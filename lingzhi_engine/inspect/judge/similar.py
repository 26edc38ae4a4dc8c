"""``specs.Similar`` for batches: a bound rules most stretches out, the rest are compared at once.

Letters and pairs of letters are numbers. How often those of the examples occur in a stretch
bounds its likeness from above; only stretches that may reach the threshold are counted out, and
held against all examples by one product of matrices.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ..batch import Bools, Ints
from ..likeness import grams
from ..scope import Quantifier
from ..specs import Similar
from .find import settled
from .outcome import Outcome
from .question import Asked
from .rows import Floats, Rows, rows
from .scene import Scene
from .stretches import Stretches

_PIECE = 20_000  # stretches that are held against the examples together
_SLACK = 1e-9
_SHIFT = np.uint64(21)  # a code point has 21 bits
Codes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """What the examples are made of: sorted codes, and how often each occurs in each example.

    ``counts`` has a row for each code and a column for each example, negatives last; ``size`` is
    what an example's own counts come to: their squares for ``ngram``, else their number.
    """

    codes: Codes
    counts: Floats
    size: Floats

    def places(self, codes: Codes) -> tuple[Bools, Ints]:
        """Which of ``codes`` are known, and the places of those."""
        place = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        known: Bools = self.codes[place] == codes
        return known, place[known]


def judge(asked: Asked) -> Outcome:
    """Compares all stretches of the scope with all examples."""
    spec, scene = asked.spec, asked.scene
    stretches = scene.stretches(spec.per_sentence)
    vocabulary = _vocabulary(spec)
    counted = asked.mask & ~scene.turns_with(spec.exclude)
    may_be = _bound(spec, scene, stretches, vocabulary) >= spec.threshold - _SLACK
    may_be &= counted[stretches.turn] & (stretches.count >= spec.min_length)
    chosen = np.flatnonzero(may_be)
    value = _likeness(spec, scene, stretches, vocabulary, chosen)
    shown = _best(spec, scene, stretches, chosen[value > 0], value[value > 0])
    return _outcome(asked, shown)


def _outcome(asked: Asked, shown: Rows) -> Outcome:
    size, quantifier = len(asked.scene.batch), asked.question.scope.quantifier
    if quantifier.kind == "any":
        quantifier = Quantifier("count", asked.spec.min_hits)
    total = np.bincount(asked.scene.batch.conversation_of[asked.mask], minlength=size)
    count = np.bincount(shown.conversation, minlength=size)
    return settled(asked.scene, (count, total), asked.lacks, quantifier, shown)


def _vocabulary(spec: Similar) -> _Vocabulary:
    counted = [grams(one, spec.method) for one in (*spec.examples, *spec.negatives)]
    codes = np.array(sorted({_code(gram) for one in counted for gram in one}), dtype=np.uint64)
    counts = np.zeros((len(codes), len(counted)))
    for column, one in enumerate(counted):
        mine = np.array([_code(gram) for gram in one], dtype=np.uint64)
        counts[np.searchsorted(codes, mine), column] = list(one.values())
    return _Vocabulary(codes, counts, np.array([_size(one) for one in counted], dtype=np.float64))


def _code(gram: str) -> int:
    return ord(gram[0]) if len(gram) == 1 else ord(gram[0]) << 21 | ord(gram[1])


def _size(counted: Counter[str]) -> int:
    return sum(count * count for count in counted.values())


def _bound(spec: Similar, scene: Scene, stretches: Stretches, known: _Vocabulary) -> Floats:
    """For each stretch a figure its likeness to an example cannot exceed."""
    weight = (known.counts / np.sqrt(known.size))[:, : len(spec.examples)].max(axis=1)
    smallest = known.size[: len(spec.examples)].min()
    of, code = _occurrences(spec, scene, stretches, known)
    there, place = known.places(code)
    if spec.method == "ngram":
        summed = np.bincount(of[there], weights=weight[place], minlength=len(stretches.turn))
        bound: Floats = summed / np.sqrt(np.maximum(2 * stretches.count - 1, 1))
        return bound
    found = np.bincount(of[there], minlength=len(stretches.turn)).astype(np.float64)
    return found / smallest if spec.method == "contained" else 2 * found / (found + smallest)


def _occurrences(
    spec: Similar, scene: Scene, stretches: Stretches, known: _Vocabulary
) -> tuple[Ints, Codes]:
    """Letters and pairs made of the letters of the examples: their stretch and their code."""
    alphabet = np.zeros(0x110000, dtype=bool)
    alphabet[(known.codes & np.uint64(0x1FFFFF)).astype(np.int64)] = True
    alphabet[(known.codes >> _SHIFT).astype(np.int64)] = True
    points = scene.letters.points
    usual = alphabet[points]
    pairs = np.flatnonzero(usual[:-1] & usual[1:])
    pairs = pairs[stretches.of[pairs] == stretches.of[pairs + 1]]
    of, code = stretches.of[pairs], _pair_codes(points, pairs)
    if spec.method != "ngram":
        return of, code
    single = np.flatnonzero(usual)
    codes = np.concatenate([points[single].astype(np.uint64), code])
    return np.concatenate([stretches.of[single], of]), codes


def _pair_codes(points: npt.NDArray[np.uint32], at: Ints) -> Codes:
    codes: Codes = (points[at].astype(np.uint64) << _SHIFT) | points[at + 1]
    return codes


def _likeness(
    spec: Similar, scene: Scene, stretches: Stretches, known: _Vocabulary, chosen: Ints
) -> Floats:
    """How alike each of ``chosen`` is to an example; 0 where that is not enough."""
    parts = np.split(chosen, np.arange(_PIECE, len(chosen), _PIECE))
    return np.concatenate([_compared(spec, scene, stretches, known, part) for part in parts])


def _compared(
    spec: Similar, scene: Scene, stretches: Stretches, known: _Vocabulary, chosen: Ints
) -> Floats:
    row, code, count = _counted(spec, scene, stretches, chosen)
    there, place = known.places(code)
    shape = (len(chosen), len(known.codes))
    mine = sparse.csr_matrix((count[there], (row[there], place)), shape=shape)
    shared = np.asarray(mine @ known.counts)
    own = count * count if spec.method == "ngram" else np.ones(len(count))
    size = np.bincount(row, weights=own, minlength=len(chosen))[:, None]
    if spec.method == "ngram":
        value = shared / np.sqrt(np.maximum(size * known.size, 1))
    elif spec.method == "contained":
        value = shared / known.size
    else:
        value = 2 * shared / (size + known.size)
    examples, negatives = np.split(value, [len(spec.examples)], axis=1)
    best, other = examples.max(axis=1), negatives.max(axis=1, initial=0.0)
    enough: Floats = np.where((best >= spec.threshold) & (best > other), best, 0.0)
    return enough


def _counted(
    spec: Similar, scene: Scene, stretches: Stretches, chosen: Ints
) -> tuple[Ints, Codes, Floats]:
    """The different letters and pairs of each of ``chosen``, and how often they occur."""
    length = stretches.count[chosen]
    row = np.repeat(np.arange(len(chosen)), length)
    behind = np.cumsum(length)
    at = np.arange(len(row)) + np.repeat(stretches.start[chosen] - behind + length, length)
    last = np.zeros(len(row), dtype=bool)
    last[behind - 1] = True
    points = scene.letters.points
    codes, rows_of = [_pair_codes(points, at[~last])], [row[~last]]
    if spec.method == "ngram":
        codes.append(points[at].astype(np.uint64))
        rows_of.append(row)
    code, of = np.concatenate(codes), np.concatenate(rows_of)
    order = np.lexsort((code, of))
    code, of = code[order], of[order]
    fresh = np.ones(len(code), dtype=bool)
    fresh[1:] = (np.diff(of) != 0) | (code[1:] != code[:-1])
    first = np.flatnonzero(fresh)
    count = np.diff(np.append(first, len(code))).astype(np.float64)
    return of[first], code[first], count if spec.method == "ngram" else np.ones(len(first))


def _best(spec: Similar, scene: Scene, stretches: Stretches, chosen: Ints, value: Floats) -> Rows:
    """Of the stretches of a turn the one most like an example, the first of several."""
    turn = stretches.turn[chosen]
    order = np.lexsort((chosen, -value, turn))
    turn, chosen, value = turn[order], chosen[order], value[order]
    first = np.ones(len(turn), dtype=bool)
    first[1:] = np.diff(turn) != 0
    turn, chosen, value = turn[first], chosen[first], value[first]
    start, end = stretches.span(chosen)
    of = scene.conversations(turn)
    return rows(of, turn=turn, start=start, end=end, value=value, threshold=spec.threshold)
