"""Linking cases, and telling all customers of an incident at once (群发事件)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, CaseLink
from lingzhi.cases.queries.links import last_told, parts_to_tell
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.telling import Told, tell_customer
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.jobs.services import later

PART_OF = CaseLink.Kind.PART_OF
MOST_AT_ONCE = 20


class LinkedAlready(DomainError):
    message = _("These two cases are linked already.")


class NotLinked(DomainError):
    message = _("This link was ended meanwhile.")


class NothingToPassOn(DomainError):
    message = _("Tell the customer of this case first: then all parts may be told the same.")


@transaction.atomic
def link_cases(case: Case, other: Case, kind: str, *, by: User) -> CaseLink:
    """`case` belongs to `other` from now on. An incident is of one depth: a part has no parts."""
    if case == other:
        raise BadInput(_("Choose another case."), field="other")
    if kind == PART_OF:
        _require_flat(case, other)
    try:
        with transaction.atomic():
            link = CaseLink.objects.create(
                case=case, other=other, kind=kind, made_at=now(), made_by=by
            )
    except IntegrityError as error:
        raise LinkedAlready() from error
    _note(link, CaseEvent.Kind.LINKED, by)
    record(by, "cases.linked", case, after={"other": other.number, "kind": kind})
    return link


def _require_flat(case: Case, whole: Case) -> None:
    parts = CaseLink.objects.filter(kind=PART_OF, ended_at=None)
    if parts.filter(other=case).exists() or parts.filter(case=whole).exists():
        raise BadInput(_("A part of an incident cannot have parts itself."), field="other")


@transaction.atomic
def unlink_cases(link: CaseLink, *, by: User) -> None:
    """End the link; that it was there stays in both histories."""
    ended = CaseLink.objects.filter(pk=link.pk, ended_at=None)
    if not ended.update(ended_at=now(), ended_by=by):
        raise NotLinked()
    _note(link, CaseEvent.Kind.UNLINKED, by)
    record(by, "cases.unlinked", link.case, before={"other": link.other.number, "kind": link.kind})


def _note(link: CaseLink, kind: str, by: User) -> None:
    note_event(link.case, kind, by=by, other=link.other, step=link.kind)
    note_event(link.other, kind, by=by, other=link.case, step="")


def pass_on(told: CaseEvent, *, by: User) -> int:
    """The customers of all open parts were told what the whole was told. How many there were.

    One part a transaction: what breaks off goes on where it stopped, and nobody is told twice.
    """
    told_on = 0
    for part in parts_to_tell(told).iterator():
        words = Told(told.text, told.expected_at, told.way)
        tell_customer(part, words, of=told.case, seen=part.revision, by=by)
        told_on += 1
    return told_on


def ask_to_pass_on(whole: Case, *, by: User) -> int | None:
    """Pass on what the whole was told last; from more than MOST_AT_ONCE in the background: None."""
    told = last_told(whole)
    if told is None:
        raise NothingToPassOn()
    if parts_to_tell(told).count() <= MOST_AT_ONCE:
        return pass_on(told, by=by)
    later("cases.pass_on", event_id=told.pk, person_id=by.pk)
    return None
