"""Acts of the floor: breaks, raised hands, surges."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import (
    AgentState,
    BreakReason,
    BreakRequest,
    RaisedHand,
    Surge,
    SurgeReceipt,
)
from lingzhi.contacts.queries.calls import ringing_at
from lingzhi.contacts.queries.floor import break_limits, leaders_of, minutes_today, on_break_now
from lingzhi.contacts.services.states import take_state
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import people_in, team_of
from lingzhi_engine.privacy import mask

FLOOR_URL = "/contacts/floor/"
DESK_URL = "/contacts/desk/"


class TooManyAtOnce(DomainError):
    message = _("As many of your team as may are on this break already.")


class AskedAlready(DomainError):
    message = _("You have asked for a break already; it waits for a leader.")


class AlreadyDecided(DomainError):
    message = _("Somebody else has decided this already.")


class HandIsUp(DomainError):
    message = _("Your hand is up already.")


class HandIsDown(DomainError):
    message = _("Somebody else answered already, or the hand was taken down.")


class OneOwn(DomainError):
    message = _("One’s own break is granted by somebody else.")


@transaction.atomic
def take_break(reason: BreakReason, *, by: User) -> BreakRequest | None:
    """Begin a break, or ask for it where it needs approval or the day's quota is used up."""
    if reason.retired_at is not None:
        raise BadInput(_("This reason is no longer used."), field="reason")
    team = team_of(by, today())
    BreakReason.objects.select_for_update().get(pk=reason.pk)  # one after the other
    if reason.at_once is not None and on_break_now(reason, team).count() >= reason.at_once:
        raise TooManyAtOnce()
    is_used_up = (
        reason.minutes_a_day is not None and minutes_today(by, reason) >= reason.minutes_a_day
    )
    if not reason.needs_approval and not is_used_up:
        take_state(by, AgentState.State.ON_BREAK, reason=reason.name, by=by)
        return None
    return _ask(reason, team, "quota" if is_used_up else "rule", by)


def _ask(reason: BreakReason, team: Unit | None, why: str, by: User) -> BreakRequest:
    try:
        with transaction.atomic():
            asked = BreakRequest.objects.create(
                person=by, unit=team, reason=reason, why=why, asked_at=now()
            )
    except IntegrityError as problem:
        raise AskedAlready() from problem
    record(by, "contacts.break_asked", asked, after={"reason": reason.name, "why": why})
    matter = f"contacts.breakrequest/{asked.pk}"
    title = _("An agent asks for a break")
    tell(leaders_of(by), title, body=f"{by.name}: {reason.name}", url=FLOOR_URL, is_todo=True,
         matter=matter)  # fmt: skip
    return asked


@transaction.atomic
def decide_break(asked: BreakRequest, *, is_granted: bool, by: User) -> None:
    """A leader's word; granted, the break begins at once."""
    if asked.person_id == by.pk:
        raise OneOwn()
    changed = {"decided_at": now(), "decided_by": by, "is_granted": is_granted}
    if not BreakRequest.objects.filter(pk=asked.pk, decided_at=None).update(**changed):
        raise AlreadyDecided()
    record(by, "contacts.break_decided", asked, after={"is_granted": is_granted})
    settle_matter(f"contacts.breakrequest/{asked.pk}")
    if is_granted:
        take_state(asked.person, AgentState.State.ON_BREAK, reason=asked.reason.name, by=by)
    title = _("Your break is granted") if is_granted else _("Your break is not granted")
    tell([asked.person], title, body=asked.reason.name, url=DESK_URL)


@transaction.atomic
def watch_breaks() -> int:
    """Tell agents and leaders of breaks that last longer than they may, once; how many."""
    breaks = AgentState.objects.filter(until=None, state=AgentState.State.ON_BREAK)
    rows = list(breaks.select_related("person"))
    limits = break_limits(rows)
    late = [
        row for row in rows
        if row.pk in limits and row.since + timedelta(minutes=limits[row.pk]) < now()
    ]  # fmt: skip
    for row in late:
        people = [row.person, *leaders_of(row.person)]
        body = f"{row.person.name}: {row.reason}"
        tell(people, _("A break lasts longer than it may"), body=body, url=FLOOR_URL,
             matter=f"contacts.break/{row.person_id}/{row.since.isoformat()}")  # fmt: skip
    return len(late)


@transaction.atomic
def raise_hand(words: str, *, by: User) -> RaisedHand:
    """Ask for help; the leaders of the team are told at once."""
    leg = ringing_at(by)
    try:
        with transaction.atomic():
            hand = RaisedHand.objects.create(
                person=by, unit=team_of(by, today()), words=mask(words.strip()[:200]),
                call=leg.call if leg else None, raised_at=now(),
            )  # fmt: skip
    except IntegrityError as problem:
        raise HandIsUp() from problem
    record(by, "contacts.hand_raised", hand)
    tell(leaders_of(by), _("An agent asks for help"), body=f"{by.name} {hand.words}".strip(),
         url=FLOOR_URL, is_todo=True, is_urgent=True,
         matter=f"contacts.raisedhand/{hand.pk}")  # fmt: skip
    return hand


@transaction.atomic
def answer_hand(hand: RaisedHand, *, by: User) -> None:
    """Somebody comes; the seconds until then are kept."""
    if hand.person_id == by.pk:
        raise HandIsDown()
    rows = RaisedHand.objects.filter(pk=hand.pk, answered_at=None, lowered_at=None)
    if not rows.update(answered_at=now(), answered_by=by):
        raise HandIsDown()
    hand.refresh_from_db()
    record(by, "contacts.hand_answered", hand, after={"seconds": hand.answer_seconds})
    settle_matter(f"contacts.raisedhand/{hand.pk}")
    tell([hand.person], _("Help is coming"), body=by.name, url=DESK_URL)


@transaction.atomic
def lower_hand(hand: RaisedHand, *, by: User) -> None:
    """It is no longer needed. Doing so twice changes nothing."""
    rows = RaisedHand.objects.filter(pk=hand.pk, answered_at=None, lowered_at=None)
    if rows.update(lowered_at=now()):
        record(by, "contacts.hand_lowered", hand)
        settle_matter(f"contacts.raisedhand/{hand.pk}")


@transaction.atomic
def announce_surge(unit: Unit, kind: str, words: str, *, by: User) -> Surge:
    """Tell everybody of a unit at once; who read it is kept."""
    surge = Surge.objects.create(
        unit=unit, kind=kind, words=mask(words.strip()), began_at=now(), told_by=by
    )
    people = list(people_in(unit))
    SurgeReceipt.objects.bulk_create(SurgeReceipt(surge=surge, person=one) for one in people)
    record(by, "contacts.surge_announced", surge, after={"kind": kind, "people": len(people)})
    tell(people, _("Read at once: what happens on the floor"), body=surge.words,
         url=f"/contacts/surges/{surge.pk}/", is_todo=True, is_urgent=True,
         matter=f"contacts.surge/{surge.pk}")  # fmt: skip
    return surge


@transaction.atomic
def read_surge(surge: Surge, *, by: User) -> None:
    """The person has read it. Doing so twice changes nothing."""
    rows = SurgeReceipt.objects.filter(surge=surge, person=by, read_at=None)
    if rows.update(read_at=now()):
        record(by, "contacts.surge_read", surge)


@transaction.atomic
def end_surge(surge: Surge, *, by: User) -> None:
    """It is over: nobody needs to read of it any more."""
    if Surge.objects.filter(pk=surge.pk, ended_at=None).update(ended_at=now()):
        record(by, "contacts.surge_ended", surge)
        settle_matter(f"contacts.surge/{surge.pk}")


@transaction.atomic
def note_attendance_export(day: date, people: int, *, by: User) -> None:
    """Who took the attendance of how many agents out of the program."""
    record(by, "contacts.attendance_exported", by, after={"day": str(day), "people": people})


@transaction.atomic
def keep_break_reason(reason: BreakReason, *, by: User) -> BreakReason:
    """A reason, new or changed."""
    reason.validate_constraints()
    reason.save()
    after = {
        "unit": reason.unit.code, "reason": reason.name, "each": reason.minutes_each,
        "a_day": reason.minutes_a_day,
        "at_once": reason.at_once, "needs_approval": reason.needs_approval,
    }  # fmt: skip
    record(by, "contacts.break_reason_kept", reason, after=after)
    return reason
