"""The control kinds that cases run for rulebooks."""

from collections.abc import Mapping

from lingzhi.cases.controls.authority import AUTHORITY
from lingzhi.cases.controls.case_duty import CASE_DUTY
from lingzhi.cases.controls.case_flow import CASE_FLOW
from lingzhi.cases.controls.followup import FOLLOWUP
from lingzhi.cases.controls.limits import SLA
from lingzhi.cases.controls.numbering import NUMBERING
from lingzhi.cases.controls.paper_form import PAPER_FORM
from lingzhi.cases.controls.records import FORM
from lingzhi.cases.queries.authority_kept import remedies_judged
from lingzhi.cases.queries.clauses import Judge
from lingzhi.cases.queries.completeness import records_judged
from lingzhi.cases.queries.duties_kept import duties_judged
from lingzhi.cases.queries.follow_ups_kept import follow_ups_judged
from lingzhi.cases.queries.limits_kept import limits_judged
from lingzhi.cases.queries.numbers_kept import numbers_judged
from lingzhi.cases.queries.papers_kept import papers_judged
from lingzhi.cases.queries.steps_kept import steps_judged

CONTROLS = (
    SLA, NUMBERING, FORM, CASE_FLOW, FOLLOWUP, CASE_DUTY, AUTHORITY, PAPER_FORM,
)  # fmt: skip
# What judges single cases or conversations, for the page that lists them.
JUDGES: Mapping[str, Judge] = {
    "sla": limits_judged,
    "numbering": numbers_judged,
    "form": records_judged,
    "case_flow": steps_judged,
    "followup": follow_ups_judged,
    "case_duty": duties_judged,
    "authority": remedies_judged,
    "paper_form": papers_judged,
}
