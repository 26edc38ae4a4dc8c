"""``specs.Length``, ``Language``, ``Letters`` and ``Politeness`` for batches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .. import reasons
from ..batch import Ints
from ..logic import HIT, UNKNOWN
from ..scripts import LANGUAGES, MOSTLY, SCRIPTS
from .figures import against, every_figure, in_range, per_conversation, unless, usual
from .find import settled
from .outcome import Outcome, outcome
from .question import Asked
from .rows import Floats, Rows, by_conversation, rows


def length(asked: Asked) -> Outcome:
    """The length of all turns at once."""
    spec, scene = asked.spec, asked.scene
    every = np.arange(scene.batch.turn_count)
    if spec.what == "signs":
        value = scene.lengths(every)
    else:
        value = scene.letters.count if spec.what == "letters" else scene.sentences.count
    _, inside, _ = against(value.astype(np.float64), spec.low, spec.high)
    turns = np.flatnonzero(asked.mask & inside)
    of = scene.conversations(turns)
    shown = in_range(scene, of, value[turns], spec.low, spec.high, turns)
    return _of_turns(asked, turns, np.flatnonzero(asked.mask), shown)


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
    judged = _of_turns(asked, turns, counted, shown)
    return _unless_silent(asked, judged, per_conversation(scene, counted))


def _languages(counts: Ints | Floats, cantonese: Ints | Floats) -> Ints:
    """The places in ``LANGUAGES`` for columns of counts."""
    han, latin, other = counts
    total = counts.sum(axis=0)
    chinese = np.where(cantonese > 0, LANGUAGES.index("yue"), LANGUAGES.index("zh"))
    rest = np.where(latin >= total * MOSTLY, LANGUAGES.index("en"), LANGUAGES.index("mixed"))
    code = np.where(han >= total * MOSTLY, chinese, rest)
    return np.where(other * 2 >= total, LANGUAGES.index("other"), code)


def _unless_silent(asked: Asked, judged: Outcome, said: Floats) -> Outcome:
    """``judged``, unknown where nothing was ``said`` that could be judged."""
    return unless(asked.scene, judged, asked.lacks, said == 0, UNKNOWN, reasons.NO_SPEECH)


def _summed(asked: Asked, per_turn: Ints) -> Floats:
    """For each conversation the sum over the turns of the scope."""
    turns = np.flatnonzero(asked.mask)
    return per_conversation(asked.scene, turns, per_turn[turns])


def _of_scope(asked: Asked, counts: Ints, cantonese: Ints) -> Outcome:
    spec, scene = asked.spec, asked.scene
    whole = np.stack([_summed(asked, row) for row in counts])
    total = whole.sum(axis=0)
    codes = _languages(whole, _summed(asked, cantonese))
    wanted = [LANGUAGES.index(name) for name in spec.languages]
    names = np.array([scene.whys.code(reasons.LANGUAGE, name) for name in LANGUAGES])
    every = np.arange(len(total))
    shown = rows(every, value=whole.max(axis=0) / np.maximum(total, 1), why=names[codes])
    judged = outcome(np.isin(codes, wanted), asked.lacks, shown)
    return _unless_silent(asked, judged, np.where(total >= spec.min_length, total, 0))


def letters(asked: Asked) -> Outcome:
    """The share of one script in each scope."""
    spec, scene = asked.spec, asked.scene
    whole = np.stack([_summed(asked, row) for row in scene.signs])
    total = whole.sum(axis=0)
    share = whole[SCRIPTS.index(spec.script)] / np.maximum(total, 1)
    return _unless_silent(asked, _figure(asked, share), total)


def _figure(asked: Asked, value: Floats) -> Outcome:
    return every_figure(asked.scene, value, (asked.spec.low, asked.spec.high), asked.lacks)


def politeness(asked: Asked) -> Outcome:
    """The share of turns with the words of each kind; a hit shows them."""
    spec, scene = asked.spec, asked.scene
    polite, impolite = asked.places
    kind, rude = (per_conversation(scene, np.unique(one.turn)) for one in (polite, impolite))
    number = {"polite": kind, "impolite": rude, "score": kind - rude}[spec.measure]
    total = per_conversation(scene, np.flatnonzero(asked.mask))
    share = number / np.maximum(total, 1)
    judged = _figure(asked, share)
    places = polite if spec.measure == "polite" else impolite
    places = places.take(judged.state[scene.conversations(places.turn)] == HIT)
    of = scene.conversations(places.turn)
    said = rows(
        of,
        turn=places.turn,
        start=places.start,
        end=places.end,
        value=share[of],
        threshold=usual(spec.low, spec.high),
    )
    bare = judged.rows.take(~np.isin(judged.rows.conversation, of))
    judged = replace(judged, rows=by_conversation(bare, said))
    return _unless_silent(asked, judged, total)
