"""Everything that reads packs, regulations, versions, clauses and controls."""

from lingzhi.rulebook.queries.adoption import (
    Asked,
    Offer,
    conflicts_of,
    gaps_of,
    library,
    questions_of,
)
from lingzhi.rulebook.queries.changes import (
    Change,
    ClauseChange,
    FigureChange,
    diff,
)
from lingzhi.rulebook.queries.controls import (
    control_of,
    controls_in_force,
    standing_of,
)
from lingzhi.rulebook.queries.lawful import (
    advisory_clauses,
    clauses_without_control,
    steps_lacking,
    steps_missing,
    wording_since,
)
from lingzhi.rulebook.queries.owners import own_packs, unit_of_maker, writers_of
from lingzhi.rulebook.queries.reading import (
    quiz_of,
    readings_of,
    to_read,
    unread_by,
)
from lingzhi.rulebook.queries.reviews import review_due_on
from lingzhi.rulebook.queries.terms import Term, term_for, terms_in_force
from lingzhi.rulebook.queries.versions import (
    clause_history,
    latest_version,
    open_draft,
    open_pilots,
    regulations_for,
    regulations_visible_to,
    version_in_force,
    versions_for,
    versions_in_force,
    versions_visible_to,
)

__all__ = [
    "Asked",
    "Change",
    "ClauseChange",
    "FigureChange",
    "Offer",
    "Term",
    "advisory_clauses",
    "clause_history",
    "clauses_without_control",
    "conflicts_of",
    "control_of",
    "controls_in_force",
    "diff",
    "gaps_of",
    "latest_version",
    "library",
    "open_draft",
    "open_pilots",
    "own_packs",
    "questions_of",
    "quiz_of",
    "readings_of",
    "regulations_for",
    "regulations_visible_to",
    "review_due_on",
    "standing_of",
    "steps_lacking",
    "steps_missing",
    "term_for",
    "terms_in_force",
    "to_read",
    "unit_of_maker",
    "unread_by",
    "version_in_force",
    "versions_for",
    "versions_in_force",
    "versions_visible_to",
    "wording_since",
    "writers_of",
]
