"""A pattern as rules use it: a word taken literally, or a regular expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..fold import variants
from ..problems import FieldProblem
from . import syntax
from .cost import size
from .nodes import (
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

MAX_LENGTH = 2000
MAX_SIZE = 20_000  # characters with repetitions written out
_NARROW = 256  # ranges wider than this are not folded: 一-龥 already holds both forms
_MANY = 10  # repetitions from which a repetition of repetitions counts as runaway
_LINE_BREAKS = {0x0A: 0x20, 0x0D: 0x20}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something to find within one turn; equal patterns are searched once.

    ``fold`` lets forms of the same character match each other; with ``case``, capital and small
    letters do not. ``node`` is the tree as written, ``folded`` the tree with every character
    widened to the class of its forms. ``heard`` names how ``node`` was widened to what may be
    heard in its place.
    """

    source: str
    fold: bool
    is_word: bool
    node: Node = field(compare=False, repr=False)
    folded: Node = field(compare=False, repr=False)
    heard: str = ""
    case: bool = False

    def with_node(self, node: Node, heard: str) -> Pattern:
        """The pattern with another tree, which ``heard`` names."""
        widened = folded(node, case=self.case) if self.fold else node
        return replace(self, node=node, folded=widened, heard=heard)


def word(text: str, *, fold: bool = True, case: bool = False) -> Pattern:
    """``text`` itself, every sign literal; line breaks count as spaces."""
    if not text.strip():
        raise FieldProblem("empty")
    node = Sequence(tuple(_char(c) for c in text))
    return Pattern(text, fold, True, node, node, case=case).with_node(node, "")


def expression(source: str, *, fold: bool = True, case: bool = False) -> Pattern:
    """The regular expression ``source``, refused with a ``FieldProblem`` when it is unsafe."""
    if len(source) > MAX_LENGTH:
        raise FieldProblem("pattern_too_long", maximum=MAX_LENGTH)
    node = syntax.parse(source)
    if width(node)[0] == 0:
        raise FieldProblem("pattern_matches_empty")
    if any(_runs_away(inner) for inner in _inside(node)):
        raise FieldProblem("pattern_runaway")
    if size(node) > MAX_SIZE:
        raise FieldProblem("pattern_too_costly", maximum=MAX_SIZE)
    return Pattern(source, fold, False, node, node, case=case).with_node(node, "")


def _char(char: str) -> Chars:
    code = _LINE_BREAKS.get(ord(char), ord(char))
    return Chars(((code, code),))


def _inside(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Sequence(parts) | Choice(parts):
            for part in parts:
                yield from _inside(part)
        case Repeat(inner) | Group(_, inner) | Look(inner):
            yield from _inside(inner)
        case _:
            return


def _runs_away(node: Node) -> bool:
    """A long repetition of something that holds a long repetition, such as ``(a+)+``."""
    if not (isinstance(node, Repeat) and _is_long(node)):
        return False
    return any(isinstance(n, Repeat) and _is_long(n) for n in _inside(node.node))


def _is_long(node: Repeat) -> bool:
    return (node.high is None or node.high > _MANY) and node.low != node.high


def folded(node: Node, *, case: bool = False) -> Node:
    """``node`` with every character widened to the class of its forms."""
    match node:
        case Chars(ranges, negated):
            return Chars(widened(ranges, case=case), negated)
        case Sequence(items):
            return Sequence(tuple(folded(item, case=case) for item in items))
        case Choice(options):
            return Choice(tuple(folded(option, case=case) for option in options))
        case Repeat(inner) | Group(_, inner) | Look(inner):
            return replace(node, node=folded(inner, case=case))
        case _:
            return node


def widened(ranges: Ranges, *, case: bool = False) -> Ranges:
    """``ranges`` with all forms of the characters in its narrow ranges, merged and sorted."""
    codes = {
        ord(form)
        for low, high in ranges
        if high - low < _NARROW
        for code in range(low, high + 1)
        for form in variants(chr(code), case=case)
    }
    return _merged([*ranges, *((code, code) for code in codes)])


def _merged(ranges: list[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)
