"""Reading calls and what does not add up about them."""

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Call, CallDoubt, CallLeg
from lingzhi.org.queries import reach


def doubts_visible_to(user: User) -> QuerySet[CallDoubt]:
    """Doubts about calls of one's teams; of no team and about agents' days, for the company's."""
    where = reach(user, "contacts.match")
    found = where.over("call__unit__path", "call__agent_id")
    if where.is_everything:
        found |= Q(call=None) | Q(call__unit=None)
    rows = CallDoubt.objects.select_related("source", "call", "call__agent", "seen_by")
    return rows.filter(found)


def ringing_at(user: User) -> CallLeg | None:
    """The part of a call that rings at this person's desk, or that the person talks in, now."""
    rows = CallLeg.objects.filter(agent=user, ended_at=None).exclude(call__state=Call.State.OVER)
    return rows.select_related("call", "call__source", "call__contact").order_by("-pk").first()
