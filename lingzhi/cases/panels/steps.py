"""What clauses demand of a case, on its page."""

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.presenting.steps import shown_demands
from lingzhi.cases.queries.people import READ
from lingzhi.core.panels import Panel, Shown


def _steps(_user: User, case: Case) -> Shown | None:
    demands = shown_demands(case)
    return Shown("cases/steps/_of_case.html", {"demands": demands}) if demands else None


STEPS = Panel("cases.beside", _steps, READ)
