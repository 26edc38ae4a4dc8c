"""Lays the conditions of a rule set out so that they can be judged together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from graphlib import TopologicalSorter

import numpy as np

from .. import expression
from ..batch import Bools, Ints
from ..expression import And, AtLeast, Expr, Name, Not, Or, Seq, Unless
from ..model import Condition, Rule
from ..pattern.pattern import Pattern
from ..put_off import put_off
from ..scope import Quantifier, Scope
from ..specs import Find
from . import find
from .find import Simple
from .question import Question
from .scope import Needs
from .shapes import Shape
from .verdicts import Applicability


class Questions:
    """Numbers the different questions of all rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.questions: list[Question] = []
        self.numbers_of: dict[str, dict[str, int]] = {}
        known: dict[tuple[Question, str], int] = {}  # costly ones each rule asks for itself
        for rule in rules:
            last = put_off(rule)
            mine: dict[str, int] = {}
            for name in _anchors_first(rule):
                question = _question(rule.condition(name), mine)
                key = (question, rule.id if name in last else "")
                if key not in known:
                    known[key] = len(self.questions)
                    self.questions.append(question)
                mine[name] = known[key]
            self.numbers_of[rule.id] = mine


def _question(condition: Condition, numbers: Mapping[str, int]) -> Question:
    if condition.spec.whole:
        return Question(condition.spec, Scope())  # looks at the whole conversation
    anchor = condition.scope.anchor
    return Question(condition.spec, condition.scope, numbers[anchor.condition] if anchor else None)


def _anchors_first(rule: Rule) -> Iterable[str]:
    hangs_on = {
        c.name: [c.scope.anchor.condition] if c.scope.anchor else [] for c in rule.conditions
    }
    return TopologicalSorter(hangs_on).static_order()


def number_patterns(questions: Sequence[Question]) -> dict[Pattern, int]:
    """The different patterns of all questions, numbered."""
    found = dict.fromkeys(p for question in questions for p in question.patterns)
    return {pattern: number for number, pattern in enumerate(found)}


def scopes_by_pattern(
    questions: Sequence[Question], patterns: Mapping[Pattern, int]
) -> dict[int, tuple[Scope, ...]]:
    """Where each pattern is looked for, anchors aside."""
    found: dict[int, dict[Scope, None]] = {number: {} for number in patterns.values()}
    for question in questions:
        for said, scope in question.said:
            for pattern in said.patterns:
                found[patterns[pattern]].setdefault(_bare(scope))
        for pattern in question.spec.anywhere:
            found[patterns[pattern]].setdefault(Scope())
    return {number: tuple(scopes) for number, scopes in found.items()}


def _bare(scope: Scope) -> Scope:
    return replace(scope, anchor=None, quantifier=Quantifier())


def grouped_needs(questions: Sequence[Question]) -> dict[Needs, Ints]:
    """The questions that need the same of a conversation."""
    groups: dict[Needs, list[int]] = {}
    for number, question in enumerate(questions):
        groups.setdefault(question.needs, []).append(number)
    return {group: np.array(numbers) for group, numbers in groups.items()}


def lay_out_simple(questions: Sequence[Question], patterns: Mapping[Pattern, int]) -> Simple:
    """The questions that are judged by counting, as columns."""
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


def lay_out_shapes(
    rules: Sequence[Rule], numbers_of: Mapping[str, Mapping[str, int]]
) -> list[Shape]:
    """The rules whose expressions have the same shape."""
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


def lay_out_applicability(rules: Sequence[Rule]) -> list[Applicability]:
    """The rules of the same channels and directions, those for all left out."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
    for place, rule in enumerate(rules):
        if rule.channels or rule.directions:
            groups.setdefault((rule.channels, rule.directions), []).append(place)
    return [
        Applicability(channels, directions, np.array(places))
        for (channels, directions), places in groups.items()
    ]
