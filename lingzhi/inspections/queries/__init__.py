"""Reading rules, findings and rates."""

from lingzhi.inspections.queries.results import GROUPINGS, Line, Tally, result_lines
from lingzhi.inspections.queries.rules import (
    contacts_with,
    findings_of,
    judging_versions,
    rules_in_force,
    versions_by_letter,
)

__all__ = [
    "GROUPINGS",
    "Line",
    "Tally",
    "contacts_with",
    "findings_of",
    "judging_versions",
    "result_lines",
    "rules_in_force",
    "versions_by_letter",
]
