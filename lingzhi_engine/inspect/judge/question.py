"""A condition as the plan sees it, and what judging it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from ..batch import Bools, Ints
from ..pattern.pattern import Pattern
from ..scope import Scope
from ..specs import Phrases, Spec
from .scene import Places, Scene
from .scope import Needs

MaskOf: TypeAlias = Callable[[Scope], Bools]


@dataclass(frozen=True)
class Question:
    """One condition of a plan; conditions that are equal share it.

    ``anchor`` is the number of the question its scope hangs on.
    """

    spec: Spec
    scope: Scope
    anchor: int | None = None

    @cached_property
    def said(self) -> list[tuple[Phrases, Scope]]:
        """The phrases of the question, each with the scope of its roles."""
        return [(one, self.scope.of_roles(one.roles)) for one in self.spec.phrases]

    @property
    def scopes(self) -> list[Scope]:
        """The scopes of the phrases, the question's own where it has none."""
        return [scope for _, scope in self.said] or [self.scope]

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """All patterns of the question, wherever they count."""
        return self.spec.patterns + self.spec.anywhere

    @property
    def needs(self) -> Needs:
        """What a conversation must have for the question to be judged."""
        if self.spec.whole:
            return Needs(turns=False)
        times = self.scope.needs_times or self.spec.takes_time
        if self.spec.counts_none:
            return Needs(turns=False, times=times)
        roles = dict.fromkeys(scope.roles for scope in self.scopes if scope.roles)
        return Needs(tuple(roles), times=times)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to a batch.

    ``mask_of`` gives the turns of a scope, anchor and all; ``lacks`` for each conversation the
    code of what it lacks, 0 when it can be judged.
    """

    question: Question
    scene: Scene
    mask_of: MaskOf
    lacks: Ints

    @property
    def spec(self) -> Any:
        """The question's spec; its judge knows of which kind it is."""
        return self.question.spec

    @property
    def mask(self) -> Bools:
        """The turns of the question's scope."""
        return self.mask_of(self.question.scope)

    @property
    def places(self) -> list[Places]:
        """Where each of the phrases is said."""
        return [self.scene.phrases(said, self.mask_of(scope)) for said, scope in self.question.said]
