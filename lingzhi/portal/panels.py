"""How a case came in, on its page; what customers were told, on that of what was put right."""

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import acts_on_case
from lingzhi.cases.models import Case
from lingzhi.cases.queries.people import READ
from lingzhi.core.panels import Panel, Shown
from lingzhi.improvement.models import Rectification
from lingzhi.portal.access.desk import KEEP
from lingzhi.portal.models import PublishedImprovement, Submission


def _submitted(user: User, case: Case) -> Shown | None:
    row = Submission.objects.filter(case=case).select_related("receipt").first()
    if row is None:
        return None
    works = acts_on_case(user, case, None).work
    return Shown("portal/desk/_submitted.html", {"row": row, "case": case, "works": works})


def _published(user: User, row: Rectification) -> Shown | None:
    """What customers were told of something that was put right, and the door to tell them."""
    rows = list(PublishedImprovement.objects.filter(rectification=row))
    may_write = user.can(KEEP) and row.verified_at is not None
    if not rows and not may_write:
        return None
    return Shown("portal/desk/_of_rectification.html", {"rows": rows, "row": row, "may": may_write})


PUBLISHED = Panel("improvement.rectification", _published)
SUBMITTED = Panel("cases.beside", _submitted, READ)
