"""Taking part: signing up, and the organiser's word on who was there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.org.models import Activity, Participation
from lingzhi.org.queries.culture import units_around

ATTENDED, ABSENT = Participation.State.ATTENDED, Participation.State.ABSENT


class HasBegun(DomainError):
    message = _("This activity has begun.")


class HasNotBegun(DomainError):
    message = _("This activity has not begun yet.")


class IsCancelled(DomainError):
    message = _("This activity is cancelled.")


class NotInvited(DomainError):
    message = _("This activity is open to other units.")


class SignedUpBefore(DomainError):
    message = _("You are on the list already.")


class NotSignedUp(DomainError):
    message = _("You are not on the list.")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the organiser says of one person: there or not, and why not."""

    state: str
    reason: str = ""


@transaction.atomic
def sign_up(activity: Activity, *, by: User) -> Participation:
    """Put oneself on the list of something that has not begun and is open to one's unit."""
    locked = _locked(activity)
    if locked.begins_at <= now():
        raise HasBegun()
    around = units_around(by, timezone.localdate(locked.begins_at))
    if not locked.open_to.filter(pk__in=around).exists():
        raise NotInvited()
    row, is_new = Participation.objects.get_or_create(
        activity=locked, person=by, defaults={"signed_up_at": now()}
    )
    if not is_new:
        raise SignedUpBefore()
    record(by, "org.activity_joined", activity)
    return row


@transaction.atomic
def sign_off(activity: Activity, *, by: User) -> None:
    """Take oneself off the list before it begins."""
    locked = _locked(activity)
    if locked.begins_at <= now():
        raise HasBegun()
    number, _kinds = Participation.objects.filter(activity=locked, person=by).delete()
    if not number:
        raise NotSignedUp()
    record(by, "org.activity_left", activity)


@transaction.atomic
def confirm_participation(activity: Activity, marks: Mapping[User, Mark], *, by: User) -> None:
    """Say who was there and who was not; whoever came without signing up is added.

    May be said again: the log keeps what was said before. Who has no mark stays unknown. Raises
    BadInput for an absence without a reason, and HasNotBegun before the time.
    """
    locked = _locked(activity)
    if locked.begins_at > now():
        raise HasNotBegun()
    known = {row.person_id: row for row in locked.participations.all()}
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for person, mark in marks.items():
        row = known.get(person.pk) or Participation(activity=locked, person=person)
        if row.pk and (row.state, row.reason) == (mark.state, mark.reason.strip()):
            continue
        before[person.staff_no] = row.state if row.pk else ""
        _set(row, mark, by)
        after[person.staff_no] = row.state
    Activity.objects.filter(pk=activity.pk, confirmed_at=None).update(confirmed_at=now())
    record(by, "org.participation_confirmed", activity, before=before, after=after)


def _set(row: Participation, mark: Mark, by: User) -> None:
    if mark.state not in {ATTENDED, ABSENT}:
        raise BadInput(_("Say whether the person was there."), field="state")
    reason = mark.reason.strip()
    if mark.state == ABSENT and not reason:
        raise BadInput(_("An absence needs its reason."), field=f"reason-{row.person_id}")
    row.state, row.reason = mark.state, reason if mark.state == ABSENT else ""
    row.confirmed_at, row.confirmed_by = now(), by
    row.save()


def _locked(activity: Activity) -> Activity:
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.cancelled_at is not None:
        raise IsCancelled()
    return locked
