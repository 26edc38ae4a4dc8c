"""Reading rules, findings and rates."""

from lingzhi.inspections.queries.conversations import (
    contacts_with,
    findings_of,
    hits_of,
    inspected,
    latest_inspection,
    not_inspected,
    number_of_hits,
    versions_by_verdict,
)
from lingzhi.inspections.queries.export import finding_lines
from lingzhi.inspections.queries.results import (
    ENOUGH,
    GROUPINGS,
    Line,
    Tally,
    by_group,
    by_rule,
    is_severe,
    overall,
)
from lingzhi.inspections.queries.rules import Counting, judging_versions, rules_in_force
from lingzhi.inspections.queries.verdicts import Verdicts, verdicts_of

__all__ = [
    "ENOUGH",
    "GROUPINGS",
    "Counting",
    "Line",
    "Tally",
    "Verdicts",
    "by_group",
    "by_rule",
    "contacts_with",
    "finding_lines",
    "findings_of",
    "hits_of",
    "inspected",
    "is_severe",
    "judging_versions",
    "latest_inspection",
    "not_inspected",
    "number_of_hits",
    "overall",
    "rules_in_force",
    "verdicts_of",
    "versions_by_verdict",
]
