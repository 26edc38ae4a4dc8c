"""Compiles a rule set into a plan that judges batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from . import reasons
from .batch import Batch, Bools, Ints
from .findings import Findings, Part
from .judge import find, layout, verdicts
from .judge.board import Board, Defaults
from .judge.judges import judge
from .judge.question import Asked
from .judge.rows import Whys
from .judge.scene import Scene
from .judge.shapes import States
from .logic import HIT, MISS
from .meaning.asking import Asking, Models
from .model import RuleSet
from .put_off import put_off
from .scan import Matcher
from .scope import Scope
from .specs import Idle

SLICE_TURNS = 50_000  # conversations are judged in pieces of about so many turns


@dataclass(frozen=True, slots=True)
class Suspension:
    """A condition that is answered with unknown because its pattern costs too much."""

    rule: str
    condition: str
    code: str
    detail: str


def compile(rules: RuleSet, *, cache: Path | None = None, models: Models | None = None) -> Plan:
    """The plan of ``rules``: equal conditions shared, all patterns in one database.

    The database is kept in the folder ``cache``, so that other processes load it ready made.
    ``models`` answer what the engine cannot know by itself.
    """
    return Plan(rules, cache=cache, models=models)


class Plan:
    """Rules made ready to judge batches; it may be used again and again."""

    def __init__(
        self, rules: RuleSet, *, cache: Path | None = None, models: Models | None = None
    ) -> None:
        self.rules = rules.rules
        self.models = models or Models()
        collected = layout.Questions(self.rules)
        self.questions = collected.questions
        self.numbers_of = collected.numbers_of
        self._patterns = layout.number_patterns(self.questions)
        self._matcher = Matcher(tuple(self._patterns), cache)
        self._scopes_of = layout.scopes_by_pattern(self.questions, self._patterns)
        self._whys = Whys()
        self._states, self._defaults = self._when_idle()
        self._needs = layout.grouped_needs(self.questions)
        self._simple = layout.lay_out_simple(self.questions, self._patterns)
        self._put_off = [
            (place, self.numbers_of[rule.id][name])
            for place, rule in enumerate(self.rules)
            for name in put_off(rule)
        ]
        self._others = np.array(self._in_order(), dtype=np.int64)
        self._anchor_of: Ints = np.array(
            [-1 if q.anchor is None else q.anchor for q in self.questions], dtype=np.int64
        )
        self._shapes = layout.lay_out_shapes(self.rules, self.numbers_of)
        self._applicability = layout.lay_out_applicability(self.rules)

    @property
    def suspended(self) -> tuple[Suspension, ...]:
        """The conditions that cannot be judged, with the reason."""
        return tuple(
            Suspension(rule.id, condition.name, "suspended", detail)
            for rule in self.rules
            for condition in rule.conditions
            if (detail := self._suspended(self.numbers_of[rule.id][condition.name])) is not None
        )

    def run(self, batch: Batch, *, asking: Asking | None = None) -> Findings:
        """The findings of all rules on all conversations of ``batch``.

        A run of several batches gives them one ``asking``, so that they share its budget.
        """
        parts, asking = [], asking or Asking(self.models)
        for _, piece in batch.slices(SLICE_TURNS):
            board = self.board(piece, asking)
            parts.append(Part(piece, self.judgement(board), board.scene.whys.pairs()))
        return Findings(self.rules, parts)

    def prepare(self) -> None:
        """Compiles what else the first large batch would compile."""
        self._matcher.prepare()

    def judgement(self, board: Board) -> verdicts.Judgement:
        """The verdicts of all rules by the answers on ``board``."""
        return verdicts.judge(self.rules, self._shapes, self._applicability, board)

    def states(self, board: Board) -> States:
        """The verdicts of all rules alone, which is quicker."""
        return verdicts.states(self.rules, self._shapes, self._applicability, board)[0]

    def shown(self, board: Board, state: States, wanted: Bools) -> verdicts.Judgement:
        """The verdicts ``state`` with the evidence of the ``wanted`` hits."""
        return verdicts.shown(self._shapes, board, state, wanted)

    def board(self, batch: Batch, asking: Asking | None = None) -> Board:
        """The answers of all conditions on a batch that is not too large.

        Without ``asking``, as for conversations that still go on, no judge is asked.
        """
        local = asking or Asking(replace(self.models, judge=None))
        scene = Scene(batch, self._patterns, self._whys, local)
        scene.matches = self._matcher.find(batch, _Wanted(scene, self._scopes_of))
        board = Board(scene, self._states, self._defaults)
        for group, questions in self._needs.items():
            board.require(group, questions)
        if len(self._simple.conditions):
            board.add_counted(self._simple, find.count(self._simple, scene))
        self._suspend(board)
        for number in self._to_judge(board).tolist():
            self._judge(number, board)
        for place, number in self._put_off if asking else ():
            self._ask(place, number, board)
        return board

    def _to_judge(self, board: Board) -> Ints:
        """The questions to be judged one by one now.

        One that could only find patterns that are nowhere is answered already, unless it hangs on
        another, whose answer it must pass on.
        """
        if not self.questions:
            return self._others
        found = np.add.reduceat(board.scene.present[self._idle_patterns], self._idle_first)
        self_evident = self._can_idle & (found == 0) & (self._anchor_of < 0)
        chosen: Ints = self._others[~self_evident[self._others]]
        return chosen[~self._passed_over(chosen, board)]

    def _passed_over(self, chosen: Ints, board: Board) -> Bools:
        """Answers those that hang on a question that is answered and hits nowhere."""
        anchors = self._anchor_of[chosen]
        done = (anchors >= 0) & ~np.isin(anchors, chosen)
        if self._matcher.suspended:
            suspended = [board.is_suspended(number) for number in chosen.tolist()]
            done &= ~np.array(suspended, dtype=bool)
        done[done] = ~(board.state[anchors[done]] == HIT).any(axis=1)
        if done.any():
            codes = board.scene.whys.code
            missing = [
                codes(reasons.ANCHOR_MISSING, own.condition if own else None)
                for own in (self.questions[n].scope.anchor for n in chosen[done].tolist())
            ]
            board.pass_over(chosen[done], anchors[done], np.array(missing))
        return done

    def _judge(self, number: int, board: Board) -> None:
        question, lacks = self.questions[number], board.lacks(number)
        if lacks.all() or board.is_suspended(number):
            return  # the board says so already
        if question.anchor is not None:
            board.judge_anchored(number, question)
        else:
            masks = board.scene.masks
            board.add(number, judge(Asked(question, board.scene, masks.of_scope, lacks)))

    def _ask(self, place: int, number: int, board: Board) -> None:
        """Judges a costly question where the verdict of its rule is still open."""
        lacks = board.lacks(number)
        is_open = verdicts.undecided(self.rules, self._shapes, place, board)
        not_asked = board.scene.whys.code(reasons.NOT_ASKED)
        held = np.where((lacks == 0) & ~is_open, not_asked, lacks)
        if not held.all() and not board.is_suspended(number):
            masks = board.scene.masks
            board.add(
                number, judge(Asked(self.questions[number], board.scene, masks.of_scope, held))
            )

    def _suspended(self, number: int) -> str | None:
        for pattern in self.questions[number].patterns:
            detail = self._matcher.suspended.get(self._patterns[pattern])
            if detail is not None:
                return detail
        return None

    def _suspend(self, board: Board) -> None:
        if self._matcher.suspended:
            for number in range(len(self.questions)):
                detail = self._suspended(number)
                if detail is not None:
                    board.suspend(number, detail)

    def _when_idle(self) -> tuple[npt.NDArray[np.uint8], Defaults]:
        rest = [q.spec.idle(q.scope) or Idle((), MISS) for q in self.questions]
        nothing = len(self._patterns)  # a number that no pattern has, so that none is empty
        patterns = [[*(self._patterns[p] for p in one.patterns), nothing] for one in rest]
        self._can_idle: Bools = np.array([bool(one.patterns) for one in rest], dtype=bool)
        self._idle_patterns = np.array([p for mine in patterns for p in mine], dtype=np.int64)
        lengths = np.array([len(mine) for mine in patterns], dtype=np.int64)
        self._idle_first = np.cumsum(lengths) - lengths
        return np.array([one.state for one in rest], dtype=np.uint8), Defaults(
            np.array([one.value for one in rest], dtype=np.float64),
            np.array([one.threshold for one in rest], dtype=np.float64),
            np.array([self._whys.code(one.reason, one.detail) for one in rest], dtype=np.int64),
        )

    def _in_order(self) -> list[int]:
        """The questions that are judged one by one, those first that others hang on."""
        simple = set(self._simple.conditions.tolist()) | {number for _, number in self._put_off}
        hangs_on = {
            number: [] if question.anchor is None else [question.anchor]
            for number, question in enumerate(self.questions)
            if number not in simple
        }
        return [n for n in TopologicalSorter(hangs_on).static_order() if n not in simple]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which candidate turns of a pattern lie in a scope that uses it."""

    scene: Scene
    scopes_of: Mapping[int, tuple[Scope, ...]]

    def __call__(self, pattern: int, turns: Ints) -> Ints:
        inside = np.zeros(len(turns), dtype=bool)
        for scope in self.scopes_of[pattern]:
            inside |= self.scene.masks.of_scope(scope)[turns]
        chosen: Ints = turns[inside]
        return chosen
