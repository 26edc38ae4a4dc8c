"""Judges conversation by conversation, as the reference does, where there is nothing to do in bulk.

For questions about records of other systems, models and graphs: what they cost is not the loop.
Conversations in which none of the question's patterns was found are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from ..batch import Bools
from ..entities import accepts
from ..logic import CODE, NA, UNKNOWN
from ..model import Evidence
from ..pattern.pattern import Pattern
from ..reference.scope import Result, Undecided
from ..reference.view import Place, View
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
    turns = asked.scene.places(idle.patterns, asked.scene.all)
    found = ~everywhere
    found[asked.scene.conversations(turns.turn)] = True
    return found


def _result(asked: Asked, answer: Answer, row: int) -> Result:
    scene, question = asked.scene, asked.question
    first, behind = scene.batch.bounds[row : row + 2].tolist()
    conversation = scene.conversation(row)
    view = _View(
        conversation, question.scope, {}, scene, asked.mask_of, first, behind, asking=scene.asking
    )
    try:
        return answer(question.spec, view)
    except Undecided as undecided:
        return undecided.result


@dataclass(frozen=True, slots=True)
class _View(View):
    """The view of one conversation; scopes and matches are those of the whole batch."""

    scene: Scene
    mask_of: MaskOf
    first: int
    behind: int

    def turns(self, roles: tuple[str, ...] = ()) -> list[int]:
        mask = self.mask_of(self.scope.of_roles(roles))
        found: list[int] = np.flatnonzero(mask[self.first : self.behind]).tolist()
        return found

    def found(self, patterns: Iterable[Pattern], turn: int, check: str = "") -> set[Place]:
        return {
            (turn, start, end)
            for pattern in patterns
            for start, end in self.scene.spans(pattern).get(self.first + turn, ())
            if not check or accepts(check, self.text(turn)[start:end])
        }


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
