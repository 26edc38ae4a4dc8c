"""``specs.Unanswered`` for batches."""

from __future__ import annotations

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..logic import HIT, MISS, NA, UNKNOWN
from .outcome import Default, Outcome
from .question import Asked
from .rows import by_conversation, rows


def unanswered(asked: Asked) -> Outcome:
    """The turns behind all questions at once."""
    spec, scene = asked.spec, asked.scene
    questions = asked.places[0]
    _, first = np.unique(questions.turn, return_index=True)
    questions = questions.take(first)
    left = questions.take(~_is_answered(asked, questions.turn))
    size, of = len(scene.batch), scene.conversations(left.turn)
    number = np.bincount(of, minlength=size)
    state = np.full(size, NA, dtype=np.uint8)
    state[scene.conversations(questions.turn)] = MISS
    state[number >= spec.min_count] = HIT
    why = np.where(state == NA, scene.whys.code(reasons.NO_TRIGGER), 0)
    state[asked.lacks > 0] = UNKNOWN
    why = np.where(asked.lacks > 0, asked.lacks, why)
    shown = state[of] == HIT
    left, of = left.take(shown), of[shown]
    code = scene.whys.code
    short = np.flatnonzero((state == MISS) & (number > 0))
    found = by_conversation(
        rows(
            of,
            turn=left.turn,
            start=left.start,
            end=left.end,
            value=number[of],
            threshold=spec.min_count,
            why=code(reasons.NOT_ANSWERED),
        ),
        rows(short, value=number[short], threshold=spec.min_count, why=code(reasons.ABSENT)),
    )
    return Outcome(state, why, found, Default(0.0, float(spec.min_count), code(reasons.ABSENT)))


def _is_answered(asked: Asked, turns: Ints) -> Bools:
    """Whether a turn with substance is among the next ones of those who must answer."""
    spec, scene = asked.spec, asked.scene
    roles = spec.roles or asked.question.scope.roles
    answers = _with_substance(asked) & scene.masks.of_roles(roles)
    rank = scene.masks.rank(roles)
    bounds, of = scene.batch.bounds, scene.conversations(turns)
    last = np.minimum(rank[turns + 1] + spec.turns, rank[bounds[of + 1]])
    answering = np.flatnonzero(scene.masks.of_roles(roles))
    counted = np.concatenate([np.zeros(1, np.int64), np.cumsum(answers[answering])])
    answered: Bools = counted[last] > counted[rank[turns + 1]]
    return answered


def _with_substance(asked: Asked) -> Bools:
    spec, scene = asked.spec, asked.scene
    long_enough: Bools = scene.letters.count >= spec.min_length
    return long_enough & ~scene.turns_with(spec.fillers)
