"""Judges the expressions of rules: rules whose expressions have the same shape, together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..batch import Ints
from ..expression import And, AtLeast, Expr, Name, Not, Or, Seq, Unless, names
from ..logic import HIT, MISS, NA, UNKNOWN
from ..reasons import NO_TIMES
from .board import Board
from .rows import NOWHERE
from .sequence import Places, chains

States = npt.NDArray[np.uint8]

NEGATED = np.array([HIT, UNKNOWN, NA, MISS], dtype=np.uint8)
_EXCUSED = np.array([HIT, UNKNOWN, HIT, MISS], dtype=np.uint8)  # an exception that is na: none


@dataclass(frozen=True, slots=True)
class Shape:
    """Rules with equal expressions over different questions.

    ``questions`` has a row for each rule and a column for each name, in the order of ``names``.
    """

    when: Expr
    applies_when: Expr | None
    names: tuple[str, ...]
    rules: Ints
    questions: Ints


@dataclass(frozen=True, slots=True)
class Support:
    """Which questions speak for a verdict: ``pair`` is an index into the pairs asked about.

    ``question`` is ``NOWHERE`` for a place that a sequence points at (``turn``, ``start``,
    ``end``), or for an absence when ``turn`` is ``NOWHERE`` too.
    """

    pair: Ints
    question: Ints
    turn: Ints
    start: Ints
    end: Ints


class Judged:
    """Expressions over pairs of a rule of the shape and a conversation.

    ``rule`` and ``conversation`` give the pairs one by one. Without them the pairs are all there
    are, and states have a row for each rule and a column for each conversation.
    """

    def __init__(self, shape: Shape, board: Board, pairs: tuple[Ints, Ints] | None = None) -> None:
        self.shape = shape
        self.board = board
        self.pairs = pairs

    def questions(self, name: str) -> Ints:
        """The question called ``name``, for each pair or for each rule."""
        mine: Ints = self.shape.questions[:, self.shape.names.index(name)]
        return mine if self.pairs is None else mine[self.pairs[0]]

    def state(self, expr: Expr) -> States:
        """The state of ``expr`` for each pair."""
        match expr:
            case Name(name):
                questions = self.questions(name)
                if self.pairs is None:
                    return self.board.state[questions]
                known: States = self.board.state[questions, self.pairs[1]]
                return known
            case Seq():
                return self._sequence(expr)
            case _:
                return combined(expr, [self.state(part) for part in parts(expr)])

    def _sequence(self, seq: Seq) -> States:
        given: States = np.minimum.reduce([self.state(Name(name)) for name in seq.names])
        flat = given.reshape(-1)
        hits = np.flatnonzero(flat == HIT)
        if seq.unit == "s":
            timed = self.board.scene.batch.has_times[self._places(hits)[1]]
            flat[hits[~timed]] = UNKNOWN
            hits = hits[timed]
        flat[hits] = MISS
        flat[hits[self._chains(seq, hits)[0].pair]] = HIT
        return given

    def _places(self, pair: Ints) -> tuple[Ints, Ints]:
        """Rule and conversation of pairs given by their place."""
        if self.pairs is not None:
            return self.pairs[0][pair], self.pairs[1][pair]
        rule, conversation = np.divmod(pair, self.board.state.shape[1])
        return rule, conversation

    def _chains(self, seq: Seq, pairs: Ints) -> list[Places]:
        """The places of each step, for those of ``pairs`` that have them."""
        rule, conversation = self._places(pairs)
        columns = [self.shape.names.index(name) for name in seq.names]
        questions = [self.shape.questions[rule, column] for column in columns]
        return chains(self.board, questions, conversation, seq)

    def why(self, expr: Expr, state: int) -> Ints:
        """For pairs whose ``expr`` is ``state``: why the first question that is so is so.

        When no question is so, a sequence lacks the times to measure its distances.
        """
        every = np.arange(self.state(expr).size)
        codes = np.full(len(every), self.board.scene.whys.code(NO_TIMES), dtype=np.int64)
        undecided = np.ones(len(every), dtype=bool)
        for name in names(expr):
            here = np.flatnonzero(undecided & (self.state(Name(name)) == state))
            conversation = self._places(here)[1]
            codes[here] = self.board.why(self.questions(name)[here], conversation)
            undecided[here] = False
        return codes

    def support(self, expr: Expr, pairs: Ints, positive: bool = True) -> Iterator[Support]:
        """What speaks for ``expr`` being a hit (a miss, if not ``positive``) in ``pairs``."""
        wanted = HIT if positive else MISS
        match expr:
            case Name(name):
                yield _of_questions(pairs, self.questions(name)[pairs])
            case Not(item):
                yield from self.support(item, pairs, not positive)
            case Seq():
                yield from self._sequence_support(expr, pairs, positive)
            case Unless(item, exception) if not positive:
                missed = self.state(item)[pairs] == MISS
                yield from self.support(item, pairs[missed], False)
                yield from self.support(exception, pairs[~missed], True)
            case Unless(item):
                yield from self.support(item, pairs, True)
            case _:
                for part in parts(expr):
                    fitting = pairs[self.state(part)[pairs] == wanted]
                    yield from self.support(part, fitting, positive)

    def _sequence_support(self, seq: Seq, pairs: Ints, positive: bool) -> Iterator[Support]:
        if not positive:
            yield _of_places(pairs, *[np.full(len(pairs), NOWHERE)] * 3)
            return
        for places in self._chains(seq, pairs):
            whole = places.start == places.end  # the whole turn
            start, end = (np.where(whole, NOWHERE, edge) for edge in (places.start, places.end))
            yield _of_places(pairs[places.pair], places.turn, start, end)


def parts(expr: Expr) -> Sequence[Expr]:
    """The expressions that ``expr`` is made of."""
    match expr:
        case Not(item):
            return (item,)
        case And(items) | Or(items) | AtLeast(_, items):
            return items
        case Unless(item, exception):
            return (item, exception)
        case _:
            return ()


def combined(expr: Expr, states: Sequence[States]) -> States:
    """The state of ``expr`` from the states of its parts."""
    state: States
    match expr:
        case Not():
            state = NEGATED[states[0]]
        case And():
            state = np.minimum.reduce(list(states))
        case Or():
            state = NEGATED[np.minimum.reduce([NEGATED[state] for state in states])]
        case AtLeast(count):
            state = _at_least(count, np.stack(list(states)))
        case Unless():
            state = np.minimum(states[0], _EXCUSED[states[1]])
        case _:
            raise TypeError(type(expr).__name__)
    return state


def _at_least(count: int, states: States) -> States:
    hits, misses = (states == HIT).sum(axis=0), (states == MISS).sum(axis=0)
    undecided = np.where((states == UNKNOWN).any(axis=0), np.uint8(UNKNOWN), np.uint8(NA))
    settled = np.where(hits >= count, np.uint8(HIT), undecided)
    return np.where(len(states) - misses < count, np.uint8(MISS), settled)


def _of_questions(pair: Ints, question: Ints) -> Support:
    nowhere = np.full(len(pair), NOWHERE, dtype=np.int64)
    return Support(pair, question, nowhere, nowhere, nowhere)


def _of_places(pair: Ints, turn: Ints, start: Ints, end: Ints) -> Support:
    return Support(pair, np.full(len(pair), NOWHERE, dtype=np.int64), turn, start, end)
