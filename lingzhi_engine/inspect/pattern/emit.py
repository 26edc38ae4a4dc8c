"""Writes patterns for the matchers: the backtracking one, and Hyperscan for all at once.

Hyperscan scans turns that are joined by line breaks, so nothing written for it may match one.
What it cannot express is widened; it then finds candidates that the other matcher confirms.
"""

from __future__ import annotations

from dataclasses import dataclass

from .cost import size
from .nodes import (
    ANY,
    WORD,
    Anchor,
    BackReference,
    Chars,
    Choice,
    Group,
    Look,
    Node,
    Ranges,
    Repeat,
    Sequence,
    width,
)
from .pattern import Pattern

_NEWLINE = 0x0A
_PLACES = (Anchor("start"), Anchor("end"))
_WIDE = 64  # classes of more characters than this are widened when they are repeated
_LARGE = 1500  # characters, repetitions written out, that Hyperscan is asked to compile at most
_LONG = 40  # repetitions beyond this are widened to "any number": the database stays small


@dataclass(frozen=True, slots=True)
class Scannable:
    """A pattern for Hyperscan.

    ``width`` is the number of characters of every match when all that is found is true, so that
    the end gives the start; ``None`` when a candidate must be confirmed.
    """

    source: str
    width: int | None


def scannable(pattern: Pattern) -> Scannable | None:
    """The pattern for Hyperscan; ``None`` when nothing is left to search for, or too much."""
    least, most = width(pattern.folded)
    if least == most and _is_plain(pattern.folded) and size(pattern.folded) <= _LARGE:
        return Scannable(_Writer(for_scan=True).write(pattern.folded), least)
    widened = _widened(pattern.folded)
    widened = _shortened(widened)
    if width(widened)[0] == 0 or size(widened) > _LARGE:
        return None
    return Scannable(_Writer(for_scan=True).write(widened), None)


def confirming(pattern: Pattern) -> str:
    """The pattern for ``re`` and ``regex``."""
    return _Writer(for_scan=False).write(pattern.folded)


def _is_plain(node: Node) -> bool:
    """Whether Hyperscan finds exactly what the node means."""
    match node:
        case Sequence(parts) | Choice(parts):
            return all(_is_plain(part) for part in parts)
        case Repeat(inner, low, _, mode):
            return low <= _LONG and mode != "+" and _is_plain(inner)
        case Group(_, inner):
            return _is_plain(inner)
        case Anchor(kind):
            return kind in ("start", "end")
        case _:
            return isinstance(node, Chars)


def _widened(node: Node) -> Node:
    """A node Hyperscan can search for that matches wherever ``node`` does, and maybe elsewhere."""
    match node:
        case Sequence(items):
            return Sequence(tuple(_widened(item) for item in items))
        case Choice(options):
            return Choice(tuple(_widened(option) for option in options))
        case Repeat():
            return _widened_repeat(node)
        case Group(_, inner):
            return _widened(inner)
        case _:
            return node if isinstance(node, Chars) or node in _PLACES else _dropped(node)


def _widened_repeat(node: Repeat) -> Node:
    limit = None if node.high is None or node.high > _LONG else node.high
    if isinstance(node.node, Chars) and _is_wide(node.node) and node.high != 1:
        return Repeat(ANY, 0, limit)  # counting "anything" costs far less than counting Han
    return Repeat(_widened(node.node), min(node.low, _LONG), limit)


def _dropped(node: Node) -> Node:
    return Repeat(ANY, 0, None) if isinstance(node, BackReference) else Sequence(())


def _is_wide(chars: Chars) -> bool:
    return not chars.negated and sum(high - low + 1 for low, high in chars.ranges) > _WIDE


def _shortened(node: Node) -> Node:
    """``node`` without what it may match beyond its shortest end: fewer matches to report."""
    match node:
        case Sequence(items) if items:
            last = _shortened(items[-1])
            if last == Sequence(()):
                return _shortened(Sequence(items[:-1]))
            return Sequence((*items[:-1], last))
        case Choice(options):
            return Choice(tuple(_shortened(option) for option in options))
        case Repeat(inner, low):
            return Repeat(inner, low, low) if low else Sequence(())
        case _:
            return node


class _Writer:
    def __init__(self, *, for_scan: bool) -> None:
        self.for_scan = for_scan

    def write(self, node: Node) -> str:
        match node:
            case Chars(ranges, negated):
                return self.chars(ranges, negated)
            case Sequence(items):
                return "".join(self.operand(item) for item in items)
            case Choice(options):
                return "|".join(self.write(option) for option in options)
            case Repeat(high=0):
                return ""  # Hyperscan refuses a repetition of none
            case Repeat(inner, low, high, mode):
                most = "" if high is None else high
                return f"{self.operand(inner, repeated=True)}{{{low},{most}}}{mode}"
            case _:
                return self.special(node)

    def operand(self, node: Node, *, repeated: bool = False) -> str:
        written = self.write(node)
        loose = isinstance(node, Choice) or (repeated and isinstance(node, Sequence | Repeat))
        return f"(?:{written})" if loose else written

    def special(self, node: Node) -> str:
        match node:
            case Group(number, inner):
                opening = "(?:" if self.for_scan else f"(?P<g{number}>"
                return f"{opening}{self.write(inner)})"
            case Look(inner, ahead, negated):
                return f"(?{'' if ahead else '<'}{'!' if negated else '='}{self.write(inner)})"
            case BackReference(number):
                return f"(?P=g{number})"
            case Anchor(kind):
                return self.place(kind)
            case _:
                raise TypeError(type(node).__name__)

    def place(self, kind: str) -> str:
        if kind in ("start", "end"):
            return "^" if kind == "start" else "$"
        letter = self.chars(WORD, False)
        both, none = f"(?<={letter})(?={letter})", f"(?<!{letter})(?!{letter})"
        edges = f"(?<={letter})(?!{letter})|(?<!{letter})(?={letter})"
        return f"(?:{edges if kind == 'boundary' else f'{both}|{none}'})"

    def chars(self, ranges: Ranges, negated: bool) -> str:
        if self.for_scan:
            ranges, negated = _without_newline(ranges, negated)
        if not ranges:
            return r"[\s\S]"
        if len(ranges) == 1 and ranges[0][0] == ranges[0][1] and not negated:
            return _char(ranges[0][0])
        inside = "".join(_range(low, high) for low, high in ranges)
        return f"[{'^' if negated else ''}{inside}]"


def _without_newline(ranges: Ranges, negated: bool) -> tuple[Ranges, bool]:
    newline = (_NEWLINE, _NEWLINE)
    if negated:
        return (*(r for r in ranges if r != newline), newline), True
    kept: list[tuple[int, int]] = []
    for low, high in ranges:
        if low <= _NEWLINE <= high:
            kept += [(low, _NEWLINE - 1)] if low < _NEWLINE else []
            kept += [(_NEWLINE + 1, high)] if high > _NEWLINE else []
        else:
            kept.append((low, high))
    return tuple(kept), False


def _range(low: int, high: int) -> str:
    return _char(low) if low == high else f"{_char(low)}-{_char(high)}"


def _char(code: int) -> str:
    char = chr(code)
    if code < 0x80:
        return char if char.isalnum() else f"\\x{code:02x}"
    return char
