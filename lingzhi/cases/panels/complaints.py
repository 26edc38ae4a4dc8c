"""A complaint, on the page of its case."""

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.queries.complaints import complaint_of
from lingzhi.cases.queries.people import READ
from lingzhi.core.panels import Panel, Shown


def _complaint(user: User, case: Case) -> Shown | None:
    complaint = complaint_of(case)
    return Shown("cases/complaints/_panel.html", {"complaint": complaint}) if complaint else None


COMPLAINT = Panel("cases.case", _complaint, READ)
