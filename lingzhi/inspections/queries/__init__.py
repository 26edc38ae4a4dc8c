"""Reading rules, findings and rates."""

from lingzhi.inspections.queries.asking import RuleFilters
from lingzhi.inspections.queries.conversations import (
    contacts_with,
    findings_of,
    hits_of,
    inspected,
    latest_inspection,
    not_inspected,
    severe_first,
    versions_by_verdict,
)
from lingzhi.inspections.queries.daily import verdicts_of_their_day
from lingzhi.inspections.queries.export import finding_lines
from lingzhi.inspections.queries.gaps import Gap, gaps_of
from lingzhi.inspections.queries.holding import Holding
from lingzhi.inspections.queries.periods import Period, last_days
from lingzhi.inspections.queries.results import (
    ENOUGH,
    GROUPINGS,
    Line,
    Tally,
    by_group,
    by_rule,
    by_version,
    is_severe,
    number_of_hits,
    overall,
    share_unknown,
)
from lingzhi.inspections.queries.rules import (
    Counting,
    drafts_and_in_force,
    judging_versions,
    rule_titles,
    rules_in_force,
)
from lingzhi.inspections.queries.tallies import (
    Tallies,
    tallies_of,
    tallies_visible_to,
    tallies_within,
)
from lingzhi.inspections.queries.trends import Trend, trend_of
from lingzhi.inspections.queries.verdicts import Verdicts, verdicts_of
from lingzhi.inspections.queries.versions import tallies_of_versions

__all__ = [
    "ENOUGH",
    "GROUPINGS",
    "Counting",
    "Gap",
    "Holding",
    "Line",
    "Period",
    "RuleFilters",
    "Tallies",
    "Tally",
    "Trend",
    "Verdicts",
    "by_group",
    "by_rule",
    "by_version",
    "contacts_with",
    "drafts_and_in_force",
    "finding_lines",
    "findings_of",
    "gaps_of",
    "hits_of",
    "inspected",
    "is_severe",
    "judging_versions",
    "last_days",
    "latest_inspection",
    "not_inspected",
    "number_of_hits",
    "overall",
    "rule_titles",
    "rules_in_force",
    "severe_first",
    "share_unknown",
    "tallies_of",
    "tallies_of_versions",
    "tallies_visible_to",
    "tallies_within",
    "trend_of",
    "verdicts_of",
    "verdicts_of_their_day",
    "versions_by_verdict",
]
