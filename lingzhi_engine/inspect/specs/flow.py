"""Questions about the course of a conversation: a graph of steps, a row of stages."""

from __future__ import annotations

from dataclasses import dataclass

from .. import reasons
from ..logic import MISS, NA
from ..scope import Scope
from .base import Idle, Phrases, Spec


@dataclass(frozen=True, slots=True)
class Node:
    """A step of a flow (节点): what is said, what it is worth.

    ``turns`` limits how many turns behind the step before it may be said; ``optional``: it may be
    left out. ``to`` is used by interrupts: the step the flow goes on with.
    """

    id: str
    said: Phrases
    score: float = 1.0
    optional: bool = False
    turns: int | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one step to another, open when ``when`` is said (分支条件) or always.

    ``turns`` limits how many turns behind the step it may be said.
    """

    source: str
    target: str
    when: Phrases | None = None
    turns: int | None = None


@dataclass(frozen=True, slots=True)
class Flow(Spec):
    """The steps of a graph are taken (流程质检).

    The walk starts at ``start``, at the beginning of the conversation or behind the first place of
    ``trigger``. At a step its first place at or behind the position is looked for, no more than
    its ``turns`` turns of anybody on; if there is one, the step is taken and the position moves to
    its end (it stays if not ``ordered``: then steps may be said in any order), else it is missing.
    Then the walk goes on along an edge: of those whose condition is said behind the step, within
    ``turns`` (else ``branch_turns``) turns of anybody, the one that is said first; if none, the
    first edge without a condition. A step is walked to once. The walk ends where no edge leads on.

    Where one of ``interrupts`` is said behind the position and before the step (or the step is
    missing), the walk leaves for the interrupt's ``to``, or ends; each counts once.

    The share is the score of the steps taken over that of all steps of the walk, optional ones that
    were left out aside. It must reach ``min_share``; with ``must_end`` the walk must end at a step
    that was taken and has no way on. Without ``trigger`` being said the answer is na.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    start: str
    interrupts: tuple[Node, ...] = ()
    trigger: Phrases | None = None
    min_share: float = 1.0
    must_end: bool = False
    ordered: bool = True
    branch_turns: int | None = None

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        steps = tuple(node.said for node in self.nodes + self.interrupts)
        branches = tuple(edge.when for edge in self.edges if edge.when is not None)
        return (*(() if self.trigger is None else (self.trigger,)), *steps, *branches)

    def idle(self, scope: Scope) -> Idle | None:
        if self.trigger is None:
            return None
        return Idle(self.trigger.patterns, NA, reason=reasons.NO_TRIGGER)


@dataclass(frozen=True, slots=True)
class Stages(Spec):
    """The stages a conversation passes through (会话阶段).

    A turn in which one of ``stages`` is said begins it, the one said first in the turn or last with
    ``by_last`` (of several at one place the first listed); every turn of anybody belongs to the
    stage begun last. ``test`` present, missing: each of ``wanted`` is there, one of them is not;
    out_of_order: a stage begins behind one that is listed later; length: the turns of the one stage
    in ``wanted`` lie in ``low``..``high`` by ``measure`` turns, ms (from start to end of each),
    share_of_turns or share_of_time (0-1, of the whole conversation); a stage that is not there
    makes that na.
    """

    stages: tuple[Phrases, ...]
    test: str
    wanted: tuple[str, ...]
    measure: str = "turns"
    low: float | None = None
    high: float | None = None
    by_last: bool = False

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return self.stages

    @property
    def takes_time(self) -> bool:
        return self.test == "length" and self.measure in ("ms", "share_of_time")

    def idle(self, scope: Scope) -> Idle | None:
        if self.test == "length":
            return Idle(self.patterns, NA, reason=reasons.ANCHOR_MISSING, detail=self.wanted[0])
        if self.test == "out_of_order":
            return Idle(self.patterns, MISS, reason=reasons.ABSENT)
        return None
