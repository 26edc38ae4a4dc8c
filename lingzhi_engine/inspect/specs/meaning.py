"""Questions about what is meant, which models answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..logic import UNKNOWN
from ..meaning.prompt import Brief
from ..reasons import NOT_ASKED
from ..scope import Scope
from .base import NEVER, ON_HIT, Idle, Spec


@dataclass(frozen=True, slots=True)
class Certainty:
    """From which probability on something is so, and down from which it is not.

    In between nobody can tell. ``sure`` is ``None`` for a classifier's own threshold, ``ruled_out``
    for all below ``sure``.
    """

    sure: float | None = None
    ruled_out: float | None = None


@dataclass(frozen=True, slots=True)
class Mood(Spec):
    """The sentiment of what is said in the scope.

    Looked at is the probability of ``label``, in single turns or, unless ``per_turn``, in all of
    them together; without a label the score, from 0 negative over 0.5 neutral to 1 positive, which
    must lie in ``low``..``high``. Turns of fewer than ``min_chars`` letters do not count; where no
    turn counts, the answer is unknown. ``min_count`` turns must be so; where the turns that may or
    may not be so could make up the number, the answer is unknown.
    """

    label: str | None
    certainty: Certainty
    low: float | None = None
    high: float | None = None
    per_turn: bool = True
    min_chars: int = 4
    min_count: int = 1

    within_scope: ClassVar[bool] = True

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT if self.per_turn else NEVER


@dataclass(frozen=True, slots=True)
class Classified(Spec):
    """The classifier ``model`` gives one of ``labels`` to what is said in the scope.

    A label is given to what it is the most probable one for. Beyond that ``certainty``,
    ``per_turn``, ``min_chars`` and ``min_count`` mean what they mean for ``Mood``, for the
    probability of the most probable of ``labels``. A label of which the classifier had too few
    examples to be measured makes the answer unknown.
    """

    model: str
    labels: tuple[str, ...]
    certainty: Certainty
    per_turn: bool = True
    min_chars: int = 2
    min_count: int = 1

    within_scope: ClassVar[bool] = True

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT if self.per_turn else NEVER


class Costly(Spec):
    """A question that costs money or time at somebody else's.

    It is asked only where it can still change what its rule says: not where the rule does not
    apply, and not where its other conditions decide. What is not asked is unknown ("not_asked").
    """

    __slots__ = ()

    @property
    def is_costly(self) -> bool:
        return True

    def idle(self, scope: Scope) -> Idle | None:
        return Idle((), UNKNOWN, reason=NOT_ASKED) if self.is_costly else None


@dataclass(frozen=True, slots=True)
class Judged(Costly):
    """A judge gives one of the answers ``hit_when`` to the task ``brief``.

    It sees the turns of the scope, or all turns with ``context``. Every quote must stand in the
    turn it names, sign for sign, else the answer is unknown; so it is when a hit has no quote
    although ``needs_quote``. The quotes are the evidence.
    """

    brief: Brief
    hit_when: tuple[str, ...]
    needs_quote: bool = True
    context: bool = True


@dataclass(frozen=True, slots=True)
class Knowledge(Costly):
    """What the scope's roles answer to questions that the knowledge base knows.

    A turn of ``asked_by`` asks an entry when the most similar of its questions is as similar as
    ``question_threshold``; the answer are the next ``sentences`` turns of the scope before the next
    turn that asks. ``meaning.knowledge`` says what agrees, contradicts and differs from
    ``answer_threshold`` on. A hit when one answer is one of ``hit_when``; na when nobody asks.
    With ``by_judge`` a judge compares instead, on the entries found.
    """

    hit_when: tuple[str, ...]
    asked_by: tuple[str, ...] = ("customer",)
    entries: tuple[str, ...] = ()
    question_threshold: float = 0.5
    answer_threshold: float = 0.5
    sentences: int = 3
    by_judge: bool = False

    @property
    def is_costly(self) -> bool:
        return self.by_judge
