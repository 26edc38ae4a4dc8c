"""The way that suits the customer of a case better, beside it."""

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import works_on
from lingzhi.cases.models import Case, Steering
from lingzhi.cases.queries.people import READ
from lingzhi.cases.queries.steering import suggested_for
from lingzhi.core.panels import Panel, Shown


def _steering(user: User, case: Case) -> Shown | None:
    told = Steering.objects.filter(case=case).select_related("rule__channel", "told_by").first()
    found = None if told else suggested_for(case)
    if told is None and found is None:
        return None
    context = {"told": told, "found": found, "case": case, "works": works_on(user, case)}
    return Shown("cases/steering/_beside.html", context)


STEERING = Panel("cases.beside", _steering, READ)
