"""The language of ``when``: names of conditions with ``&& || ! ( )`` and a few words.

``a && b``, ``a || b``, ``!a``, ``atLeast(2, a, b, c)``, ``seq(a, b, within 3 turns)``,
``seq(a, b, within 30 s)``, ``a unless b``. ``!`` binds closest, then ``&&``, ``||``, ``unless``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from .problems import FieldProblem


@dataclass(frozen=True, slots=True)
class Name:
    """The verdict of the condition called ``name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; unknown and na stay what they are."""

    item: Expr


@dataclass(frozen=True, slots=True)
class And:
    """All of ``items``."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of ``items``."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """``count`` or more of ``items``."""

    count: int
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Seq:
    """The conditions one after the other, neighbours no farther apart than ``within``.

    ``unit`` is "turns" (of anybody) or "s", empty when any distance will do.
    """

    names: tuple[str, ...]
    within: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Unless:
    """``item``, except when ``exception`` holds; an exception that is na excuses nothing."""

    item: Expr
    exception: Expr


Expr: TypeAlias = Name | Not | And | Or | AtLeast | Seq | Unless

DEEPEST = 50  # expressions within expressions: more cannot be read by people either
_TOKEN = re.compile(
    r"\s*(?:(?P<sign>&&|\|\||[!(),])|(?P<number>\d+(?:\.\d+)?)(?=[\s&|!(),]|$)|(?P<quoted>\"[^\"]*\")"
    r"|(?P<word>[^\s&|!(),\"]+))"
)


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


def parse(source: str) -> Expr:
    """The tree of ``source``; ``FieldProblem`` "bad_expression" with error and position."""
    return _Reader(source, words=False).whole()


def parse_words(source: str) -> Expr:
    """The same language over words to be found (``(会议||例会) && !取消``), without functions."""
    return _Reader(source, words=True).whole()


def names(expr: Expr) -> list[str]:
    """The names in ``expr`` in the order they appear, each once."""
    return list(dict.fromkeys(_names(expr)))


def sequenced(expr: Expr) -> list[str]:
    """The names that stand within ``seq`` and so must point at turns."""
    match expr:
        case Not(item):
            return sequenced(item)
        case And(items) | Or(items) | AtLeast(_, items):
            return [name for part in items for name in sequenced(part)]
        case Seq(in_order):
            return list(in_order)
        case Unless(item, exception):
            return sequenced(item) + sequenced(exception)
        case _:
            return []


def holds_plainly(expr: Expr, said: Mapping[str, object]) -> bool:
    """Whether an expression over words holds by which of them are truly ``said``."""
    match expr:
        case Name(name):
            return bool(said[name])
        case Not(item):
            return not holds_plainly(item, said)
        case And(items):
            return all(holds_plainly(item, said) for item in items)
        case Or(items):
            return any(holds_plainly(item, said) for item in items)
        case _:
            raise TypeError(type(expr).__name__)


def is_positive(expr: Expr) -> bool:
    """Whether the expression over words is without a "not": saying more never undoes it."""
    match expr:
        case Name():
            return True
        case And(items) | Or(items):
            return all(map(is_positive, items))
        case _:
            return False


def _names(expr: Expr) -> Iterator[str]:
    match expr:
        case Name(name):
            yield name
        case Not(item):
            yield from _names(item)
        case And(items) | Or(items) | AtLeast(_, items):
            for part in items:
                yield from _names(part)
        case Seq(in_order):
            yield from in_order
        case Unless(item, exception):
            yield from _names(item)
            yield from _names(exception)


class _Reader:
    def __init__(self, source: str, *, words: bool) -> None:
        self.source = source
        self.words = words
        self.tokens = list(_tokens(source))
        self.at = 0
        self.depth = 0

    def whole(self) -> Expr:
        expr = self.unless()
        if self.peek().kind != "end":
            raise self.error(f"{self.peek().text!r} is not expected here")
        return expr

    def peek(self) -> _Token:
        return self.tokens[self.at]

    def accept(self, *texts: str) -> bool:
        token = self.peek()
        if token.text in texts and token.kind in ("sign", "word"):
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise self.error(f"{text!r} is missing")

    def error(self, text: str) -> FieldProblem:
        return _problem(text, self.peek().position)

    def unless(self) -> Expr:
        expr, exceptions = self.either(), 0
        while not self.words and self.accept("unless"):
            exceptions += 1
            if exceptions > DEEPEST:
                raise self.error(f"more than {DEEPEST} exceptions in a row")
            expr = Unless(expr, self.either())
        return expr

    def either(self) -> Expr:
        return self.joined(self.both, Or, "||", "or")

    def both(self) -> Expr:
        return self.joined(self.negation, And, "&&", "and")

    def joined(
        self, part: Callable[[], Expr], join: Callable[[tuple[Expr, ...]], Expr], *signs: str
    ) -> Expr:
        signs = signs[:1] if self.words else signs
        items = [part()]
        while self.accept(*signs):
            items.append(part())
        return items[0] if len(items) == 1 else join(tuple(items))

    def negation(self) -> Expr:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(f"nested deeper than {DEEPEST}")
        expr = self.operand()
        self.depth -= 1
        return expr

    def operand(self) -> Expr:
        if self.accept("!") or (not self.words and self.accept("not")):
            return Not(self.negation())
        if self.accept("("):
            expr = self.unless()
            self.expect(")")
            return expr
        if not self.words and self.accept("atLeast"):
            return self.at_least()
        if not self.words and self.accept("seq"):
            return self.sequence()
        return Name(self.name())

    def name(self) -> str:
        token = self.peek()
        if token.kind not in ("word", "quoted") and not (self.words and token.kind == "number"):
            raise self.error(
                "a name is missing" if token.kind == "end" else "a name must stand here"
            )
        self.at += 1
        return token.text.strip('"')

    def number(self) -> float:
        token = self.peek()
        if token.kind != "number":
            raise self.error("a number is missing")
        self.at += 1
        return float(token.text)

    def at_least(self) -> Expr:
        self.expect("(")
        count = self.number()
        items = []
        while self.accept(","):
            items.append(self.unless())
        if count != int(count) or not 1 <= count <= len(items):
            raise self.error("atLeast needs a number from 1 to the number of its conditions")
        self.expect(")")
        return AtLeast(int(count), tuple(items))

    def sequence(self) -> Expr:
        self.expect("(")
        in_order = [self.name()]
        within, unit = None, ""
        while self.accept(","):
            if self.accept("within"):
                within, unit = self.number(), self.unit()
                break
            in_order.append(self.name())
        if len(in_order) < 2:
            raise self.error("seq needs two conditions or more")
        self.expect(")")
        return Seq(tuple(in_order), within, unit)

    def unit(self) -> str:
        if self.accept("turn", "turns"):
            return "turns"
        if self.accept("s", "second", "seconds"):
            return "s"
        raise self.error("the distance is given in turns or s")


def _tokens(source: str) -> Iterator[_Token]:
    at, end = 0, len(source.rstrip())
    while at < end:
        match = _TOKEN.match(source, at)
        if match is None or match.lastgroup is None:
            lead = len(source[at:]) - len(source[at:].lstrip())
            raise _problem(f"{source[at + lead]!r} is not part of the language", at + lead)
        yield _Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup))
        at = match.end()
    yield _Token("end", "", end)


def _problem(error: str, position: int) -> FieldProblem:
    return FieldProblem("bad_expression", error=error, position=position)
