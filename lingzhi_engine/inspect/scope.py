"""Where in the conversation a condition looks (范围)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from .problems import LARGEST, FieldProblem, did_you_mean


@dataclass(frozen=True, slots=True)
class Anchor:
    """Turns ``before``, ``after`` or ``around`` the turns where another condition hit, or those.

    Those turns themselves are relation ``at``.

    ``nth`` is 1 for the first such turn and -1 for the last, ``None`` for any of them. ``turns``
    limits how many turns of the scoped roles count on either side; ``inclusive`` adds the turn of
    the anchor itself.
    """

    relation: str
    condition: str
    nth: int | None = None
    turns: int | None = None
    inclusive: bool = False


@dataclass(frozen=True, slots=True)
class Quantifier:
    """How many turns in the scope must satisfy: ``any``, ``all``, ``count`` or ``share`` (0-1)."""

    kind: str = "any"
    amount: float = 1.0

    @property
    def grows(self) -> bool:
        """Whether what is enough stays enough when turns are added."""
        return self.kind in ("any", "count")


Span: TypeAlias = tuple[float, float | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """The turns a condition looks at: those that meet every limit given here.

    ``roles`` is empty for everybody. ``windows`` are (from, to) counted from 1 among the turns of
    these roles, or among all if ``absolute``, negative from the end, ``to`` ``None`` for the end.
    ``first_ms`` and ``last_ms`` are spans at the beginning and the end of the conversation,
    ``first_share`` and ``last_share`` the same as a share (0-1) of its length; ``span_ms`` and
    ``span_share`` are (from, to), ``to`` ``None`` for the end. A turn counts when it overlaps the
    span.
    """

    roles: tuple[str, ...] = ()
    windows: tuple[tuple[int, int | None], ...] = ()
    first_ms: float | None = None
    last_ms: float | None = None
    first_share: float | None = None
    last_share: float | None = None
    span_ms: Span | None = None
    span_share: Span | None = None
    absolute: bool = False
    anchor: Anchor | None = None
    quantifier: Quantifier = Quantifier()

    @property
    def needs_times(self) -> bool:
        """Whether the turns can only be told apart by their times."""
        spans = (self.first_ms, self.last_ms, self.first_share, self.last_share)
        return any(span is not None for span in (*spans, self.span_ms, self.span_share))

    @property
    def counted_roles(self) -> tuple[str, ...]:
        """Among whose turns the windows count."""
        return () if self.absolute else self.roles

    @property
    def grows(self) -> bool:
        """Whether turns that come later leave the earlier ones in the scope; its anchor aside."""
        moving = (self.last_ms, self.first_share, self.last_share, self.span_share)
        fixed = all(span is None for span in moving)
        return fixed and all(low > 0 and (high is None or high > 0) for low, high in self.windows)

    @property
    def full_at(self) -> int | None:
        """With how many turns of ``counted_roles`` the scope is full; ``None`` if it never is."""
        ends = [high for _, high in self.windows if high is not None]
        return max(ends) if self.grows and ends else None

    def of_roles(self, roles: tuple[str, ...]) -> Scope:
        """The same limits for other roles; unchanged when ``roles`` is empty."""
        return replace(self, roles=roles) if roles else self


RELATIONS = ("after", "before", "around", "at")
FIELDS = (
    "role",
    "roles",
    "turns",
    "first_turns",
    "last_turns",
    "absolute",
    "seconds",
    "first_seconds",
    "last_seconds",
    "percent",
    "first_percent",
    "last_percent",
    *RELATIONS,
    "quantifier",
)
_ANCHOR_FIELDS = ("condition", "nth", "turns", "inclusive")


def parse(data: object, default: Scope) -> Scope:
    """The scope written as ``data``; what it does not say is taken from ``default``."""
    if not isinstance(data, Mapping):
        raise FieldProblem("not_a_mapping")
    for name in data:
        if name not in FIELDS:
            raise FieldProblem(
                "unknown_field", str(name), hint=did_you_mean(str(name), FIELDS), name=name
            )
    anchor = _anchor(data)
    return Scope(
        roles=_roles(data, default),
        windows=_windows(data) or default.windows,
        first_ms=_scaled(data, "first_seconds", 1000, default.first_ms),
        last_ms=_scaled(data, "last_seconds", 1000, default.last_ms),
        first_share=_scaled(data, "first_percent", 0.01, default.first_share),
        last_share=_scaled(data, "last_percent", 0.01, default.last_share),
        span_ms=_span(data, "seconds", 1000, default.span_ms),
        span_share=_span(data, "percent", 0.01, default.span_share),
        absolute=_flag(data, "absolute", default.absolute and not _windows(data)),
        anchor=anchor or default.anchor,
        quantifier=_quantifier(data["quantifier"]) if "quantifier" in data else default.quantifier,
    )


def roles_from(value: object, field: str = "role") -> tuple[str, ...]:
    """One role or a list of them; ``any`` means everybody."""
    if value == "any":
        return ()
    roles = value if isinstance(value, list) else [value]
    if not roles or not all(isinstance(role, str) and role for role in roles):
        raise FieldProblem("wrong_type", field, expected="a role or a list of roles")
    return tuple(sorted(set(roles)))


def _roles(data: Mapping[str, Any], default: Scope) -> tuple[str, ...]:
    for field in ("role", "roles"):
        if field in data:
            return roles_from(data[field], field)
    return default.roles


def _windows(data: Mapping[str, Any]) -> tuple[tuple[int, int | None], ...]:
    windows: list[tuple[int, int | None]] = []
    if "turns" in data:
        windows.append(_window(data["turns"]))
    if "first_turns" in data:
        windows.append((1, _whole(data["first_turns"], "first_turns")))
    if "last_turns" in data:
        windows.append((-_whole(data["last_turns"], "last_turns"), None))
    return tuple(windows)


def _window(value: object) -> tuple[int, int | None]:
    if isinstance(value, Mapping):
        value = [value.get("from", 1), value.get("to")]
    if not isinstance(value, list) or len(value) != 2:
        raise FieldProblem("wrong_type", "turns", expected="[from, to]")
    low, high = value
    if not _is_position(low) or not (high is None or _is_position(high)):
        raise FieldProblem("wrong_type", "turns", expected="[from, to], counted from 1 or -1")
    return low, high


def _is_position(value: object) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return value != 0 and abs(value) <= LARGEST


def _whole(value: object, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise FieldProblem("wrong_type", field, expected="a whole number")
    if value < 1:
        raise FieldProblem("too_small", field, minimum=1)
    if value > LARGEST:
        raise FieldProblem("too_large", field, maximum=LARGEST)
    return value


def _scaled(
    data: Mapping[str, Any], field: str, scale: float, default: float | None
) -> float | None:
    if field not in data:
        return default
    value = data[field]
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise FieldProblem("wrong_type", field, expected="a number")
    if value <= 0:
        raise FieldProblem("too_small", field, minimum="more than 0")
    if not value <= LARGEST:
        raise FieldProblem("too_large", field, maximum=LARGEST)
    return value * scale


def _span(data: Mapping[str, Any], field: str, scale: float, default: Span | None) -> Span | None:
    """``[from, to]`` or ``{from, to}``; the end of the conversation without ``to``."""
    if field not in data:
        return default
    value = data[field]
    if isinstance(value, Mapping):
        value = [value.get("from", 0), value.get("to")]
    if not isinstance(value, list) or len(value) != 2:
        raise FieldProblem("wrong_type", field, expected="[from, to]")
    low, high = value
    if not all(_is_amount(one) for one in (low, 0 if high is None else high)):
        raise FieldProblem("wrong_type", field, expected="[from, to], 0 or more")
    if high is not None and high <= low:
        raise FieldProblem("too_small", field, minimum=f"more than {low}")
    return low * scale, None if high is None else high * scale


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _flag(data: Mapping[str, Any], field: str, default: bool) -> bool:
    value = data.get(field, default)
    if not isinstance(value, bool):
        raise FieldProblem("wrong_type", field, expected="true or false")
    return value


def _anchor(data: Mapping[str, Any]) -> Anchor | None:
    given = [field for field in RELATIONS if field in data]
    if not given:
        return None
    if len(given) > 1:
        raise FieldProblem("conflict", fields=" and ".join(given))
    relation = given[0]
    value = data[relation]
    written = {"condition": value} if isinstance(value, str) else value
    if not isinstance(written, Mapping) or not isinstance(written.get("condition"), str):
        raise FieldProblem("wrong_type", relation, expected="the name of a condition")
    for name in written:
        if name not in _ANCHOR_FIELDS:
            hint = did_you_mean(str(name), _ANCHOR_FIELDS)
            raise FieldProblem("unknown_field", f"{relation}.{name}", hint=hint, name=name)
    return _checked_anchor(relation, written)


def _checked_anchor(relation: str, written: Mapping[str, Any]) -> Anchor:
    nth = written.get("nth", "any")
    if nth != "any" and not _is_position(nth):
        raise FieldProblem("wrong_type", f"{relation}.nth", expected="any, 1, 2, … or -1, -2, …")
    turns = written.get("turns")
    if relation == "at" and (turns is not None or "inclusive" in written):
        raise FieldProblem("conflict", fields="at, turns, inclusive")
    if turns is not None:
        turns = _whole(turns, f"{relation}.turns")
    elif relation == "around":
        raise FieldProblem("missing", "around.turns")
    return Anchor(
        relation,
        written["condition"],
        nth=None if nth == "any" else nth,
        turns=turns,
        inclusive=bool(written.get("inclusive", relation in ("around", "at"))),
    )


def _quantifier(value: object) -> Quantifier:
    if value in ("any", "all"):
        return Quantifier(str(value))
    if isinstance(value, Mapping) and len(value) == 1:
        if "at_least" in value:
            return Quantifier("count", _whole(value["at_least"], "quantifier.at_least"))
        if "percent" in value:
            share = _scaled(value, "percent", 0.01, None)
            return Quantifier("share", share or 0.0)
    raise FieldProblem(
        "wrong_type", "quantifier", expected="any, all, {at_least: 2} or {percent: 50}"
    )
