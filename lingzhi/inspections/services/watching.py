"""Watching conversations in progress (现场监听、监视), with notes and to-dos for the leader."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import OpenContact
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Watch, WatchNote
from lingzhi.inspections.queries.watches import watchable
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.queries import heads_above

GONE_AFTER = timedelta(minutes=5)  # who looks again later watches anew
EVERY = timedelta(seconds=10)  # the end is written so often, however often the page asks


class NothingGoesOn(DomainError):
    message = _("Nobody within your reach is talking now.")


class NobodyLeads(DomainError):
    message = _("Nobody is known to lead this team: there is no one to give this to.")


class AlreadyPublished(DomainError):
    message = _("This was published already.")


def begin_watch(contact: OpenContact, *, is_random: bool = False, by: User) -> Watch:
    """The person looks at a conversation of somebody else; kept from the first moment.

    Who looks on, or again within five minutes, goes on with the same watch.
    """
    watch = _current(contact, by)
    if watch is None:
        return _begin(contact, is_random, by)
    go_on(watch)
    return watch


def _current(contact: OpenContact, by: User) -> Watch | None:
    since = now() - GONE_AFTER
    return Watch.objects.filter(live=contact, person=by, until_at__gte=since).first()


@transaction.atomic
def _begin(contact: OpenContact, is_random: bool, by: User) -> Watch:
    OpenContact.objects.select_for_update().get(pk=contact.pk)  # two tabs make one watch
    known = _current(contact, by)
    if known is not None:
        return known
    watch = Watch.objects.create(
        person=by, live=contact, source=contact.source, external_id=contact.external_id,
        agent=contact.agent, unit=contact.unit, is_random=is_random, from_at=now(), until_at=now(),
    )  # fmt: skip
    record(by, "inspections.watch_begun", watch, after={"random": is_random})
    return watch


def go_on(watch: Watch) -> None:
    """The person still watches."""
    Watch.objects.filter(pk=watch.pk, until_at__lt=now() - EVERY).update(until_at=now())


def watch_any(by: User) -> Watch:
    """A conversation by chance: every agent who is talking is as likely as any other.

    Raises NothingGoesOn.
    """
    agents = list(watchable(by).order_by().values_list("agent", flat=True).distinct())
    if not agents:
        raise NothingGoesOn()
    agent = secrets.choice(agents)
    return begin_watch(secrets.choice(list(watchable(by).filter(agent=agent))), is_random=True,
                       by=by)  # fmt: skip


@transaction.atomic
def note(watch: Watch, text: str, *, tells_leader: bool = False, by: User) -> WatchNote:
    """Note something about this moment; with `tells_leader` it is a to-do of the team's leader
    at once (干预指导). Raises BadInput without words, NobodyLeads.
    """
    if not text.strip():
        raise BadInput(_("Write what you noticed."), field="text")
    leader = _leader_of(watch) if tells_leader else None
    if tells_leader and leader is None:
        raise NobodyLeads()
    live = watch.live
    made = WatchNote.objects.create(
        watch=watch, at=now(), turn=live.turn_count or None if live else None,
        text=text.strip()[:1000], todo_for=leader,
    )  # fmt: skip
    record(by, "inspections.watch_noted", watch, after={"for": leader and leader.staff_no})
    if leader is not None:
        url = reverse("inspections:watch", args=[watch.pk])
        tell([leader], _("Something to see to in a conversation of your team"), body=made.text,
             url=url, is_todo=True, is_urgent=True, matter=_matter(made))  # fmt: skip
    return made


def _leader_of(watch: Watch) -> User | None:
    above = heads_above(watch.agent, today()) if watch.agent else []
    owner = watch.unit.owner if watch.unit else None
    return next(iter(above), None) or (owner if owner != watch.agent else None)


@transaction.atomic
def finish_note(made: WatchNote, *, by: User) -> None:
    """The leader has seen to it. Doing so twice changes nothing."""
    if WatchNote.objects.filter(pk=made.pk, todo_for=by, done_at=None).update(done_at=now()):
        settle_matter(_matter(made))
        record(by, "inspections.watch_note_done", made.watch)


def _matter(made: WatchNote) -> str:
    return f"inspections.watchnote/{made.pk}"


@transaction.atomic
def publish_watch(watch: Watch, *, by: User) -> None:
    """From now on the agent sees that this was watched, and the notes."""
    claimed = Watch.objects.filter(pk=watch.pk, is_published=False).update(
        is_published=True, published_at=now(), published_by=by
    )
    if not claimed:
        raise AlreadyPublished()
    watch.refresh_from_db()
    record(by, "inspections.watch_published", watch)
    if watch.agent:
        url = reverse("inspections:watch", args=[watch.pk])
        tell([watch.agent], _("A conversation of yours was watched live"), url=url)
