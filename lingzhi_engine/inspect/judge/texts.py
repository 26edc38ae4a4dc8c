"""``specs.Length``, ``Language``, ``Letters`` and ``Politeness`` for batches."""

from __future__ import annotations

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..logic import HIT, MISS, UNKNOWN
from ..scripts import LANGUAGES, MOSTLY, SCRIPTS
from .find import settled
from .outcome import Outcome
from .question import Asked
from .rows import Floats, Rows, joined, rows
from .time import in_range


def length(asked: Asked) -> Outcome:
    """The length of all turns at once."""
    spec, scene = asked.spec, asked.scene
    every = np.arange(scene.batch.turn_count)
    if spec.what == "signs":
        value = scene.lengths(every)
    else:
        value = scene.letters.count if spec.what == "letters" else scene.sentences.count
    turns = np.flatnonzero(asked.mask & _inside(value.astype(np.float64), spec.low, spec.high))
    of = scene.conversations(turns)
    shown = in_range(scene, of, value[turns], spec.low, spec.high, turns)
    return _of_turns(asked, turns, np.flatnonzero(asked.mask), shown)


def _inside(value: Floats, low: float | None, high: float | None) -> Bools:
    inside: Bools = (value >= (-np.inf if low is None else low)) & (
        value <= (np.inf if high is None else high)
    )
    return inside


def _of_turns(asked: Asked, satisfied: Ints, counted: Ints, shown: Rows) -> Outcome:
    scene, size = asked.scene, len(asked.scene.batch)
    count, total = (
        np.bincount(scene.conversations(turns), minlength=size) for turns in (satisfied, counted)
    )
    return settled(scene, (count, total), asked.lacks, asked.question.scope.quantifier, shown)


def language(asked: Asked) -> Outcome:
    """The language of all turns at once, or of all scopes."""
    spec, scene = asked.spec, asked.scene
    (cantonese,) = asked.places
    counts = scene.signs
    said = np.bincount(cantonese.turn, minlength=scene.batch.turn_count)
    if not spec.per_turn:
        return _of_scope(asked, counts, said)
    total = counts.sum(axis=0)
    counted = np.flatnonzero(asked.mask & (total >= spec.min_length))
    codes = _languages(counts[:, counted], said[counted])
    wanted = [LANGUAGES.index(name) for name in spec.languages]
    turns = counted[np.isin(codes, wanted)]
    shown = rows(scene.conversations(turns), turn=turns, start=0, end=scene.lengths(turns))
    outcome = _of_turns(asked, turns, counted, shown)
    spoken = np.zeros(len(scene.batch), dtype=bool)
    spoken[scene.conversations(counted)] = True
    return _unless_silent(asked, outcome, spoken)


def _languages(counts: Ints, cantonese: Ints) -> Ints:
    """The places in ``LANGUAGES`` for columns of counts."""
    han, latin, other = counts
    total = counts.sum(axis=0)
    chinese = np.where(cantonese > 0, LANGUAGES.index("yue"), LANGUAGES.index("zh"))
    rest = np.where(latin >= total * MOSTLY, LANGUAGES.index("en"), LANGUAGES.index("mixed"))
    code = np.where(han >= total * MOSTLY, chinese, rest)
    return np.where(other * 2 >= total, LANGUAGES.index("other"), code)


def _unless_silent(asked: Asked, outcome: Outcome, spoken: Bools) -> Outcome:
    """``outcome``, unknown where nothing was there to be judged."""
    silent = ~spoken & (asked.lacks == 0)
    state, why = outcome.state.copy(), outcome.why.copy()
    state[silent] = UNKNOWN
    why[silent] = asked.scene.whys.code(reasons.NO_SPEECH)
    kept = outcome.rows.take(state[outcome.rows.conversation] != UNKNOWN)
    return Outcome(state, why, kept, outcome.default)


def _per_conversation(asked: Asked, per_turn: Ints) -> Ints:
    """Sums over the turns of the scope."""
    of = asked.scene.batch.conversation_of[asked.mask]
    size = len(asked.scene.batch)
    summed = np.bincount(of, weights=per_turn[asked.mask], minlength=size)
    return summed.astype(np.int64)


def _of_scope(asked: Asked, counts: Ints, cantonese: Ints) -> Outcome:
    spec, scene = asked.spec, asked.scene
    whole = np.stack([_per_conversation(asked, row) for row in counts])
    total = whole.sum(axis=0)
    spoken = total >= max(1, spec.min_length)
    codes = _languages(whole, _per_conversation(asked, cantonese))
    wanted = [LANGUAGES.index(name) for name in spec.languages]
    names = np.array([scene.whys.code(reasons.LANGUAGE, name) for name in LANGUAGES])
    every = np.arange(len(total))
    shown = rows(every, value=whole.max(axis=0) / np.maximum(total, 1), why=names[codes])
    state = np.where(np.isin(codes, wanted), np.uint8(HIT), np.uint8(MISS))
    state[asked.lacks > 0] = UNKNOWN
    outcome = Outcome(state, asked.lacks, shown)
    return _unless_silent(asked, outcome, spoken)


def letters(asked: Asked) -> Outcome:
    """The share of one script in each scope."""
    spec, scene = asked.spec, asked.scene
    whole = np.stack([_per_conversation(asked, row) for row in scene.signs])
    total = whole.sum(axis=0)
    share = whole[SCRIPTS.index(spec.script)] / np.maximum(total, 1)
    return _unless_silent(asked, _figure(asked, share), total > 0)


def _figure(asked: Asked, value: Floats) -> Outcome:
    spec, every = asked.spec, np.arange(len(value))
    state = np.where(_inside(value, spec.low, spec.high), np.uint8(HIT), np.uint8(MISS))
    state[asked.lacks > 0] = UNKNOWN
    shown = in_range(asked.scene, every, value, spec.low, spec.high)
    return Outcome(state, asked.lacks, shown)


def politeness(asked: Asked) -> Outcome:
    """The share of turns with the words of each kind."""
    spec, scene = asked.spec, asked.scene
    polite, impolite = asked.places
    size = len(scene.batch)
    kind, rude = (
        np.bincount(scene.conversations(np.unique(one.turn)), minlength=size)
        for one in (polite, impolite)
    )
    number = {"polite": kind, "impolite": rude, "score": kind - rude}[spec.measure]
    total = np.bincount(scene.batch.conversation_of[asked.mask], minlength=size)
    figure = _figure(asked, number / np.maximum(total, 1))
    places = polite if spec.measure == "polite" else impolite
    of = scene.conversations(places.turn)
    shown = figure.state[of] == HIT
    places, of = places.take(shown), of[shown]
    said = rows(
        of,
        turn=places.turn,
        start=places.start,
        end=places.end,
        value=figure.rows.value[of],
        threshold=figure.rows.threshold[of],
    )
    bare = np.ones(size, dtype=bool)
    bare[of] = False
    found = joined([figure.rows.take(bare), said])
    found = found.take(np.argsort(found.conversation, kind="stable"))
    return _unless_silent(asked, Outcome(figure.state, asked.lacks, found), total > 0)
