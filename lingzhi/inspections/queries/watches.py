"""Who may know of a watch, and what there is to watch."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact, OpenContact
from lingzhi.contacts.queries import open_to, visible_to
from lingzhi.inspections.models import Watch, WatchNote
from lingzhi.org.queries import reach

WATCH, PLAN = "inspections.watch", "inspections.plan"


def watches_visible_to(user: User) -> QuerySet[Watch]:
    """One's own; of others, as far as one leads inspection or was given a note to see to.

    Before it is published nobody else knows: neither the agent nor who only watches, too.
    """
    mine = WatchNote.objects.filter(watch=OuterRef("pk"), todo_for=user)
    shown = Q(person=user) | Q(agent=user, is_published=True) | Q(Exists(mine))
    if user.can(PLAN):
        shown |= reach(user, PLAN).over("unit__path", "person_id") & ~Q(agent=user)
    if user.can(WATCH):
        shown |= reach(user, WATCH).over("unit__path", "person_id") & Q(is_published=True)
    rows = Watch.objects.filter(shown)
    return rows.select_related("person", "agent", "unit", "source", "live")


def watchable(user: User) -> QuerySet[OpenContact]:
    """Conversations that go on within reach, one's own apart."""
    return open_to(user, WATCH).filter(closed_at=None).exclude(agent=user)


def kept_as(watch: Watch, user: User) -> Contact | None:
    """The conversation where it is kept now, if it is over and this person may see it."""
    rows = visible_to(user).filter(source=watch.source, external_id=watch.external_id)
    return rows.first()
