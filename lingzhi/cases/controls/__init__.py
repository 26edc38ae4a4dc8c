"""The control kinds that cases run for rulebooks."""

from lingzhi.cases.controls.authority import AUTHORITY
from lingzhi.cases.controls.case_duty import CASE_DUTY
from lingzhi.cases.controls.case_flow import CASE_FLOW
from lingzhi.cases.controls.followup import FOLLOWUP
from lingzhi.cases.controls.paper_form import PAPER_FORM

CONTROLS = (CASE_FLOW, FOLLOWUP, CASE_DUTY, AUTHORITY, PAPER_FORM)
