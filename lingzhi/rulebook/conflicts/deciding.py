"""Decisions about conflicts: what was stored, what a choice changes, how it is said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.rulebook.conflicts.content import FIRST, KEEP, SECOND, Conflict, Side


def with_decisions(found: Iterable[Conflict], decisions: Mapping[str, Any]) -> list[Conflict]:
    """The conflicts with what was decided; those that a decision removed stand behind."""
    several = list(found)
    shared = Counter(key for conflict in several for key in conflict.former_keys)
    former = {key for key in decisions if shared[key] == 1}  # of two nobody knows which was meant
    named = [_under_its_key(conflict, decisions, former) for conflict in several]
    shown = [_decided(conflict, decisions.get(conflict.key)) for conflict in named]
    keys = {conflict.key for conflict in shown}
    return shown + [
        _from_store(key, stored)
        for key, stored in decisions.items()
        if key not in keys and stored["choice"] != KEEP
    ]


def _under_its_key(conflict: Conflict, decisions: Mapping[str, Any], former: Set[str]) -> Conflict:
    """The conflict by the key that its decision is stored under, if that is a former one."""
    if conflict.key in decisions:
        return conflict
    found = next((key for key in conflict.former_keys if key in former), conflict.key)
    return replace(conflict, key=found)


def _decided(conflict: Conflict, stored: Mapping[str, Any] | None) -> Conflict:
    """A decision to keep both counts while the values are those that it was about."""
    if stored is None or stored["choice"] != KEEP:
        return conflict
    before = _from_store(conflict.key, stored)
    marks = [side.mark if side else None for side in (conflict.first, conflict.second)]
    if marks != [side.mark if side else None for side in (before.first, before.second)]:
        return conflict
    return replace(
        conflict,
        decision=KEEP,
        reason=stored.get("reason", ""),
        ring_seconds=stored.get("ring_seconds"),
    )


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
        ring_seconds=stored.get("ring_seconds"),
    )


def chosen_values(conflict: Conflict, choice: str) -> tuple[Side, dict[str, Any]] | None:
    """Whose values a choice changes and to what; None where nothing changes.

    A value comes with its unit and with what goes with its measure, such as the way of counting.
    """
    if choice == KEEP or conflict.second is None:
        return None
    winner, loser = conflict.first, conflict.second
    if choice == SECOND:
        winner, loser = loser, winner
    if conflict.kind == "strictness":
        return loser, {"is_strict": winner.is_strict}
    if isinstance(winner.value, str):  # a pattern: no figure, so it has no unit
        return loser, {loser.param: winner.value}
    return loser, {loser.param: {"value": winner.value, "unit": winner.unit}, **winner.sets}


def said_choice(conflict: Conflict, choice: str) -> str:
    """What a choice means, for a button."""
    if choice == KEEP:
        return _("Keep as it is") if conflict.second is None else _("Keep both")
    side = conflict.first if choice == FIRST else conflict.second
    return _("Use %(value)s") % {"value": side.said if side else ""}
