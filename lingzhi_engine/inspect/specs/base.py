"""What every question tells the plan about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..logic import HIT, MISS
from ..pattern.pattern import Pattern
from ..scope import Scope


@dataclass(frozen=True, slots=True)
class Phrases:
    """Several ways of saying one thing: a turn says it when any of ``patterns`` is found.

    ``roles`` says whose turns count, the scope's own when empty. With ``check``, a match counts
    only if the entity check of that name accepts its words.
    """

    patterns: tuple[Pattern, ...]
    roles: tuple[str, ...] = ()
    name: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Idle:
    """The answer when none of ``patterns`` was found anywhere; the others need not be judged.

    ``state`` is a code of ``logic``; the rest is the evidence, or the reason where it is na.
    """

    patterns: tuple[Pattern, ...]
    state: int
    value: float = float("nan")
    threshold: float = float("nan")
    reason: str | None = None
    detail: str | None = None


NEVER: frozenset[int] = frozenset()
ON_HIT, ON_MISS, ON_BOTH = frozenset({HIT}), frozenset({MISS}), frozenset({HIT, MISS})


class Spec:
    """What an operator comes down to: a kind of question with its exact meaning.

    ``reference`` answers it slowly and plainly, ``judge`` answers it for whole batches. ``whole``
    questions look at the conversation and pass over the scope; ``counts_none`` questions have an
    answer even where nobody of the scope's roles speaks; ``within_scope`` questions can be answered
    for good once all turns of their scopes were said.
    """

    __slots__ = ()
    whole: ClassVar[bool] = False
    counts_none: ClassVar[bool] = False
    within_scope: ClassVar[bool] = False

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        """What is looked for in the scope, or in turns of the phrases' own roles."""
        return ()

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        """Patterns that are looked for in every turn, whatever the scope."""
        return ()

    @property
    def is_costly(self) -> bool:
        """Whether asking costs money or time at somebody else's (see ``put_off``)."""
        return False

    @property
    def takes_time(self) -> bool:
        """Whether all turns must have their times."""
        return False

    def idle(self, scope: Scope) -> Idle | None:
        """The answer where nothing is found; ``None`` when the question must always be judged."""
        return None

    def settles(self, scope: Scope) -> frozenset[int]:
        """The answers, hit or miss, that nothing said later can change.

        Asked for scopes from which later turns take nothing away (``Scope.grows``).
        """
        return NEVER

    @property
    def overdue_after(self) -> int | None:
        """How many turns of its role behind a trigger a duty that was not done is missed for good.

        ``None`` where more turns can always mend it, or where there is no duty.
        """
        return None

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The patterns of all phrases."""
        return tuple(p for said in self.phrases for p in said.patterns)
