"""Answers of the library that may fit a case, beside it."""

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.core.panels import Panel, Shown
from lingzhi.knowledge.queries.articles import READ, fitting, in_force

MOST = 3


def _answers(user: User, case: Case) -> Shown | None:
    if case.is_closed or case.is_merged:
        return None
    return Shown("cases/feedback/_answers.html", {"found": fitting(in_force(), case.title, MOST)})


ANSWERS = Panel("cases.beside", _answers, READ)
