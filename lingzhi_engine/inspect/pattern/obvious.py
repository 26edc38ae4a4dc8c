"""The meaning of a pattern, written for reading: what the fast matchers are held against.

Matches are found as a backtracking matcher finds them: the leftmost start, the first way that
leads to the end, then on behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..fold import canonical, has_case_of
from .nodes import (
    WORD,
    Anchor,
    BackReference,
    Chars,
    Choice,
    Group,
    Look,
    Node,
    Repeat,
    Sequence,
)
from .pattern import Pattern

_NARROW = 256
_Captures = Mapping[int, tuple[int, int]]


def find_all(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    """Start and end of every match in ``text``, none overlapping another."""
    search = _Search(text, pattern)
    spans, at = [], 0
    while at <= len(text):
        end = next((end for end, _ in search.ways(pattern.node, at, {})), None)
        if end is None:
            at += 1
        else:
            spans.append((at, end))
            at = end
    return spans


class _Search:
    def __init__(self, text: str, pattern: Pattern) -> None:
        self.text = text
        self.fold, self.case = pattern.fold, pattern.case

    def ways(self, node: Node, at: int, groups: _Captures) -> Iterator[tuple[int, _Captures]]:
        """Every end that ``node`` can reach from ``at``, in the order it would be tried."""
        match node:
            case Chars():
                if at < len(self.text) and self._is_in(self.text[at], node):
                    yield at + 1, groups
            case Sequence(items):
                yield from self._in_order(items, at, groups)
            case Choice(options):
                for option in options:
                    yield from self.ways(option, at, groups)
            case Repeat():
                yield from self._repeated(node, at, groups, 0)
            case _:
                yield from self._special(node, at, groups)

    def _special(self, node: Node, at: int, groups: _Captures) -> Iterator[tuple[int, _Captures]]:
        match node:
            case Group(number, inner):
                for end, inside in self.ways(inner, at, groups):
                    yield end, {**inside, number: (at, end)}
            case BackReference(number):
                yield from self._again(number, at, groups)
            case Look() | Anchor():
                if self._holds(node, at, groups):
                    yield at, groups

    def _in_order(
        self, items: tuple[Node, ...], at: int, groups: _Captures
    ) -> Iterator[tuple[int, _Captures]]:
        if not items:
            yield at, groups
            return
        for middle, inside in self.ways(items[0], at, groups):
            yield from self._in_order(items[1:], middle, inside)

    def _repeated(
        self, node: Repeat, at: int, groups: _Captures, count: int
    ) -> Iterator[tuple[int, _Captures]]:
        if node.mode == "+":
            greedy = Repeat(node.node, node.low, node.high)
            yield from list(self._repeated(greedy, at, groups, count))[:1]
            return
        if node.mode == "?" and count >= node.low:
            yield at, groups
        if node.high is None or count < node.high:
            for middle, inside in self.ways(node.node, at, groups):
                if middle > at or count < node.low:
                    yield from self._repeated(node, middle, inside, count + 1)
        if node.mode == "" and count >= node.low:
            yield at, groups

    def _again(self, number: int, at: int, groups: _Captures) -> Iterator[tuple[int, _Captures]]:
        if number in groups:
            start, end = groups[number]
            if self.text.startswith(self.text[start:end], at):
                yield at + end - start, groups

    def _holds(self, node: Look | Anchor, at: int, groups: _Captures) -> bool:
        if isinstance(node, Anchor):
            return self._is_place(node.kind, at)
        if node.ahead:
            found = any(True for _ in self.ways(node.node, at, groups))
        else:
            found = any(
                end == at
                for start in range(at, -1, -1)
                for end, _ in self.ways(node.node, start, groups)
            )
        return found != node.negated

    def _is_place(self, kind: str, at: int) -> bool:
        if kind in ("start", "end"):
            return at == (0 if kind == "start" else len(self.text))
        before = at > 0 and _is_word(self.text[at - 1])
        behind = at < len(self.text) and _is_word(self.text[at])
        return (before != behind) == (kind == "boundary")

    def _is_in(self, char: str, chars: Chars) -> bool:
        found = any(low <= ord(char) <= high for low, high in chars.ranges)
        if self.fold and not found:
            found = any(
                self._are_alike(char, chr(code))
                for low, high in chars.ranges
                if high - low < _NARROW
                for code in range(low, high + 1)
            )
        return found != chars.negated

    def _are_alike(self, one: str, other: str) -> bool:
        same = canonical(one) == canonical(other)
        return same and (not self.case or has_case_of(one, other))


def _is_word(char: str) -> bool:
    return any(low <= ord(char) <= high for low, high in WORD)
