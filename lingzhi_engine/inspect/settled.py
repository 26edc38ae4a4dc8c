"""What is settled in a conversation that still goes on: no later turn can change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import reasons
from .batch import Ints
from .expression import And, AtLeast, Expr, Name, Not, Or, Seq, Unless
from .judge.board import Board
from .judge.question import Question
from .judge.rows import NOWHERE
from .logic import HIT, MISS, NA, UNKNOWN
from .model import Rule
from .plan import Plan
from .reference.scope import has_times
from .reference.structure import chain
from .reference.view import Place, View
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Settled:
    """The answers of a plan to conversations as far as they have gone."""

    plan: Plan
    board: Board

    def hits(self, rule: Rule, row: int) -> bool:
        """Whether ``rule`` hits the conversation in ``row``, whatever is said from now on."""
        numbers = self.plan.numbers_of[rule.id]
        told = _Told(
            {name: self._answer(number, row) for name, number in numbers.items()},
            self._chained(rule, row),
        )
        if rule.applies_when is not None and told.verdict(rule.applies_when) != HIT:
            return False
        return told.verdict(rule.when) == HIT

    def _chained(self, rule: Rule, row: int) -> Callable[[Seq], bool]:
        """Whether conditions that hit did so one after the other."""
        batch, numbers = self.board.scene.batch, self.plan.numbers_of[rule.id]

        def holds(seq: Seq) -> bool:
            conversation = batch.conversation(row)
            if seq.unit == "s" and not has_times(conversation):
                return False
            places = [self._places(numbers[name], row) for name in seq.names]
            turns = seq.within if seq.unit == "turns" else None
            seconds = seq.within if seq.unit == "s" else None
            found = chain(places, View(conversation, Scope(), {}), turns, seconds)
            return len(found) == len(seq.names)

        return holds

    def _places(self, number: int, row: int) -> list[Place]:
        """Where a condition hit, as the reference writes it."""
        rows, first = self.board.rows_of(number), int(self.board.scene.batch.bounds[row])
        mine = rows.take((rows.conversation == row) & (rows.turn != NOWHERE))
        spans = zip(mine.turn - first, mine.start, mine.end, strict=True)
        return sorted({(int(turn), max(0, int(a)), max(0, int(b))) for turn, a, b in spans})

    def _answer(self, number: int, row: int) -> int:
        """Hit or miss where that is settled, else unknown."""
        state = int(self.board.state[number, row])
        if state in (UNKNOWN, NA):
            return UNKNOWN
        question = self.plan.questions[number]
        return state if self._is_settled(number, question, state, row) else UNKNOWN

    def _is_settled(self, number: int, question: Question, state: int, row: int) -> bool:
        if question.anchor is not None:
            return self._is_settled_behind(question, state, row)
        if self._is_full(question, row):
            return True
        grows = all(scope.grows for scope in question.scopes)
        if grows and state in question.spec.settles(question.scope):
            return True
        return state == MISS and grows and self._is_overdue(number, question, row)

    def _is_settled_behind(self, question: Question, state: int, row: int) -> bool:
        """With a scope that hangs on another condition: its turns must not be lost either."""
        anchor, hangs_on = question.scope.anchor, question.anchor
        assert anchor is not None
        assert hangs_on is not None
        return (
            anchor.nth is None
            and all(scope.grows for scope in question.scopes)
            and state in question.spec.settles(question.scope)
            and self._answer(hangs_on, row) == HIT
        )

    def _is_full(self, question: Question, row: int) -> bool:
        """Whether all turns of the question's scopes were said."""
        return question.spec.within_scope and all(
            scope.full_at is not None and self._said(scope.counted_roles, row) >= scope.full_at
            for scope in question.scopes
        )

    def _said(self, roles: tuple[str, ...], row: int, behind: int | None = None) -> int:
        """How many turns of ``roles`` the conversation has, or has behind a turn."""
        rank, bounds = self.board.scene.masks.rank(roles), self.board.scene.batch.bounds
        first = int(bounds[row]) if behind is None else behind + 1
        return int(rank[bounds[row + 1]] - rank[first])

    def _is_overdue(self, number: int, question: Question, row: int) -> bool:
        """Whether a duty can no longer be done: as many turns as it may take have passed."""
        limit, duty = question.spec.overdue_after, question.scopes[-1]
        if limit is None:
            return False
        missing = self._triggers_missing(number, row).tolist()
        return any(self._said(duty.roles, row, behind=turn) >= limit for turn in missing)

    def _triggers_missing(self, number: int, row: int) -> Ints:
        rows = self.board.rows_of(number)
        codes = self.board.scene.whys.pairs()
        missing = codes.index((reasons.DUTY_MISSING, None))
        return rows.turn[
            (rows.conversation == row) & (rows.why == missing) & (rows.turn != NOWHERE)
        ]


@dataclass(frozen=True, slots=True)
class _Told:
    """Conditions with their settled answers, unknown where they may still change."""

    answers: Mapping[str, int]
    chained: Callable[[Seq], bool]

    def verdict(self, expr: Expr) -> int:
        """The verdict of ``expr`` as far as it is settled."""
        match expr:
            case Name(name):
                return self.answers[name]
            case Not(item):
                return {HIT: MISS, MISS: HIT}.get(self.verdict(item), UNKNOWN)
            case Unless(item, exception):
                return min(self.verdict(item), self.verdict(Not(exception)))
            case And(items) | Or(items) | AtLeast(_, items):
                best_first = sorted(map(self.verdict, items), reverse=True)
                wanted = {And: len(items), Or: 1}.get(type(expr), getattr(expr, "count", 1))
                return best_first[wanted - 1]
            case Seq(names):
                worst = min(self.answers[name] for name in names)
                return worst if worst != HIT or self.chained(expr) else UNKNOWN
