"""The control kinds that cases run for rulebooks."""

from collections.abc import Mapping

from lingzhi.cases.controls.limits import SLA
from lingzhi.cases.controls.numbering import NUMBERING
from lingzhi.cases.controls.records import FORM
from lingzhi.cases.queries.clauses import Judge
from lingzhi.cases.queries.completeness import records_judged
from lingzhi.cases.queries.limits_kept import limits_judged
from lingzhi.cases.queries.numbers_kept import numbers_judged

CONTROLS = (SLA, NUMBERING, FORM)
# What judges single cases or conversations, for the page that lists them.
JUDGES: Mapping[str, Judge] = {
    "sla": limits_judged,
    "numbering": numbers_judged,
    "form": records_judged,
}
