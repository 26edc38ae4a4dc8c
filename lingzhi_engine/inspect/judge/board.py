"""The answers of all questions of a plan to one batch."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .. import reasons
from ..batch import Bools, Ints
from ..logic import HIT, MISS, NA, UNKNOWN
from ..scope import Scope
from .find import Counted, Simple
from .outcome import Outcome
from .question import Question, judge
from .rows import Floats, Rows, in_order, joined
from .scene import Scene
from .scope import Needs


class Board:
    """States as a matrix of questions by conversations, with reasons and evidence."""

    def __init__(self, scene: Scene, states: npt.NDArray[np.uint8], defaults: Defaults) -> None:
        size = len(scene.batch)
        self.scene = scene
        self.state = np.repeat(states[:, None], size, axis=1)
        self.default = defaults.copy()
        self.needs: list[Needs] = []
        self._lacks: list[Ints] = []
        self._needs_of = np.zeros(len(states), dtype=np.int64)
        self._why: dict[int, Ints] = {}
        self._rows: list[Rows] = []

    def require(self, needs: Needs, questions: Ints) -> None:
        """Marks ``questions`` as unknown where a conversation lacks what they need."""
        lacks = self.scene.masks.lacking(needs)
        self._needs_of[questions] = len(self._lacks)
        self._lacks.append(lacks)
        lacking = np.flatnonzero(lacks)
        if len(lacking):
            self.state[np.ix_(questions, lacking)] = UNKNOWN

    def lacks(self, question: int) -> Ints:
        """For each conversation the code of what it lacks for the question."""
        return self._lacks[self._needs_of[question]]

    def add_counted(self, simple: Simple, counted: Counted) -> None:
        """Enters what simple questions found."""
        question = simple.conditions[counted.condition]
        known = self.state[question, counted.conversation] != UNKNOWN
        hit = counted.holds != simple.negated[counted.condition]
        states = np.where(hit, np.uint8(HIT), np.uint8(MISS))
        self.state[question[known], counted.conversation[known]] = states[known]
        self._rows.append(
            replace(counted.rows, condition=simple.conditions[counted.rows.condition])
        )

    def add(self, question: int, outcome: Outcome) -> None:
        """Enters the outcome of one question."""
        self.state[question] = outcome.state
        self._why[question] = outcome.why
        number = np.full(len(outcome.rows), question, dtype=np.int64)
        self._rows.append(replace(outcome.rows, condition=number))
        self.default.value[question] = outcome.default.value
        self.default.threshold[question] = outcome.default.threshold
        self.default.why[question] = outcome.default.why

    def suspend(self, question: int, detail: str) -> None:
        """Nobody can tell: the question's pattern was too costly."""
        self.state[question] = UNKNOWN
        code = self.scene.whys.code(reasons.SUSPENDED, detail)
        self._why[question] = np.full(len(self.scene.batch), code, dtype=np.int64)

    def judge_anchored(self, number: int, question: Question, anchor: int) -> None:
        """Judges a question whose scope hangs on the question ``anchor``."""
        lacks, own = self.lacks(number), question.scope.anchor
        assert own is not None
        at = np.unique(self.rows_of(anchor).turn)
        at = at[at >= 0]
        at = at[self.state[anchor, self.scene.batch.conversation_of[at]] == HIT]
        masks = self.scene.masks
        reachable = np.zeros(len(self.scene.batch), dtype=bool)
        reachable[self.scene.conversations(masks.nth(at, own.nth))] = True

        def mask_of(scope: Scope) -> Bools:
            return masks.of_scope(scope) & masks.anchored(own, scope.roles, at)

        judged = judge(question, self.scene, mask_of, lacks)
        state, why = judged.state.copy(), judged.why.copy()
        self._pass_on(anchor, lacks, (state, why), reachable, own.condition)
        kept = judged.rows.take(state[judged.rows.conversation] != NA)
        self.add(number, replace(judged, state=state, why=why, rows=kept))

    def _pass_on(
        self,
        anchor: int,
        lacks: Ints,
        answer: tuple[npt.NDArray[np.uint8], Ints],
        reachable: Bools,
        name: str,
    ) -> None:
        """What the anchor does not know, nobody knows behind it; where it is not, na."""
        state, why = answer
        free = lacks == 0
        missing = free & ~reachable
        state[missing] = NA
        why[missing] = self.scene.whys.code(reasons.ANCHOR_MISSING, name)
        for verdict in (UNKNOWN, NA):
            where = np.flatnonzero(free & (self.state[anchor] == verdict))
            state[where] = verdict
            why[where] = self.why(np.full(len(where), anchor), where)

    def rows_of(self, question: int) -> Rows:
        """The evidence of one question so far."""
        parts = [r.take(r.condition == question) for r in self._rows]
        return joined([part for part in parts if len(part)])

    @cached_property
    def rows(self) -> Rows:
        """All evidence, sorted by question and conversation; to be asked for last."""
        return in_order(joined(self._rows))

    @cached_property
    def _keys(self) -> Ints:
        keys: Ints = self.rows.condition * len(self.scene.batch) + self.rows.conversation
        return keys

    def where(self, question: Ints, conversation: Ints) -> tuple[Ints, Ints]:
        """The first row of each pair and the one behind its last."""
        wanted = question * len(self.scene.batch) + conversation
        low = np.searchsorted(self._keys, wanted, side="left")
        return low, np.searchsorted(self._keys, wanted, side="right")

    def why(self, question: Ints, conversation: Ints) -> Ints:
        """The codes of why pairs are unknown or na."""
        if not len(question):
            return np.zeros(0, np.int64)
        lacks = np.stack(self._lacks)[self._needs_of[question], conversation]
        codes = np.where(lacks > 0, lacks, self.default.why[question])
        for number in set(question.tolist()) & self._why.keys():
            mine = question == number
            codes[mine] = self._why[number][conversation[mine]]
        return codes


class Defaults:
    """For each question the evidence where it has no row, or its reason where it is na."""

    def __init__(self, value: Floats, threshold: Floats, why: Ints) -> None:
        self.value = value
        self.threshold = threshold
        self.why = why

    def copy(self) -> Defaults:
        """An independent copy."""
        return Defaults(self.value.copy(), self.threshold.copy(), self.why.copy())
