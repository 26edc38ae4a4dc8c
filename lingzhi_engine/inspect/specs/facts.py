"""Questions about facts that are told, repeated and held against each other."""

from __future__ import annotations

from dataclasses import dataclass

from .. import reasons
from ..logic import NA
from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import ON_HIT, ON_MISS, Idle, Phrases, Spec


@dataclass(frozen=True, slots=True)
class Told:
    """One ``kind`` of fact (of ``facts.FACTS``, or a name of the rule for words of its own).

    ``said`` are its patterns where it is told, ``repeated`` where it is said again.
    """

    kind: str
    said: tuple[Pattern, ...]
    repeated: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Echo(Spec):
    """At least the share ``share`` of the different facts told in the scope is said again.

    Told by ``told_by``, said again by ``roles`` (the scope's if empty) in one of their next
    ``turns`` turns (0: any) behind one in which it was told, inside the scope or not. Tellings
    of one value (``facts.value_of`` with ``ends``) are one fact; it is said again by any of the
    ``facts.stand_ins`` of such a telling. Without facts: na.
    """

    facts: tuple[Told, ...]
    told_by: tuple[str, ...]
    roles: tuple[str, ...] = ()
    turns: int = 0
    share: float = 1.0
    ends: int | None = None

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        said = tuple(pattern for fact in self.facts for pattern in fact.said)
        return (Phrases(said, self.told_by), Phrases((), self.roles))

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return tuple(pattern for fact in self.facts for pattern in fact.repeated)

    def idle(self, scope: Scope) -> Idle | None:
        return Idle(self.phrases[0].patterns, NA, reason=reasons.NO_TRIGGER)


@dataclass(frozen=True, slots=True)
class Agreement(Spec):
    """Facts of ``kind`` told in the scope are ``equal`` to others, or none of them is.

    The others are the values of ``field`` (see ``specs.Field``), or without one the facts told by
    ``others`` in the same scope. Equal is one of the same value (``facts.value_of`` with
    ``ends``). na where either side tells nothing, unknown where the field is missing.
    """

    kind: str
    said: tuple[Pattern, ...]
    field: str | None = None
    others: tuple[str, ...] = ()
    equal: bool = True
    ends: int | None = None

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        mine = Phrases(self.said, name=self.kind)
        return (mine,) if self.field else (mine, Phrases(self.said, self.others, self.kind))

    def idle(self, scope: Scope) -> Idle | None:
        return Idle(self.said, NA, reason=reasons.NO_TRIGGER)

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT if self.equal else ON_MISS
