"""Conflicts with what may be decided about each, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lingzhi.rulebook.conflicts import Conflict, arithmetic, has_rings, said_choice


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

    @property
    def has_rings(self) -> bool:
        """Whether it is open to be seen in seconds, by an assumed length of a ring."""
        return bool(self.conflict.choices) and has_rings(self.conflict)

    @property
    def arithmetic(self) -> str:
        """Both sides in seconds, once a length is assumed."""
        return arithmetic(self.conflict)

    @property
    def is_foreign(self) -> bool:
        """Whether one side stands in another regulation."""
        return any(side.regulation for side in self.conflict.sides)


def shown_conflicts(
    conflicts: Iterable[Conflict], ring_seconds: float | None = None
) -> list[ShownConflict]:
    """Conflicts as the page shows them; an assumption just made comes before a stored one."""
    return [
        ShownConflict(
            one if ring_seconds is None else replace(one, ring_seconds=ring_seconds),
            [Option(code, said_choice(one, code)) for code in one.choices],
        )
        for one in conflicts
    ]
