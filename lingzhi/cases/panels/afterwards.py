"""Sheets, major matters and internal reviews, on the page of a case."""

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.presenting.afterwards import afterwards_shown
from lingzhi.cases.queries.people import READ
from lingzhi.core.panels import Panel, Shown


def _afterwards(user: User, case: Case) -> Shown | None:
    found = afterwards_shown(user, case)
    return Shown("cases/afterwards/_of_case.html", found) if any(found.values()) else None


AFTERWARDS = Panel("cases.beside", _afterwards, READ)
