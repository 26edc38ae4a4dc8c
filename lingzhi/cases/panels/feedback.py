"""The steps of a customer's opinion or suggestion, on the page of its case."""

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import acts_on_case
from lingzhi.cases.forms.feedback import AnalysisForm, JudgeForm, PlanForm
from lingzhi.cases.models import Case, Feedback
from lingzhi.cases.queries.people import READ
from lingzhi.cases.services.opening import FEEDBACK as FLOW
from lingzhi.core.panels import Panel, Shown


def _feedback(user: User, case: Case) -> Shown | None:
    if case.type.flow.code != FLOW:
        return None
    row = Feedback.objects.filter(case=case).select_related("judged_by").first()
    context = {
        "case": case, "row": row, "works": acts_on_case(user, case, None).change,
        "analysis_form": AnalysisForm(instance=row), "plan_form": PlanForm(instance=row),
        "judge_form": JudgeForm(),
    }  # fmt: skip
    return Shown("cases/feedback/_panel.html", context)


FEEDBACK = Panel("cases.case", _feedback, READ)
