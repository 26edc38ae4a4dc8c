"""Compiles a rule set into a plan that judges batches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from . import expression
from .batch import Batch, Bools, Ints
from .expression import And, AtLeast, Expr, Name, Not, Or, Seq, Unless
from .findings import Findings, Part
from .judge import find, verdicts
from .judge.board import Board, Defaults
from .judge.find import Simple
from .judge.question import Idle, Question, anywhere, idle, judge, needs, said_by
from .judge.rows import Whys
from .judge.scene import Scene
from .judge.scope import Needs
from .judge.shapes import Shape
from .judge.verdicts import Applicability
from .logic import MISS
from .model import Condition, Rule, RuleSet
from .pattern.pattern import Pattern
from .scan import Matcher
from .scope import Quantifier, Scope
from .specs import Duration, Field, Find

SLICE_TURNS = 200_000  # conversations are judged in pieces of about so many turns


@dataclass(frozen=True, slots=True)
class Suspension:
    """A condition that is answered with unknown because its pattern costs too much."""

    rule: str
    condition: str
    code: str
    detail: str


def compile(rules: RuleSet, *, cache: Path | None = None) -> Plan:
    """The plan of ``rules``: equal conditions shared, all patterns in one database.

    The database is kept in the folder ``cache``, so that other processes load it ready made.
    """
    return Plan(rules, cache=cache)


class Plan:
    """Rules made ready to judge batches; it may be used again and again."""

    def __init__(self, rules: RuleSet, *, cache: Path | None = None) -> None:
        self.rules = rules.rules
        collected = _Questions(self.rules)
        self.questions = collected.questions
        self._numbers_of = collected.numbers_of
        self._patterns = _patterns(self.questions)
        self._matcher = Matcher(tuple(self._patterns), cache)
        self._scopes_of = _scopes_by_pattern(self.questions, self._patterns)
        self._whys = Whys()
        self._states, self._defaults = self._when_idle()
        self._needs = _grouped_needs(self.questions)
        self._simple = _simple(self.questions, self._patterns)
        self._others = np.array(self._in_order(), dtype=np.int64)
        self._anchored: Bools = np.array([q.anchor is not None for q in self.questions], dtype=bool)
        self._shapes = _shapes(self.rules, self._numbers_of)
        self._applicability = _applicability(self.rules)

    @property
    def suspended(self) -> tuple[Suspension, ...]:
        """The conditions that cannot be judged, with the reason."""
        return tuple(
            Suspension(rule.id, condition.name, "suspended", detail)
            for rule in self.rules
            for condition in rule.conditions
            if (detail := self._suspended(self._numbers_of[rule.id][condition.name])) is not None
        )

    def run(self, batch: Batch) -> Findings:
        """The findings of all rules on all conversations of ``batch``."""
        parts = []
        for _, piece in batch.slices(SLICE_TURNS):
            board = self._board(piece)
            judgement = verdicts.judge(self.rules, self._shapes, self._applicability, board)
            parts.append(Part(piece, judgement, board.scene.whys.pairs()))
        return Findings(self.rules, parts)

    def _board(self, batch: Batch) -> Board:
        scene = Scene(batch, self._patterns, self._whys)
        scene.matches = self._matcher.find(batch, _Wanted(scene, self._scopes_of))
        board = Board(scene, self._states, self._defaults)
        for group, questions in self._needs.items():
            board.require(group, questions)
        if len(self._simple.conditions):
            board.add_counted(self._simple, find.count(self._simple, scene))
        idle_ones = self._idle_ones(scene)
        for number in self._others[
            ~idle_ones[self._others] | self._anchored[self._others]
        ].tolist():
            self._judge(number, board, is_idle=bool(idle_ones[number]))
        for number in self._hopeless():
            board.suspend(number, self._suspended(number) or "")
        return board

    def _idle_ones(self, scene: Scene) -> Bools:
        """For each question whether none of the patterns was found that could change its answer."""
        found = np.add.reduceat(scene.present[self._idle_patterns], self._idle_first)
        idle_ones: Bools = self._can_idle & (found == 0)
        return idle_ones

    def _judge(self, number: int, board: Board, *, is_idle: bool) -> None:
        question = self.questions[number]
        if board.lacks(number).all():
            return  # what it needs is nowhere: the board says so already
        if question.anchor is not None:
            board.judge_anchored(number, question, is_idle=is_idle)
            return
        masks = board.scene.masks
        board.add(number, judge(question, board.scene, masks.of_scope, board.lacks(number)))

    def _suspended(self, number: int) -> str | None:
        for pattern in _patterns_of(self.questions[number]):
            detail = self._matcher.suspended.get(self._patterns[pattern])
            if detail is not None:
                return detail
        return None

    def _hopeless(self) -> list[int]:
        if not self._matcher.suspended:
            return []
        numbers = range(len(self.questions))
        return [number for number in numbers if self._suspended(number) is not None]

    def _when_idle(self) -> tuple[npt.NDArray[np.uint8], Defaults]:
        rest = [idle(question) or Idle((), MISS) for question in self.questions]
        nothing = len(self._patterns)  # a number that no pattern has, so that none is empty
        patterns = [[*(self._patterns[p] for p in one.patterns), nothing] for one in rest]
        self._can_idle: Bools = np.array([bool(one.patterns) for one in rest], dtype=bool)
        self._idle_patterns = np.concatenate([np.zeros(0, np.int64), *map(np.array, patterns)])
        self._idle_first = np.cumsum([0, *map(len, patterns[:-1])])
        return np.array([one.state for one in rest], dtype=np.uint8), Defaults(
            np.array([one.value for one in rest], dtype=np.float64),
            np.array([one.threshold for one in rest], dtype=np.float64),
            np.array([self._whys.code(one.reason, one.detail) for one in rest], dtype=np.int64),
        )

    def _in_order(self) -> list[int]:
        """The questions that are judged one by one, those first that others hang on."""
        simple = set(self._simple.conditions.tolist())
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


class _Questions:
    """Numbers the different questions of all rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.questions: list[Question] = []
        self.numbers_of: dict[str, dict[str, int]] = {}
        known: dict[Question, int] = {}
        for rule in rules:
            mine: dict[str, int] = {}
            for name in _anchors_first(rule):
                question = _question(rule.condition(name), mine)
                if question not in known:
                    known[question] = len(self.questions)
                    self.questions.append(question)
                mine[name] = known[question]
            self.numbers_of[rule.id] = mine


def _question(condition: Condition, numbers: Mapping[str, int]) -> Question:
    if isinstance(condition.spec, Field | Duration):
        return Question(condition.spec, Scope())  # looks at the whole conversation
    anchor = condition.scope.anchor
    return Question(condition.spec, condition.scope, numbers[anchor.condition] if anchor else None)


def _anchors_first(rule: Rule) -> Iterable[str]:
    hangs_on = {
        c.name: [c.scope.anchor.condition] if c.scope.anchor else [] for c in rule.conditions
    }
    return TopologicalSorter(hangs_on).static_order()


def _patterns_of(question: Question) -> list[Pattern]:
    return [p for said, _ in said_by(question) for p in said.patterns] + list(anywhere(question))


def _patterns(questions: Sequence[Question]) -> dict[Pattern, int]:
    """The different patterns of all questions, numbered."""
    found = dict.fromkeys(p for question in questions for p in _patterns_of(question))
    return {pattern: number for number, pattern in enumerate(found)}


def _scopes_by_pattern(
    questions: Sequence[Question], patterns: Mapping[Pattern, int]
) -> dict[int, tuple[Scope, ...]]:
    """Where each pattern is looked for, anchors aside."""
    found: dict[int, dict[Scope, None]] = {number: {} for number in patterns.values()}
    for question in questions:
        for said, scope in said_by(question):
            for pattern in said.patterns:
                found[patterns[pattern]].setdefault(_bare(scope))
        for pattern in anywhere(question):
            found[patterns[pattern]].setdefault(Scope())
    return {number: tuple(scopes) for number, scopes in found.items()}


def _bare(scope: Scope) -> Scope:
    return replace(scope, anchor=None, quantifier=Quantifier())


def _grouped_needs(questions: Sequence[Question]) -> dict[Needs, Ints]:
    groups: dict[Needs, list[int]] = {}
    for number, question in enumerate(questions):
        groups.setdefault(needs(question), []).append(number)
    return {group: np.array(numbers) for group, numbers in groups.items()}


def _simple(questions: Sequence[Question], patterns: Mapping[Pattern, int]) -> Simple:
    chosen = [n for n, q in enumerate(questions) if find.is_simple(q.spec, q.scope)]
    specs = [spec for n in chosen if isinstance(spec := questions[n].spec, Find)]
    scopes = list(dict.fromkeys(questions[n].scope for n in chosen))
    uses = sorted(
        (patterns[pattern], place, group)
        for place, spec in enumerate(specs)
        for group, said in enumerate(spec.groups)
        for pattern in said.patterns
    )
    columns = np.array(uses, dtype=np.int64).reshape(-1, 3)
    negated: Bools = np.array([spec.negated for spec in specs], dtype=bool)
    return Simple(
        conditions=np.array(chosen, dtype=np.int64),
        scopes=tuple(scopes),
        scope_of=np.array([scopes.index(questions[n].scope) for n in chosen], dtype=np.int64),
        needed=np.array([spec.needed for spec in specs], dtype=np.int64),
        min_hits=np.array([spec.min_hits for spec in specs], dtype=np.int64),
        negated=negated,
        first_use=np.searchsorted(columns[:, 0], np.arange(len(patterns) + 1)),
        use_condition=columns[:, 1],
        use_group=columns[:, 2],
    )


def _shapes(rules: Sequence[Rule], numbers_of: Mapping[str, Mapping[str, int]]) -> list[Shape]:
    groups: dict[tuple[Expr, Expr | None], list[int]] = {}
    names: dict[tuple[Expr, Expr | None], tuple[str, ...]] = {}
    columns: dict[int, list[int]] = {}
    for place, rule in enumerate(rules):
        used = expression.names(rule.when)
        used += expression.names(rule.applies_when) if rule.applies_when else []
        called = {name: f"x{i}" for i, name in enumerate(dict.fromkeys(used))}
        condition = _renamed(rule.applies_when, called) if rule.applies_when else None
        key = (_renamed(rule.when, called), condition)
        groups.setdefault(key, []).append(place)
        names[key] = tuple(called.values())
        columns[place] = [numbers_of[rule.id][name] for name in called]
    return [
        Shape(key[0], key[1], names[key], np.array(places), np.array([columns[p] for p in places]))
        for key, places in groups.items()
    ]


def _renamed(expr: Expr, called: Mapping[str, str]) -> Expr:
    match expr:
        case Name(name):
            return Name(called[name])
        case Seq(in_order, within, unit):
            return Seq(tuple(called[name] for name in in_order), within, unit)
        case Not(item):
            return Not(_renamed(item, called))
        case Unless(item, exception):
            return Unless(_renamed(item, called), _renamed(exception, called))
        case And(items) | Or(items):
            return type(expr)(tuple(_renamed(item, called) for item in items))
        case AtLeast(count, items):
            return AtLeast(count, tuple(_renamed(item, called) for item in items))


def _applicability(rules: Sequence[Rule]) -> list[Applicability]:
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
    for place, rule in enumerate(rules):
        if rule.channels or rule.directions:
            groups.setdefault((rule.channels, rule.directions), []).append(place)
    return [
        Applicability(channels, directions, np.array(places))
        for (channels, directions), places in groups.items()
    ]
