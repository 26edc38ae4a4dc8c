"""Questions about what kind of text is said: like an example, long, polite, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..pattern.pattern import Pattern
from ..scope import Scope
from .base import NEVER, ON_HIT, Phrases, Spec


@dataclass(frozen=True, slots=True)
class Similar(Spec):
    """``min_hits`` or more turns say something like one of ``examples``.

    A turn does when it, or one of its sentences if ``per_sentence``, is like an example by
    ``threshold`` or more (``likeness``, by ``method``) and less like every one of ``negatives``.
    Stretches of fewer than ``min_length`` letters and turns with a match of ``exclude`` do not
    count. Examples are folded letters. A quantifier of the scope other than any stands in place
    of ``min_hits``.
    """

    examples: tuple[str, ...]
    negatives: tuple[str, ...] = ()
    threshold: float = 0.7
    method: str = "ngram"
    per_sentence: bool = True
    min_length: int = 2
    min_hits: int = 1
    exclude: tuple[Pattern, ...] = ()

    within_scope: ClassVar[bool] = True

    @property
    def anywhere(self) -> tuple[Pattern, ...]:
        return self.exclude

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT if scope.quantifier.grows else NEVER


@dataclass(frozen=True, slots=True)
class Length(Spec):
    """As many turns as the quantifier wants have ``low``..``high`` of ``what``.

    letters: letters and digits; signs: all characters; sentences.
    """

    what: str
    low: float | None = None
    high: float | None = None

    within_scope: ClassVar[bool] = True

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT if scope.quantifier.grows else NEVER


@dataclass(frozen=True, slots=True)
class Language(Spec):
    """As many turns as the quantifier wants, or the scope as a whole, are in ``languages``.

    The language (``scripts.language``) follows from Han characters, words of Latin letters, other
    letters and ``cantonese`` characters. What has fewer than ``min_length`` of these in all has
    no language and does not count among the turns; without any the answer is unknown. For the
    scope as a whole the evidence shows the share of its most frequent script.
    """

    languages: tuple[str, ...]
    cantonese: Phrases
    per_turn: bool = True
    min_length: int = 2

    within_scope: ClassVar[bool] = True

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return (self.cantonese,)

    def settles(self, scope: Scope) -> frozenset[int]:
        return ON_HIT if self.per_turn and scope.quantifier.grows else NEVER


@dataclass(frozen=True, slots=True)
class Letters(Spec):
    """The share of ``script`` among the signs of the scope lies in ``low``..``high``.

    Signs are Han characters, words of Latin letters, and other letters one by one.
    """

    script: str
    low: float | None = None
    high: float | None = None

    within_scope: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Politeness(Spec):
    """How polite the turns of the scope are lies in ``low``..``high``.

    ``measure`` polite, impolite: the share of turns with such words; score: the former less the
    latter, -1 to 1. A hit shows the words that count: for the score the impolite ones.
    """

    measure: str
    polite: Phrases
    impolite: Phrases
    low: float | None = None
    high: float | None = None

    within_scope: ClassVar[bool] = True

    @property
    def phrases(self) -> tuple[Phrases, ...]:
        return (self.polite, self.impolite)
