"""Visits to the customer, on the page of a case."""

from lingzhi.accounts.models import User
from lingzhi.cases.access.visits import may_plan_for
from lingzhi.cases.models import Case
from lingzhi.cases.presenting.visits import shown_visits
from lingzhi.cases.queries.people import READ
from lingzhi.core.panels import Panel, Shown


def _visits(user: User, case: Case) -> Shown | None:
    rows = shown_visits(case.visits.select_related("engineer"))
    may_plan = not case.is_closed and may_plan_for(user, case)
    if not rows and not may_plan:
        return None
    return Shown("cases/visits/_of_case.html", {"rows": rows, "may_plan": may_plan})


VISITS = Panel("cases.beside", _visits, READ)
