"""Conflicts with what may be decided about each, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from lingzhi.rulebook.conflicts import Conflict, said_choice


@dataclass(frozen=True, slots=True)
class Option:
    """One way to decide."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A conflict and the ways to decide it."""

    conflict: Conflict
    options: list[Option]


def shown_conflicts(conflicts: Iterable[Conflict]) -> list[ShownConflict]:
    return [
        ShownConflict(one, [Option(code, said_choice(one, code)) for code in one.choices])
        for one in conflicts
    ]
