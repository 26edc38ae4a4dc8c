"""The answers of all questions of a plan to one batch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .. import reasons
from ..batch import Bools, Ints
from ..logic import HIT, MISS, NA, UNKNOWN
from ..scope import Anchor, Scope
from .find import Counted, Simple
from .judges import judge
from .outcome import Default, Outcome
from .question import Asked, Question
from .rows import NO_ROWS, NOWHERE, Floats, Rows, in_order, joined
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
        self._rows: dict[int, Rows] = {}
        self._counted = NO_ROWS
        self._suspended: set[int] = set()

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
        return self._lacks[int(self._needs_of[question])]

    @cached_property
    def _all_lacks(self) -> Ints:
        """For each different need and conversation what is lacking; to be asked for behind them."""
        return np.stack(self._lacks)

    def add_counted(self, simple: Simple, counted: Counted) -> None:
        """Enters what simple questions found."""
        question = simple.conditions[counted.condition]
        known = self.state[question, counted.conversation] != UNKNOWN
        hit = counted.holds != simple.negated[counted.condition]
        states = np.where(hit, np.uint8(HIT), np.uint8(MISS))
        self.state[question[known], counted.conversation[known]] = states[known]
        self._counted = in_order(counted.rows.of(simple.conditions[counted.rows.condition]))

    def add(self, question: int, outcome: Outcome) -> None:
        """Enters the outcome of one question."""
        self.state[question] = outcome.state
        self._why[question] = outcome.why
        self._rows[question] = outcome.rows.of(question)
        self.default.value[question] = outcome.default.value
        self.default.threshold[question] = outcome.default.threshold
        self.default.why[question] = outcome.default.why

    def is_suspended(self, question: int) -> bool:
        """Whether nothing can be said of the question."""
        return question in self._suspended

    def suspend(self, question: int, detail: str) -> None:
        """Nobody can tell: the question's pattern was too costly."""
        self._suspended.add(question)
        self.state[question] = UNKNOWN
        code = self.scene.whys.code(reasons.SUSPENDED, detail)
        self._why[question] = np.full(len(self.scene.batch), code, dtype=np.int64)

    def judge_anchored(self, number: int, question: Question) -> None:
        """Judges a question whose scope hangs on another."""
        own, anchor = question.scope.anchor, question.anchor
        assert own is not None
        assert anchor is not None
        lacks, masks = self.lacks(number), self.scene.masks
        at = self._turns_hit(anchor)
        reachable = np.zeros(len(self.scene.batch), dtype=bool)
        reachable[self.scene.conversations(masks.nth(at, own.nth))] = True
        if not reachable.any():
            state, why = self.state[number].copy(), self.whys(number)
            judged = Outcome(state, why, NO_ROWS, self.default.of(number))
        else:
            turns_of = _Anchored(self.scene, own, at)
            judged = judge(Asked(question, self.scene, turns_of, lacks))
        state, why = judged.state.copy(), judged.why.copy()
        self._pass_on(anchor, lacks, (state, why), reachable, own.condition)
        kept = judged.rows.take(state[judged.rows.conversation] != NA)
        self.add(number, replace(judged, state=state, why=why, rows=kept))

    def pass_over(self, questions: Ints, anchors: Ints, missing: Ints) -> None:
        """Answers questions whose anchors hit nowhere: na, or what the anchors do not know.

        ``missing`` are the codes that say which anchor is missing.
        """
        lacks = self._all_lacks[self._needs_of[questions]]
        answer = self.state[anchors]
        state = np.where(answer == UNKNOWN, answer, np.uint8(NA))
        why = np.repeat(missing[:, None], len(self.scene.batch), axis=1)
        place, conversation = np.nonzero(answer != MISS)
        why[place, conversation] = self.why(anchors[place], conversation)
        state[lacks > 0] = UNKNOWN
        self.state[questions] = state
        self._why.update(zip(questions.tolist(), np.where(lacks > 0, lacks, why), strict=True))

    def _turns_hit(self, question: int) -> Ints:
        """The turns that the hits of a question point at."""
        if not (self.state[question] == HIT).any():
            return np.zeros(0, np.int64)
        turns = np.unique(self.rows_of(question).turn)
        turns = turns[turns != NOWHERE]
        hit: Ints = turns[self.state[question, self.scene.batch.conversation_of[turns]] == HIT]
        return hit

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
        """The evidence of one question."""
        if question in self._rows:
            return self._rows[question]
        low, high = np.searchsorted(self._counted.condition, (question, question + 1))
        return self._counted.take(slice(int(low), int(high)))

    @cached_property
    def rows(self) -> Rows:
        """All evidence, sorted by question and conversation; to be asked for last."""
        return in_order(joined([self._counted, *self._rows.values()]))

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints]:
        """Keys of the (question, conversation) pairs that have rows, and where these begin."""
        keys = self.rows.condition * len(self.scene.batch) + self.rows.conversation
        new = np.ones(len(keys), dtype=bool)
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        first = np.flatnonzero(new)
        return keys[first], np.append(first, len(keys))

    def where(self, question: Ints, conversation: Ints) -> tuple[Ints, Ints]:
        """The first row of each pair and how many it has."""
        wanted = question * len(self.scene.batch) + conversation
        keys, first = self._pairs
        place = np.searchsorted(keys, wanted)
        inside = np.minimum(place, max(len(keys) - 1, 0))
        known = np.zeros(len(wanted), dtype=bool) if not len(keys) else keys[inside] == wanted
        count = np.where(known, first[np.minimum(inside + 1, len(keys))] - first[inside], 0)
        return first[inside], count

    def whys(self, question: int) -> Ints:
        """The codes of why one question is unknown or na."""
        every = np.arange(len(self.scene.batch))
        return self.why(np.full(len(every), question), every)

    def why(self, question: Ints, conversation: Ints) -> Ints:
        """The codes of why pairs are unknown or na."""
        if not len(question):
            return np.zeros(0, np.int64)
        lacks = self._all_lacks[self._needs_of[question], conversation]
        codes = np.where(lacks > 0, lacks, self.default.why[question])
        edges = np.flatnonzero(np.diff(question)) + 1  # pairs of one question stand together
        for low, high in pairwise([0, *edges.tolist(), len(question)]):
            own = self._why.get(int(question[low]))
            if own is not None:
                codes[low:high] = own[conversation[low:high]]
        return codes


@dataclass(frozen=True, slots=True)
class _Anchored:
    """Gives the turns of a scope that hangs on the turns ``at``."""

    scene: Scene
    anchor: Anchor
    at: Ints
    masks: dict[Scope, Bools] = field(default_factory=dict)

    def __call__(self, scope: Scope) -> Bools:
        if scope not in self.masks:
            near = self.scene.masks.anchored(self.anchor, scope.roles, self.at)
            self.masks[scope] = self.scene.masks.of_scope(scope) & near
        return self.masks[scope]


class Defaults:
    """For each question the evidence where it has no row, or its reason where it is na."""

    def __init__(self, value: Floats, threshold: Floats, why: Ints) -> None:
        self.value = value
        self.threshold = threshold
        self.why = why

    def of(self, question: int) -> Default:
        """The default of one question."""
        return Default(self.value[question], self.threshold[question], int(self.why[question]))

    def copy(self) -> Defaults:
        """An independent copy."""
        return Defaults(self.value.copy(), self.threshold.copy(), self.why.copy())
