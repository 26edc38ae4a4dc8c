"""Conflicts between clauses: two limits for one thing, an urgent one that is looser, and so on.

They are named before anything is put into force, and a person decides each (V-01…V-39).
"""

from lingzhi.rulebook.conflicts.content import FIRST, KEEP, SECOND, Conflict, Side
from lingzhi.rulebook.conflicts.deciding import chosen_values, said_choice, with_decisions
from lingzhi.rulebook.conflicts.finding import Elsewhere, conflicts_among
from lingzhi.rulebook.conflicts.measures import LONGEST_RING, arithmetic, has_rings

__all__ = [
    "FIRST",
    "KEEP",
    "LONGEST_RING",
    "SECOND",
    "Conflict",
    "Elsewhere",
    "Side",
    "arithmetic",
    "chosen_values",
    "conflicts_among",
    "has_rings",
    "said_choice",
    "with_decisions",
]
