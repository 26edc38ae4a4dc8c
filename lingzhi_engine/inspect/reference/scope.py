"""Which turns a scope means, in one conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .. import reasons
from ..model import Conversation, Evidence, Verdict
from ..scope import Anchor, Scope


@dataclass(frozen=True, slots=True)
class Result:
    """What a condition says; ``turn`` in its evidence is an index here, not a ``seq``."""

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    detail: str | None = None

    def places(self) -> list[tuple[int, int, int]]:
        """Turn, start and end of everything the result points at, in order."""
        if self.verdict != Verdict.HIT:
            return []
        return sorted(
            {(e.turn, e.start or 0, e.end or 0) for e in self.evidence if e.turn is not None}
        )


class Undecided(Exception):
    """The condition cannot be judged or does not apply; carries the result."""

    def __init__(self, verdict: Verdict, reason: str | None, detail: str | None = None) -> None:
        self.result = Result(verdict, (), reason, detail)
        super().__init__(reason)


def has_times(conversation: Conversation) -> bool:
    """Whether every turn has a start and an end."""
    return all(t.start_ms is not None and t.end_ms is not None for t in conversation.turns)


def require_times(conversation: Conversation) -> None:
    """Raises ``Undecided`` when a turn has no times."""
    if not has_times(conversation):
        raise Undecided(Verdict.UNKNOWN, reasons.NO_TIMES)


def require_role(conversation: Conversation, roles: tuple[str, ...]) -> None:
    """Raises ``Undecided`` when there are no turns, or none of ``roles``."""
    if not conversation.turns:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_TURNS)
    if roles and not any(turn.role in roles for turn in conversation.turns):
        raise Undecided(Verdict.UNKNOWN, reasons.ROLE_MISSING, ", ".join(roles))


def turns_in(scope: Scope, conversation: Conversation, results: Mapping[str, Result]) -> list[int]:
    """The indexes of the turns in ``scope``, in order."""
    mine = [i for i, t in enumerate(conversation.turns) if not scope.roles or t.role in scope.roles]
    found = set(mine)
    for low, high in scope.windows:
        counted = list(range(len(conversation.turns))) if scope.absolute else mine
        found &= set(_window(counted, low, high))
    if scope.needs_times:
        require_times(conversation)
        found &= {i for i in mine if _is_in_span(scope, conversation, i)}
    if scope.anchor is not None:
        found &= _near_anchor(scope.anchor, mine, results[scope.anchor.condition])
    return sorted(found)


def _window(mine: list[int], low: int, high: int | None) -> list[int]:
    count = len(mine)
    first = low if low > 0 else count + low + 1
    last = count if high is None else high if high > 0 else count + high + 1
    return [turn for place, turn in enumerate(mine, start=1) if first <= place <= last]


def _is_in_span(scope: Scope, conversation: Conversation, index: int) -> bool:
    turn = conversation.turns[index]
    length = max(0, *(t.end_ms or 0 for t in conversation.turns))
    start, end = turn.start_ms or 0, turn.end_ms or 0
    limits = [
        scope.first_ms is None or start < scope.first_ms,
        scope.last_ms is None or end > length - scope.last_ms,
        scope.first_share is None or start < length * scope.first_share,
        scope.last_share is None or end > length - length * scope.last_share,
        scope.span_ms is None or _overlaps(start, end, *scope.span_ms),
        scope.span_share is None or _overlaps(start, end, *_share_of(length, *scope.span_share)),
    ]
    return all(limits)


def _overlaps(start: float, end: float, low: float, high: float | None) -> bool:
    return (end > low or start >= low) and (high is None or start < high)


def _share_of(length: int, low: float, high: float | None) -> tuple[float, float | None]:
    return length * low, None if high is None else length * high


def _near_anchor(anchor: Anchor, mine: list[int], result: Result) -> set[int]:
    if result.verdict in (Verdict.UNKNOWN, Verdict.NA):
        raise Undecided(result.verdict, result.reason, result.detail)
    at = sorted({turn for turn, _, _ in result.places()})
    if anchor.nth is not None:
        place = anchor.nth - 1 if anchor.nth > 0 else len(at) + anchor.nth
        at = [at[place]] if 0 <= place < len(at) else []
    if not at:
        raise Undecided(Verdict.NA, reasons.ANCHOR_MISSING, anchor.condition)
    found: set[int] = set()
    for turn in at:
        before = [i for i in mine if i < turn]
        after = [i for i in mine if i > turn]
        if anchor.relation in ("before", "around"):
            found.update(before if anchor.turns is None else before[-anchor.turns :])
        if anchor.relation in ("after", "around"):
            found.update(after if anchor.turns is None else after[: anchor.turns])
        if anchor.inclusive and turn in mine:
            found.add(turn)
    return found
