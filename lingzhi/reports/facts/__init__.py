"""The facts that can be pivoted (事实表): what each kind holds, and how a day of it is read."""

from lingzhi.reports.facts.answers import ANSWERS
from lingzhi.reports.facts.axes import units_above
from lingzhi.reports.facts.cases import CASES, LIMITS
from lingzhi.reports.facts.contacts import CONTACTS
from lingzhi.reports.facts.findings import FINDINGS
from lingzhi.reports.facts.scores import SCORES
from lingzhi.reports.facts.table import Amount, Axis, FactTable

FACTS = {one.code: one for one in (CONTACTS, FINDINGS, SCORES, CASES, LIMITS, ANSWERS)}

__all__ = ["FACTS", "Amount", "Axis", "FactTable", "units_above"]
