"""The tree of a pattern. A word is a sequence of characters; a regular expression may be more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]

DIGIT: Ranges = ((0x30, 0x39),)
SPACE: Ranges = ((0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x3000, 0x3000))
HAN: Ranges = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
WORD: Ranges = (*DIGIT, (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0x24F), *HAN)


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of ``ranges`` (code points, both ends included), or out of the others."""

    ranges: Ranges
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first of ``options`` that leads to a match."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """``node`` from ``low`` to ``high`` times (``None``: any number), ``mode`` as written."""

    node: Node
    low: int
    high: int | None
    mode: str = ""  # "" greedy, "?" lazy, "+" possessive


@dataclass(frozen=True, slots=True)
class Group:
    """A numbered group, to be referred to later."""

    number: int
    node: Node


@dataclass(frozen=True, slots=True)
class BackReference:
    """The same characters that group ``number`` matched."""

    number: int


@dataclass(frozen=True, slots=True)
class Look:
    """``node`` must (not) match here, ahead or behind, without being part of the match."""

    node: Node
    ahead: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place: ``start`` or ``end`` of the turn, a word ``boundary`` or ``inside``."""

    kind: str


Node: TypeAlias = Chars | Sequence | Choice | Repeat | Group | BackReference | Look | Anchor

ANY = Chars((), negated=True)


def width(node: Node) -> tuple[int, int | None]:
    """Fewest and most characters ``node`` can match; ``None`` when there is no most."""
    match node:
        case Chars():
            return 1, 1
        case Sequence(items):
            return _added([width(item) for item in items])
        case Choice(options):
            widths = [width(option) for option in options]
            highs = [high for _, high in widths]
            return min(low for low, _ in widths), None if None in highs else max(_known(highs))
        case Group(_, inner):
            return width(inner)
        case Repeat(inner, low, high):
            least, most = width(inner)
            return least * low, None if high is None or most is None else most * high
        case _:
            return 0, None if isinstance(node, BackReference) else 0


def _added(widths: list[tuple[int, int | None]]) -> tuple[int, int | None]:
    highs = [high for _, high in widths]
    return sum(low for low, _ in widths), None if None in highs else sum(_known(highs))


def _known(numbers: list[int | None]) -> list[int]:
    return [number for number in numbers if number is not None]
