"""The list of cited standards, and who keeps it."""

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.core.clock import today
from lingzhi.governance.models import Reference
from lingzhi.governance.queries.people import AUDIT
from lingzhi.org.queries import assignments_on


def references(text: str = "", state: str = "") -> QuerySet[Reference]:
    """By number or words, each with how often it is cited and contested."""
    rows = Reference.objects.select_related("checked_by").annotate(
        cited=Count("uses", filter=Q(uses__kind="cited"), distinct=True),
        contested=Count("contests", filter=Q(contests__answered_at=None), distinct=True),
    )
    if state:
        rows = rows.filter(state=state)
    found = Q(number__icontains=text) | Q(title__icontains=text) | Q(uses__words__icontains=text)
    rows = rows.filter(pk__in=Reference.objects.filter(found).values("pk")) if text else rows
    return rows.order_by("number")


def curators() -> list[User]:
    """Whoever plans audits keeps the references, and answers who contests one."""
    roles = [code for code, role in ROLES.items() if AUDIT in role.capabilities]
    held = assignments_on(today()).filter(role__in=roles, person__is_active=True)
    return list(dict.fromkeys(one.person for one in held.select_related("person")))
