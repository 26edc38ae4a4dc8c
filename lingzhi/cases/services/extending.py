"""More time, and waits that have to be approved: nothing is given back before somebody agreed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.cases.models import CaseEvent, Clock, ClockEvent, Extension
from lingzhi.cases.queries.people import ASSIGN
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.clocks import extend_clock, reckon, repeat_dues
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import tell
from lingzhi.org.queries import reach
from lingzhi_engine.clock import BadLimit, Limit, Unit

EXTEND, PAUSE = "cases.extend", "cases.pause"


class NotLiving(DomainError):
    message = _("This clock has ended, or it is a promise: tell the customer another time instead.")


class NobodyToAsk(DomainError):
    message = _("No approval is set up for this: ask whoever assigns the cases of the unit.")


class NoSuchWait(DomainError):
    message = _("No wait of this clock has to be approved.")


@dataclass(frozen=True, slots=True)
class MoreTime:
    """What is asked for; the customer is to be told `expected_at` once it is granted."""

    amount: int
    unit: str
    reason: str
    expected_at: datetime


@transaction.atomic
def ask_extension(clock: Clock, wanted: MoreTime, *, by: User) -> Extension:
    """Ask the chain for more time. Without a chain whoever assigns the unit's cases grants it."""
    if not clock.is_living or clock.rule is None:
        raise NotLiving()
    text = demanded(wanted.reason, 500, field="reason")
    _require(clock, wanted)
    row = Extension.objects.create(
        clock=clock, amount=wanted.amount, unit=wanted.unit, reason=text,
        expected_at=wanted.expected_at, asked_at=now(), asked_by=by,
    )  # fmt: skip
    content = {"clock": clock.pk, "amount": wanted.amount, "unit": wanted.unit, "reason": text}
    row.approval = _asked(
        clock, clock, EXTEND, title=_("More time for %(case)s"), content=content,
        job="cases.grant_extension", arguments={"extension_id": row.pk}, by=by,
    )  # fmt: skip
    row.save()
    record(by, "cases.extension_asked", clock.case, after=content, reason=text)
    if row.approval is None:
        grant_extension(row, by=by)
    return row


@transaction.atomic
def grant_extension(row: Extension, *, by: User | None) -> None:
    """More time from when it would have been over; who asked is to tell the customer."""
    claimed = Extension.objects.filter(pk=row.pk, granted_at=None).update(granted_at=now())
    clock = Clock.objects.select_related("case", "rule").get(pk=row.clock_id)
    if not claimed or not clock.is_living:
        return
    case = clock.case
    extend_clock(clock, amount=row.amount, unit=row.unit, reason=row.reason, by=by)
    repeat_dues(case)
    note_event(case, CaseEvent.Kind.EXTENDED, by=by, text=row.reason, step=clock.kind)
    tell(
        [row.asked_by], _("More time is granted: tell the customer the new time"),
        body=f"{case.number} {case.title}", url=reverse("cases:case", args=[case.pk]),
        is_todo=True, matter=f"cases.case/{case.pk}/promise",
    )  # fmt: skip
    record(by, "cases.extended", case, after={"clock": clock.kind, "amount": row.amount})


@transaction.atomic
def ask_pause(clock: Clock, *, by: User) -> Approval | None:
    """Ask that the last wait of the clock stops it from its begin."""
    event = wait_to_approve(clock)
    if event is None:
        raise NoSuchWait()
    approval = _asked(
        event, clock, PAUSE, title=_("Wait of %(case)s"), content={"event": event.pk},
        job="cases.grant_pause", arguments={"event_id": event.pk}, by=by,
    )  # fmt: skip
    record(by, "cases.pause_asked", clock.case, after={"clock": clock.kind}, reason=event.reason)
    if approval is None:
        grant_pause(event, by=by)
    return approval


@transaction.atomic
def grant_pause(event: ClockEvent, *, by: User | None) -> None:
    """The wait stops the clock from its begin. What ran over before is late and stays late."""
    clock = Clock.objects.select_for_update().select_related(None).get(pk=event.clock_id)
    beside = clock.events.filter(kind=ClockEvent.Kind.PAUSED, at=event.at, gives_back=True)
    if beside.exists():
        return
    ClockEvent.objects.create(
        clock=clock, kind=ClockEvent.Kind.PAUSED, at=event.at, reason=event.reason, by=by
    )
    reckon(clock)
    repeat_dues(clock.case)
    record(by, "cases.pause_granted", clock.case, after={"clock": clock.kind})


def wait_to_approve(clock: Clock) -> ClockEvent | None:
    """The newest wait that only got noted, unless it was approved."""
    waits = clock.events.filter(kind=ClockEvent.Kind.PAUSED).order_by("at", "id")
    last = waits.last()
    return last if last is not None and not last.gives_back else None


def _require(clock: Clock, wanted: MoreTime) -> None:
    assert clock.rule is not None
    if wanted.amount < 1:
        raise BadInput(_("Say how much more time."), field="amount")
    try:
        Limit(wanted.amount, Unit(wanted.unit), clock.rule.limit.base)
    except (BadLimit, ValueError) as wrong:
        raise BadInput(
            _("Working days are counted in business time only."), field="unit"
        ) from wrong
    if wanted.expected_at <= now():
        raise BadInput(_("Say by when: a time to come."), field="expected_at")


def _asked(
    subject: models.Model, clock: Clock, matter: str, *, title: Any, by: User, **more: Any
) -> Approval | None:
    url = reverse("cases:clock", args=[clock.pk])
    words = str(title % {"case": f"{clock.case.number} {clock.get_kind_display()}"})
    approval = ask(subject, matter, title=words, url=url, by=by, **more)
    if approval is None and not reach(by, ASSIGN).covers(clock.case.unit, None):
        raise NobodyToAsk()
    return approval
