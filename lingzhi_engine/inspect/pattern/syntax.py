"""Reads a regular expression into its tree, with the position of what it cannot read.

The language is the common core of Python's ``re``: classes, groups, alternatives, greedy, lazy
and possessive repetition, look-around, back-references, ``^ $ \\b \\B``, ``\\d \\s \\w`` and
``\\p{Han}``. A line break within a turn is read as a space, so ``.`` crosses it and ``^`` and
``$`` mean the beginning and the end of the turn.
"""

from __future__ import annotations

from ..problems import FieldProblem
from .nodes import (
    ANY,
    DIGIT,
    HAN,
    SPACE,
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
)

MAX_REPEAT = 1000
DEEPEST = 50  # groups within groups
_CLASSES: dict[str, Ranges] = {"d": DIGIT, "s": SPACE, "w": WORD}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_ANCHORS = {"b": "boundary", "B": "inside", "A": "start", "Z": "end"}
_LOOKS = {"(?=": (True, False), "(?!": (True, True), "(?<=": (False, False), "(?<!": (False, True)}
_TOP = 0x10FFFF


def parse(source: str) -> Node:
    """The tree of ``source``; ``FieldProblem`` "bad_pattern" with ``error`` and ``position``."""
    reader = _Reader(source)
    node = reader.choice()
    if reader.at < len(source):
        raise reader.error("unexpected )")
    return node


class _Reader:
    """Recursive descent over the source; ``at`` is the next character to read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.groups = 0
        self.depth = 0
        self.names: dict[str, int] = {}

    def error(self, text: str, at: int | None = None) -> FieldProblem:
        position = self.at if at is None else at
        return FieldProblem("bad_pattern", error=text, position=position)

    def accept(self, token: str) -> bool:
        if self.source.startswith(token, self.at):
            self.at += len(token)
            return True
        return False

    def take(self) -> str:
        if self.at >= len(self.source):
            raise self.error("unexpected end")
        self.at += 1
        return self.source[self.at - 1]

    def until(self, end: str) -> str:
        stop = self.source.find(end, self.at)
        if stop < 0:
            raise self.error(f"{end} is missing")
        text = self.source[self.at : stop]
        self.at = stop + len(end)
        return text

    def choice(self) -> Node:
        options = [self.sequence()]
        while self.accept("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Node:
        items: list[Node] = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            items.append(self.repeated())
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def repeated(self) -> Node:
        start = self.at
        node = self.atom()
        bounds = self.bounds()
        if bounds is None:
            return node
        if isinstance(node, Anchor | Look):
            raise self.error("nothing to repeat", start)
        mode = next((sign for sign in "?+" if self.accept(sign)), "")
        if self.bounds() is not None:
            raise self.error("repeated twice", start)
        return Repeat(node, *bounds, mode)

    def bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.accept(sign):
                return bounds
        start = self.at
        if not self.accept("{"):
            return None
        low, comma, high = self.until("}").partition(",")
        if not (low or comma) or not all(part == "" or _is_number(part) for part in (low, high)):
            raise self.error("a repetition is written {2}, {2,} or {2,5}", start)
        return self.checked(int(low or 0), int(high) if high else None, bool(comma), start)

    def checked(
        self, low: int, high: int | None, open_ended: bool, start: int
    ) -> tuple[int, int | None]:
        if not open_ended:
            high = low
        if max(low, high or 0) > MAX_REPEAT:
            raise self.error(f"repeats more than {MAX_REPEAT} times", start)
        if high is not None and high < low:
            raise self.error("repeats from more to less", start)
        return low, high

    def atom(self) -> Node:
        char = self.take()
        if char == "(":
            return self.group()
        if char == "[":
            return self.char_class()
        if char == "\\":
            return self.escape()
        if char in "*+?{":
            raise self.error("nothing to repeat", self.at - 1)
        special: dict[str, Node] = {".": ANY, "^": Anchor("start"), "$": Anchor("end")}
        return special.get(char) or _one(char)

    def group(self) -> Node:
        start = self.at = self.at - 1
        for opening, (ahead, negated) in _LOOKS.items():
            if self.accept(opening):
                return Look(self.closed(start), ahead, negated)
        if self.accept("(?:"):
            return self.closed(start)
        name = self.until(">") if self.accept("(?P<") or self.accept("(?<") else None
        if name is None and self.accept("(?P="):
            return self.reference(self.until(")"), start)
        if name is None and self.accept("(?"):
            raise self.error("this kind of group is not known", start)
        if name is None:
            self.accept("(")
        self.groups += 1
        number = self.groups
        if name is not None:
            self.names[name] = number
        return Group(number, self.closed(start))

    def closed(self, start: int) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(f"groups nested deeper than {DEEPEST}", start)
        node = self.choice()
        self.depth -= 1
        if not self.accept(")"):
            raise self.error("this bracket is not closed", start)
        return node

    def reference(self, name: str, start: int) -> Node:
        number = int(name) if _is_number(name) else self.names.get(name, 0)
        if not 1 <= number <= self.groups:
            raise self.error(f"there is no group {name}", start)
        return BackReference(number)

    def escape(self) -> Node:
        start = self.at - 1
        char = self.take()
        if char in _ANCHORS:
            return Anchor(_ANCHORS[char])
        if char.isdigit() and char != "0":
            return self.reference(char, start)
        if char in "dswDSWpP":
            ranges, negated = self.class_escape(char, start)
            return Chars(ranges, negated)
        return _one(self.escaped_char(char, start))

    def class_escape(self, char: str, start: int) -> tuple[Ranges, bool]:
        if char in "pP":
            name = self.until("}") if self.accept("{") else self.take()
            if name not in ("Han", "Script=Han", "IsHan"):
                raise self.error("only \\p{Han} is known", start)
            return HAN, char == "P"
        return _CLASSES[char.lower()], char.isupper()

    def escaped_char(self, char: str, start: int) -> str:
        digits = {"x": 2, "u": 4, "U": 8}.get(char)
        if digits is None:
            if char.isalnum() and char not in _CONTROLS:
                raise self.error(f"\\{char} is not known", start)
            return _CONTROLS.get(char, char)
        code = self.source[self.at : self.at + digits]
        self.at += digits
        if len(code) < digits or not all(c in "0123456789abcdefABCDEF" for c in code):
            raise self.error(f"\\{char} needs {digits} hexadecimal digits", start)
        if int(code, 16) > _TOP:
            raise self.error("there is no such character", start)
        return chr(int(code, 16))

    def char_class(self) -> Node:
        start = self.at - 1
        negated = self.accept("^")
        ranges: list[tuple[int, int]] = []
        first = True
        while first or not self.accept("]"):
            first = False
            if self.at >= len(self.source):
                raise self.error("this class is not closed", start)
            ranges.extend(self.class_item())
        return Chars(tuple(sorted(set(ranges))), negated)

    def class_item(self) -> Ranges:
        start = self.at
        low = self.class_char()
        if not isinstance(low, str):
            return low
        if self.source.startswith("-]", self.at) or not self.accept("-"):
            return ((ord(low), ord(low)),)
        high = self.class_char()
        if not isinstance(high, str) or high < low:
            raise self.error("this range has no sense", start)
        return ((ord(low), ord(high)),)

    def class_char(self) -> str | Ranges:
        start = self.at
        char = self.take()
        if char != "\\":
            return char
        char = self.take()
        if char in "dswDSWpP":
            ranges, negated = self.class_escape(char, start)
            return _complement(ranges) if negated else ranges
        return "\b" if char == "b" else self.escaped_char(char, start)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _one(char: str) -> Chars:
    return Chars(((ord(char), ord(char)),))


def _complement(ranges: Ranges) -> Ranges:
    gaps, next_free = [], 0
    for low, high in sorted(ranges):
        if low > next_free:
            gaps.append((next_free, low - 1))
        next_free = max(next_free, high + 1)
    return (*gaps, (next_free, _TOP))
