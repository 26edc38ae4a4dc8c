"""How a case came in through the portal, on its page."""

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import acts_on_case
from lingzhi.cases.models import Case
from lingzhi.cases.queries.people import READ
from lingzhi.core.panels import Panel, Shown
from lingzhi.portal.models import Submission


def _submitted(user: User, case: Case) -> Shown | None:
    row = Submission.objects.filter(case=case).select_related("receipt").first()
    if row is None:
        return None
    works = acts_on_case(user, case, None).work
    return Shown("portal/desk/_submitted.html", {"row": row, "case": case, "works": works})


SUBMITTED = Panel("cases.beside", _submitted, READ)
