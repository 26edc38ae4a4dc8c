"""The nouns of a score sheet (评分表): sections of items, what may be answered, what it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class ItemKind(StrEnum):
    """How an item is answered.

    ``choice``: one of its answers. ``multi``: any of its answers. ``scale``: a number between two
    ends. ``measure``: a measured number with limits. ``count``: how often something happened.
    ``text`` and ``date`` are noted and give no points.
    """

    CHOICE = "choice"
    MULTI = "multi"
    SCALE = "scale"
    MEASURE = "measure"
    COUNT = "count"
    TEXT = "text"
    DATE = "date"


class SectionKind(StrEnum):
    """What a section does to the score.

    ``rated``: part of the full mark (项目评定法). ``bonus``: points on top of it. ``counted``: each
    occurrence takes points away or adds some (减分搜查法, 关键事件法).
    """

    RATED = "rated"
    BONUS = "bonus"
    COUNTED = "counted"


class Veto(StrEnum):
    """What a failed item brings down: nothing, its section (分项否决), the sheet (一票否决)."""

    NONE = "none"
    SECTION = "section"
    SHEET = "sheet"


class Family(StrEnum):
    """The three families of critical errors, each reported on its own."""

    CUSTOMER = "customer"
    BUSINESS = "business"
    COMPLIANCE = "compliance"


class Need(StrEnum):
    """When something has to come with an answer."""

    NEVER = "never"
    FAILED = "failed"
    ALWAYS = "always"


SCORED = frozenset(ItemKind) - {ItemKind.TEXT, ItemKind.DATE}
WITH_ANSWERS = frozenset({ItemKind.CHOICE, ItemKind.MULTI})
WITH_NUMBER = frozenset({ItemKind.SCALE, ItemKind.MEASURE, ItemKind.COUNT})


@dataclass(frozen=True, slots=True)
class Answer:
    """One of an item's answers; ``share`` (0-1) is the part of the item's points it gives."""

    code: str
    title: str
    share: Fraction
    is_failed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An item is asked only when the choice ``item`` before it got one of ``answers``."""

    item: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fill:
    """Inspection rules that answer an item: ``hit`` where one of them hits, ``miss`` where none.

    For a count the places found are counted and no answers are named.
    """

    rules: tuple[str, ...]
    hit: str = ""
    miss: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a sheet.

    ``points`` are the most a rated item gives, and what one occurrence of a counted item gives or,
    below zero, takes; ``cap`` bounds the latter's sum. A scale runs from ``low`` to ``high`` by
    ``step`` and fails below ``fails_below``; a measure fails outside ``low`` to ``high``, of which
    one may be missing. ``clauses`` name what asks for the item, in the words of whoever shows it.
    """

    code: str
    title: str
    kind: ItemKind
    guidance: str = ""
    points: Fraction = Fraction(0)
    cap: Fraction | None = None
    answers: tuple[Answer, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    step: Fraction | None = None
    fails_below: Fraction | None = None
    unit: str = ""
    veto: Veto = Veto.NONE
    family: Family | None = None
    allows_na: bool = False
    is_optional: bool = False
    comment: Need = Need.NEVER
    evidence: Need = Need.NEVER
    photo: Need = Need.NEVER
    causes: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    shown: Shown | None = None
    fill: Fill | None = None

    @property
    def is_scored(self) -> bool:
        """Whether an answer changes the score."""
        return self.kind in SCORED

    def answer(self, code: str) -> Answer | None:
        """The answer of this code."""
        return next((one for one in self.answers if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Items that belong together. With ``fails_after`` failed items the section gives nothing."""

    code: str
    title: str
    kind: SectionKind
    items: tuple[Item, ...]
    weight: Fraction | None = None
    fails_after: int | None = None

    @property
    def points(self) -> Fraction:
        """The most that its items give together."""
        return sum((item.points for item in self.items if item.is_scored), Fraction(0))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A score sheet.

    ``full`` is the full mark; ``start`` is where a sheet without rated sections begins. A vetoed
    sheet gets ``veto_score``; ``fails_after`` failed sections veto it as well. ``passes_at`` and
    ``excels_at`` are the lines of 合格 and 优秀, both included.
    """

    title: str
    sections: tuple[Section, ...]
    full: Fraction = Fraction(100)
    start: Fraction | None = None
    passes_at: Fraction | None = None
    excels_at: Fraction | None = None
    veto_score: Fraction = Fraction(0)
    fails_after: int | None = None

    @property
    def items(self) -> Iterator[Item]:
        """Every item, in the order of the sheet."""
        return (item for section in self.sections for item in section.items)

    @property
    def rated(self) -> tuple[Section, ...]:
        """The sections that make up the full mark."""
        return tuple(one for one in self.sections if one.kind is SectionKind.RATED)

    @property
    def is_weighted(self) -> bool:
        """Whether sections, not items, say how much they count."""
        return any(section.weight is not None for section in self.rated)


Value = str | Fraction | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to one item; ``evidence`` and ``photos`` are how many stand by it."""

    value: Value | None = None
    is_na: bool = False
    comment: str = ""
    causes: tuple[str, ...] = ()
    evidence: int = 0
    photos: int = 0

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer, "does not apply" included."""
        return self.is_na or self.value not in (None, "", ())


NOTHING = Given()
Answers = Mapping[str, Given]
