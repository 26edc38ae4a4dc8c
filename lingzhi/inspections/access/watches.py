"""Watches: who watches, who reads of it, who publishes it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.models import OpenContact
from lingzhi.contacts.queries import open_to
from lingzhi.inspections.access.rights import PLAN, READ, WATCH, require
from lingzhi.inspections.models import Watch, WatchNote
from lingzhi.inspections.queries.watches import watchable, watches_visible_to
from lingzhi.org.queries import reach


def live_to_watch(user: User, pk: int) -> OpenContact:
    """A conversation of somebody else within reach, that goes on or did until just now."""
    require(user, WATCH)
    contact = open_to(user, WATCH).exclude(agent=user).filter(pk=pk).first()
    if contact is None:
        raise Http404
    return contact


def may_watch(user: User, contact: OpenContact) -> bool:
    """Whether this person may note something about a conversation they see."""
    return user.can(WATCH) and watchable(user).filter(pk=contact.pk).exists()


def watch_to_read(user: User, pk: int) -> Watch:
    """A watch this person may know of."""
    require(user, READ)
    watch = watches_visible_to(user).filter(pk=pk).first()
    if watch is None:
        raise Http404
    return watch


def watch_to_publish(user: User, pk: int) -> Watch:
    """One's own watch, or one of somebody else where one leads inspection; never of oneself."""
    watch = watch_to_read(user, pk)
    if not may_publish(user, watch):
        raise PermissionDenied
    return watch


def may_publish(user: User, watch: Watch) -> bool:
    """Whether this person may show a watch to its agent."""
    leads = user.can(PLAN) and reach(user, PLAN).covers(watch.unit, None)
    return watch.agent_id != user.pk and (watch.person_id == user.pk or leads)


def note_to_finish(user: User, pk: int) -> WatchNote:
    """A note that this person was given to see to."""
    require(user, READ)
    made = WatchNote.objects.select_related("watch").filter(pk=pk, todo_for=user).first()
    if made is None:
        raise Http404
    return made
