"""How long a backtracking matcher may take: an upper estimate from the tree of the pattern."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from .nodes import BackReference, Chars, Choice, Group, Look, Node, Ranges, Repeat, Sequence

CHEAP_STEPS = 5e6  # about 50 ms
_EVERYTHING: Ranges = ((0, 0x10FFFF),)


@dataclass(frozen=True, slots=True)
class Ways:
    """In how many ways a node can match at one place: ``factor`` times the length, ``opens`` times.

    An open repetition counts with the length of the text, a counted one with its count.
    """

    factor: float = 1.0
    opens: int = 0

    def steps(self, length: int) -> float:
        """Upper estimate for a text of ``length``, over all starts."""
        return length * self.factor * float(length) ** self.opens


def ways(node: Node) -> Ways:
    """The ways of ``node``; alternatives that begin differently do not multiply."""
    match node:
        case Sequence(items):
            parts = [ways(item) for item in items]
            return Ways(_product([p.factor for p in parts]), sum(p.opens for p in parts))
        case Choice(options):
            return _ways_of_choice(options)
        case Repeat():
            return _ways_of_repeat(node)
        case Group(_, inner) | Look(inner):
            return ways(inner)
        case _:
            return Ways(inf if isinstance(node, BackReference) else 1.0)


def cheap_length(node: Node) -> int:
    """The longest text on which matching ``node`` is sure to be cheap, 0 when none is."""
    estimate, low, high = ways(node), 0, 1 << 24
    while low < high:
        middle = (low + high + 1) // 2
        if estimate.steps(middle) <= CHEAP_STEPS:
            low = middle
        else:
            high = middle - 1
    return low


def size(node: Node) -> int:
    """How many characters the pattern is written with once its repetitions are written out."""
    match node:
        case Sequence(parts) | Choice(parts):
            return sum(size(part) for part in parts)
        case Repeat(inner, low, high):
            return size(inner) * max(low, high or 1, 1)
        case Group(_, inner) | Look(inner):
            return size(inner)
        case _:
            return 1


def _ways_of_repeat(node: Repeat) -> Ways:
    inner = ways(node.node)
    if node.low == node.high:
        return Ways(_power(inner.factor, node.low), inner.opens * node.low)
    if node.high is None:
        certain = inner.factor == 1 and not inner.opens
        return Ways(1.0, 1) if certain else Ways(inf)
    return Ways(
        (node.high - node.low + 1) * _power(inner.factor, node.high), inner.opens * node.high
    )


def _ways_of_choice(options: tuple[Node, ...]) -> Ways:
    found = [(_first(option), ways(option)) for option in options]
    starts = {low for first, _ in found for low, _ in first}
    together = [
        [one for first, one in found if any(low <= at <= high for low, high in first)]
        for at in starts
    ]
    factor = max((sum(one.factor for one in group) for group in together), default=1.0)
    return Ways(factor, max(one.opens for _, one in found))


def _first(node: Node) -> Ranges:
    """The characters ``node`` may begin with; everything when that is not plain."""
    match node:
        case Chars(ranges, negated):
            return _EVERYTHING if negated else ranges
        case Sequence(items) if items:
            return _first(items[0])
        case Choice(options):
            return tuple(r for option in options for r in _first(option))
        case Group(_, inner):
            return _first(inner)
        case Repeat(inner, low):
            return _first(inner) if low else _EVERYTHING
        case _:
            return _EVERYTHING


def _power(base: float, exponent: int) -> float:
    return inf if base > 1 and exponent > 60 else base**exponent


def _product(factors: list[float]) -> float:
    total = 1.0
    for factor in factors:
        total *= factor
    return total
