"""Goals, services and documents of a clause, on its page, with the doors to set one."""

from typing import Any

from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.core.panels import Panel, Shown
from lingzhi.governance.presenting.documents import shown_documents
from lingzhi.governance.queries.directory import OPEN, services_on_clause
from lingzhi.governance.queries.documents import documents_on_clause
from lingzhi.governance.queries.goals import PLAN, READ, goals_on_clause
from lingzhi.rulebook.models import Clause


def _of_clause(user: User, clause: Clause) -> Shown | None:
    rows = list(goals_on_clause(user, clause))
    if not rows and not user.can(PLAN):
        return None
    url = f"{reverse('governance:add_goal')}?clause={clause.pk}" if user.can(PLAN) else ""
    context: dict[str, Any] = {"goals": rows, "url": url}
    return Shown("governance/goals/_of_clause.html", context)


def _services(user: User, clause: Clause) -> Shown | None:
    rows = list(services_on_clause(user, clause))
    if not rows and not user.can(PLAN):
        return None
    url = f"{reverse('governance:add_service')}?clause={clause.pk}" if user.can(PLAN) else ""
    context: dict[str, Any] = {"services": rows, "url": url}
    return Shown("governance/directory/_of_clause.html", context)


def _documents(user: User, clause: Clause) -> Shown | None:
    rows = shown_documents(documents_on_clause(user, clause))
    if not rows and not user.can(PLAN):
        return None
    url = f"{reverse('governance:add_document')}?clause={clause.pk}" if user.can(PLAN) else ""
    return Shown("governance/documents/_of_clause.html", {"documents": rows, "url": url})


CLAUSE = Panel("rulebook.clause", _of_clause, READ)
SERVICES = Panel("rulebook.clause", _services, OPEN)
DOCUMENTS = Panel("rulebook.clause", _documents, OPEN)
