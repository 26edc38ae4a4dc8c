"""Finding conflicts among the limits that controls set."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, product
from typing import Any

from lingzhi.core.controls import Binding, Limit, control_kinds
from lingzhi.core.units import comparable, plain_number
from lingzhi.rulebook.conflicts.content import FIRST, KEEP, SECOND, Conflict, Side
from lingzhi.rulebook.conflicts.measures import are_other_measures
from lingzhi.rulebook.packs import Resolved

URGENT, NORMAL = "urgent", ("", "normal")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A control of another regulation that is in force.

    `title` tells the regulation apart from all others, `plain_titles` are its title in every
    language.
    """

    regulation_id: int
    title: str
    binding: Binding
    plain_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Point:
    side: Side
    limit: Limit
    plain_titles: tuple[str, ...] = ("",)

    @property
    def amount(self) -> tuple[float | str, str]:
        value, unit = self.limit.value, self.limit.unit
        return (value, unit) if isinstance(value, str) else comparable(value, unit)


def conflicts_among(
    controls: Sequence[Resolved], others: Iterable[Elsewhere], *, is_uniform: bool
) -> list[Conflict]:
    """Every conflict within a version, and with controls of other regulations."""
    own, foreign = _grouped(map(_own_points, controls)), _grouped(map(_foreign_points, others))
    found = [conflict for resolved in controls for conflict in _weights(resolved)]
    for subject, points in own.items():
        found += _within(points, is_uniform=is_uniform)
        found += _across(points, foreign.get(subject, []))
    return found + list(_measures(_all(own), _all(foreign)))


def _all(grouped: Mapping[Any, list[_Point]]) -> list[_Point]:
    return [point for points in grouped.values() for point in points]


def _measures(own: Sequence[_Point], foreign: Sequence[_Point]) -> Iterator[Conflict]:
    """What is limited by one measure here and by another there, for the same cases."""
    for first, second in chain(combinations(own, 2), product(own, foreign)):
        is_other = are_other_measures(first.limit.unit, second.limit.unit)
        if is_other and _is_same_thing(first, second):
            yield _conflict("measures", first, second)


def _is_same_thing(first: _Point, second: _Point) -> bool:
    one, other = first.limit, second.limit
    is_same = (first.side.kind, one.thing or one.subject, one.param, one.case) == (
        second.side.kind, other.thing or other.subject, other.param, other.case
    )  # fmt: skip
    return is_same and (one.channel == other.channel or "" in (one.channel, other.channel))


def _grouped(several: Iterable[Iterable[_Point]]) -> dict[tuple[str, ...], list[_Point]]:
    groups: dict[tuple[str, ...], list[_Point]] = defaultdict(list)
    for points in several:
        for point in points:
            groups[point.side.kind, point.limit.subject, point.limit.param].append(point)
    return groups


def _own_points(resolved: Resolved) -> Iterator[_Point]:
    control = resolved.control
    place = ("", resolved.clause.number, control.key)
    for side, limit in _limits(place, control.kind, resolved.values):
        yield _Point(side, limit)


def _foreign_points(other: Elsewhere) -> Iterator[_Point]:
    binding = other.binding
    _pack, number, key = binding.reference.split(" ")
    for side, limit in _limits((other.title, number, key), binding.kind, binding.values):
        own = replace(side, regulation_id=other.regulation_id)
        yield _Point(own, limit, other.plain_titles)


def _limits(
    place: tuple[str, str, str], kind: str, values: Mapping[str, Any]
) -> Iterator[tuple[Side, Limit]]:
    known = control_kinds().get(kind)
    for limit in known.limits(values) if known and known.limits else ():
        side = Side(
            *place, kind, limit.param, limit.value, limit.unit, limit.case, limit.channel,
            bool(values.get("is_strict")), sets=dict(limit.sets),
        )  # fmt: skip
        yield side, limit


def _within(points: Sequence[_Point], *, is_uniform: bool) -> Iterator[Conflict]:
    firsts: dict[tuple[str, str], _Point] = {}
    for point in points:
        first = firsts.setdefault((point.limit.case, point.limit.channel), point)
        yield from _disagreement(first, point)
    urgent = [point for point in points if point.limit.case == URGENT]
    normal = [point for point in points if point.limit.case in NORMAL]
    for pair in product(urgent, normal):
        yield from _looser(*pair)
    if is_uniform:
        yield from _unequal(list(firsts.values()))


def _across(points: Sequence[_Point], others: Sequence[_Point]) -> Iterator[Conflict]:
    for own, other in product(points, others):
        if (own.limit.case, own.limit.channel) == (other.limit.case, other.limit.channel):
            yield from _disagreement(own, other)
        elif own.limit.case == URGENT and other.limit.case in NORMAL:
            yield from _looser(own, other)
        elif other.limit.case == URGENT and own.limit.case in NORMAL:
            yield from _looser(other, own)


def _disagreement(first: _Point, second: _Point) -> Iterator[Conflict]:
    if first is second or are_other_measures(first.limit.unit, second.limit.unit):
        return
    if first.amount != second.amount:
        yield _conflict("limits", first, second)
    elif first.side.is_strict != second.side.is_strict:
        yield _conflict("strictness", first, second)


def _looser(urgent: _Point, normal: _Point) -> Iterator[Conflict]:
    channels = {urgent.limit.channel, normal.limit.channel} - {""}
    (value, base), (other, other_base) = urgent.amount, normal.amount
    if len(channels) > 1 or base != other_base:
        return
    if isinstance(value, str) or isinstance(other, str):
        return
    if value > other if urgent.limit.better == "low" else value < other:
        yield _conflict("urgent", urgent, normal)


def _unequal(firsts: Sequence[_Point]) -> Iterator[Conflict]:
    by_case: dict[str, _Point] = {}
    for point in firsts:
        first = by_case.setdefault(point.limit.case, point)
        if first.amount != point.amount:
            yield _conflict("channels", first, point)


def _conflict(kind: str, first: _Point, second: _Point) -> Conflict:
    """Of another regulation's value one can only take it over or keep both."""
    points, sides = (first, second), (first.side, second.side)
    choices = [FIRST, SECOND, KEEP]
    if second.side.regulation:
        choices.remove(FIRST)
    if first.side.regulation:
        choices.remove(SECOND)
    former = product(*([f"{title}{_name(p.side)}" for title in p.plain_titles] for p in points))
    key = ":".join([kind, *(f"{_prefix(side)}{_name(side)}" for side in sides)])
    former_keys = {f"{kind}:{one}:{other}" for one, other in former} - {key}
    return Conflict(
        key, kind, *sides, choices=tuple(choices), former_keys=tuple(sorted(former_keys))
    )


def _prefix(side: Side) -> str:
    return "" if side.regulation_id is None else f"#{side.regulation_id}/"


def _name(side: Side) -> str:
    return f"{side.number}/{side.key}.{side.param}"


def _weights(resolved: Resolved) -> Iterator[Conflict]:
    """Weights in a list must sum to 100 (V-35), or the rest is left on purpose."""
    control = resolved.control
    for name, value in resolved.values.items():
        items = value if isinstance(value, list) else []
        weights = [one["weight"] for one in items if isinstance(one, Mapping) and "weight" in one]
        if weights and abs(sum(weights) - 100) > 1e-9:
            number = resolved.clause.number
            side = Side("", number, control.key, control.kind, name, plain_number(sum(weights)))
            key = f"weights:{number}/{control.key}.{name}"
            yield Conflict(key, "weights", side, None, choices=(KEEP,))
