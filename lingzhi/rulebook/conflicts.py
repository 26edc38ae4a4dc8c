"""Conflicts between clauses: two limits for one thing, an urgent one that is looser, and so on.

They are named before anything is put into force, and a person decides each (V-01…V-39).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.core.controls import Binding, Limit, control_kinds
from lingzhi.core.units import comparable, plain_number
from lingzhi.rulebook.packs import Resolved, say

URGENT, NORMAL = "urgent", ("", "normal")
FIRST, SECOND, KEEP = "first", "second", "keep"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that do not agree, and where it stands.

    `regulation` is the title of another regulation in force, empty for the one at hand.
    """

    regulation: str
    number: str
    key: str
    kind: str
    param: str
    value: Any
    unit: str = ""
    case: str = ""
    channel: str = ""
    is_strict: bool = False

    @property
    def place(self) -> str:
        """The clause, with its regulation where it is another."""
        if self.regulation:
            return _("%(number)s of %(regulation)s") % {
                "number": self.number, "regulation": self.regulation
            }  # fmt: skip
        return self.number

    @property
    def said(self) -> str:
        """The value as people say it."""
        return say(self.kind, self.param, self.value, self.unit)

    @property
    def channel_said(self) -> str:
        return say(self.kind, "channel", self.channel) if self.channel else _("every channel")

    @property
    def mark(self) -> list[Any]:
        """What a decision is about: when it changes, the decision is open again."""
        return [self.value, self.unit, self.is_strict]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that do not agree and what may be decided; `decision` is empty until then.

    `kind` is limits, urgent, channels, strictness or weights (which has one side only).
    """

    key: str
    kind: str
    first: Side
    second: Side | None
    choices: tuple[str, ...]
    decision: str = ""
    reason: str = ""

    @property
    def is_decided(self) -> bool:
        return bool(self.decision)

    @property
    def sentence(self) -> str:
        """What does not agree, in the active language."""
        first, second = self.first, self.second or self.first
        return _SENTENCES[self.kind]() % {
            "first": first.place,
            "second": second.place,
            "a": first.said,
            "b": second.said,
            "a_channel": first.channel_said,
            "b_channel": second.channel_said,
        }

    def stored(self, choice: str, reason: str) -> dict[str, Any]:
        """The decision as the version keeps it."""
        sides = {"first": asdict(self.first)} | (
            {"second": asdict(self.second)} if self.second else {}
        )
        return {"choice": choice, "reason": reason, "kind": self.kind, **sides}


_SENTENCES: dict[str, Callable[[], str]] = {
    "limits": lambda: _("Clauses %(first)s and %(second)s limit the same: %(a)s and %(b)s."),
    "urgent": lambda: _(
        "Urgent matters get %(a)s in clause %(first)s, other ones %(b)s in clause %(second)s: "
        "the urgent limit is looser."
    ),
    "channels": lambda: _(
        "The same is to hold on every channel, but clause %(first)s says %(a)s for %(a_channel)s "
        "and clause %(second)s %(b)s for %(b_channel)s."
    ),
    "strictness": lambda: _(
        "Clauses %(first)s and %(second)s both say %(a)s, but one counts the bound itself and the "
        "other does not."
    ),
    "weights": lambda: _("The weights in clause %(first)s sum to %(a)s, not to 100."),
}


@dataclass(frozen=True, slots=True)
class _Point:
    side: Side
    limit: Limit

    @property
    def amount(self) -> tuple[float, str]:
        return comparable(self.limit.value, self.limit.unit)


def conflicts_among(
    controls: Sequence[Resolved], others: Iterable[tuple[str, Binding]], *, is_uniform: bool
) -> list[Conflict]:
    """Every conflict within a version, and with controls of other regulations (title, binding)."""
    own, foreign = _grouped(map(_own_points, controls)), _grouped(map(_foreign_points, others))
    found = [conflict for resolved in controls for conflict in _weights(resolved)]
    for subject, points in own.items():
        found += _within(points, is_uniform=is_uniform)
        found += _across(points, foreign.get(subject, []))
    return found


def with_decisions(found: Iterable[Conflict], decisions: Mapping[str, Any]) -> list[Conflict]:
    """The conflicts with what was decided; those that a decision removed stand behind."""
    shown = [_decided(conflict, decisions.get(conflict.key)) for conflict in found]
    keys = {conflict.key for conflict in shown}
    return shown + [
        _from_store(key, stored)
        for key, stored in decisions.items()
        if key not in keys and stored["choice"] != KEEP
    ]


def _decided(conflict: Conflict, stored: Mapping[str, Any] | None) -> Conflict:
    """A decision to keep both counts while the values are those that it was about."""
    if stored is None or stored["choice"] != KEEP:
        return conflict
    before = _from_store(conflict.key, stored)
    marks = [side.mark if side else None for side in (conflict.first, conflict.second)]
    if marks != [side.mark if side else None for side in (before.first, before.second)]:
        return conflict
    return replace(conflict, decision=KEEP, reason=stored.get("reason", ""))


def _from_store(key: str, stored: Mapping[str, Any]) -> Conflict:
    second = stored.get("second")
    return Conflict(
        key=key,
        kind=stored["kind"],
        first=Side(**stored["first"]),
        second=Side(**second) if second else None,
        choices=(),
        decision=stored["choice"],
        reason=stored.get("reason", ""),
    )


def _grouped(several: Iterable[Iterable[_Point]]) -> dict[tuple[str, ...], list[_Point]]:
    groups: dict[tuple[str, ...], list[_Point]] = defaultdict(list)
    for points in several:
        for point in points:
            groups[point.side.kind, point.limit.subject, point.limit.param].append(point)
    return groups


def _own_points(resolved: Resolved) -> Iterator[_Point]:
    control = resolved.control
    return _points("", resolved.clause.number, control.key, control.kind, resolved.values)


def _foreign_points(other: tuple[str, Binding]) -> Iterator[_Point]:
    title, binding = other
    _pack, number, key = binding.reference.split(" ")
    return _points(title, number, key, binding.kind, binding.values)


def _points(
    regulation: str, number: str, key: str, kind: str, values: Mapping[str, Any]
) -> Iterator[_Point]:
    known = control_kinds().get(kind)
    for limit in known.limits(values) if known and known.limits else ():
        side = Side(
            regulation, number, key, kind, limit.param, limit.value, limit.unit, limit.case,
            limit.channel, bool(values.get("is_strict")),
        )  # fmt: skip
        yield _Point(side, limit)


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
    if first is second:
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
    sides = (first.side, second.side)
    choices = [FIRST, SECOND, KEEP]
    if second.side.regulation:
        choices.remove(FIRST)
    if first.side.regulation:
        choices.remove(SECOND)
    names = [f"{s.regulation}{s.number}/{s.key}.{s.param}" for s in sides]
    return Conflict(f"{kind}:{names[0]}:{names[1]}", kind, *sides, choices=tuple(choices))


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


def chosen_values(conflict: Conflict, choice: str) -> tuple[Side, dict[str, Any]] | None:
    """Whose values a choice changes and to what; None where nothing changes."""
    if choice == KEEP or conflict.second is None:
        return None
    winner, loser = conflict.first, conflict.second
    if choice == SECOND:
        winner, loser = loser, winner
    if conflict.kind == "strictness":
        return loser, {"is_strict": winner.is_strict}
    return loser, {loser.param: {"value": winner.value, "unit": winner.unit}}


def said_choice(conflict: Conflict, choice: str) -> str:
    """What a choice means, for a button."""
    if choice == KEEP:
        return _("Keep as it is") if conflict.second is None else _("Keep both")
    side = conflict.first if choice == FIRST else conflict.second
    return _("Use %(value)s") % {"value": side.said if side else ""}
