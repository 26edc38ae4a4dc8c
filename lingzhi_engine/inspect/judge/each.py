"""Judges conversation by conversation, as the reference does, where there is nothing to do in bulk.

For questions about records of other systems, models and graphs: what they cost is not the loop.
Conversations in which none of the question's patterns was found are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from ..batch import Bools
from ..logic import CODE, NA, UNKNOWN
from ..model import Evidence
from ..reference.scope import Result, Undecided
from ..reference.view import View
from ..specs import Idle
from .outcome import Default, Outcome
from .question import Asked, MaskOf
from .rows import NOWHERE, Rows, rows
from .scene import Scene

Answer: TypeAlias = Callable[[Any, View], Result]


def judge(asked: Asked, answer: Answer) -> Outcome:
    """The outcomes of ``answer``, the reference's, for the conversations that lack nothing."""
    idle = asked.question.spec.idle(asked.question.scope) or Idle((), UNKNOWN)
    scene = asked.scene
    known = asked.lacks == 0
    state = np.where(known, np.uint8(idle.state), np.uint8(UNKNOWN))
    absent = scene.whys.code(idle.reason, idle.detail)
    why = np.where(known, absent if idle.state == NA else 0, asked.lacks)
    evidence: list[tuple[int, Evidence]] = []
    for row in np.flatnonzero(known & _where(asked, idle)).tolist():
        result = _result(asked, answer, row)
        state[row] = CODE[result.verdict]
        why[row] = scene.whys.code(result.reason, result.detail)
        evidence += [(row, one) for one in result.evidence]
    return Outcome(state, why, _rows(scene, evidence), Default(idle.value, idle.threshold, absent))


def _where(asked: Asked, idle: Idle) -> Bools:
    """The conversations to look at."""
    everywhere = np.ones(len(asked.scene.batch), dtype=bool)
    if not idle.patterns:
        return everywhere
    turns = asked.scene.places(idle.patterns, np.ones(asked.scene.batch.turn_count, dtype=bool))
    found = ~everywhere
    found[asked.scene.conversations(turns.turn)] = True
    return found


def _result(asked: Asked, answer: Answer, row: int) -> Result:
    batch, question = asked.scene.batch, asked.question
    first, behind = int(batch.bounds[row]), int(batch.bounds[row + 1])
    conversation = batch.conversation(row)
    view = _View(
        conversation,
        question.scope,
        {},
        asked.mask_of,
        first,
        behind,
        asking=asked.scene.asking,
    )
    try:
        return answer(question.spec, view)
    except Undecided as undecided:
        return undecided.result


@dataclass(frozen=True, slots=True)
class _View(View):
    """The view of one conversation whose scopes are worked out for the whole batch already."""

    mask_of: MaskOf
    first: int
    behind: int

    def turns(self, roles: tuple[str, ...] = ()) -> list[int]:
        mask = self.mask_of(self.scope.of_roles(roles))
        found: list[int] = np.flatnonzero(mask[self.first : self.behind]).tolist()
        return found


def _rows(scene: Scene, evidence: Sequence[tuple[int, Evidence]]) -> Rows:
    bounds = scene.batch.bounds
    return rows(
        [row for row, _ in evidence],
        turn=[NOWHERE if e.turn is None else int(bounds[row]) + e.turn for row, e in evidence],
        start=[NOWHERE if e.start is None else e.start for _, e in evidence],
        end=[NOWHERE if e.end is None else e.end for _, e in evidence],
        value=[np.nan if e.value is None else e.value for _, e in evidence],
        threshold=[np.nan if e.threshold is None else e.threshold for _, e in evidence],
        why=[scene.whys.code(e.reason, e.detail) for _, e in evidence],
    )
