"""Clocks that run over: judged, and told exactly once (预警、逾期)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.services import record
from lingzhi.cases.models import CaseEvent, Clock
from lingzhi.cases.queries.dispatch import people_of_order
from lingzhi.cases.queries.people import concerned, leaders_of, without_accused, worked_on
from lingzhi.cases.services.announcing import facts_of
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.clocks import matter_of_clock, reckon, repeat_dues
from lingzhi.cases.services.following import follow_calendars
from lingzhi.cases.services.order_work import keep_late
from lingzhi.core.clock import now
from lingzhi.notifications.services import tell
from lingzhi.notifications.services.outbox import announce

AT_ONCE = 500  # clocks of a kind in one run; the next one goes on
SECOND = timedelta(seconds=1)  # the limit itself is in time


def watch_clocks() -> int:
    """Warn of what runs out, judge what ran over, reckon what became known. How many in all."""
    followed = follow_calendars()
    running = _living().filter(state=Clock.State.RUNNING)
    warned = running.filter(verdict="", warned_at=None, warn_at__lte=now(), due_at__gt=now())
    late = running.filter(verdict="", due_at__lte=now() - SECOND)
    judged = running.filter(verdict=Clock.Verdict.LATE, told_at=None)
    return (
        followed
        + _reckon_changed()
        + sum(_warn(clock) for clock in warned[:AT_ONCE])
        + sum(_mark_late(clock) for clock in late[:AT_ONCE])
        + sum(_mark_late(clock) for clock in judged[:AT_ONCE])
    )


def _living() -> QuerySet[Clock]:
    rows = Clock.objects.exclude(state=Clock.State.ENDED)
    return rows.select_related(
        "case__handler", "case__unit", "order__unit", "order__signed_by"
    ).order_by("due_at")


@transaction.atomic
def _warn(clock: Clock) -> int:
    """Before the deadline: who handles it, or who assigns it, hears once."""
    claimed = Clock.objects.filter(
        pk=clock.pk, warned_at=None, state=Clock.State.RUNNING, verdict=""
    ).update(warned_at=now())
    if claimed:
        case = worked_on(clock.case)
        leaders = without_accused(case, leaders_of(case.unit))
        people = [case.handler] if case.handler else leaders
        if clock.order is not None:
            people = people_of_order(clock.order)
        announce("case.warned", lambda: facts_of(case) | {"clock": clock.kind})
        tell(
            people, _("A time limit of a case is running out"), body=_line(clock),
            url=reverse("cases:case", args=[case.pk]), matter=matter_of_clock(clock, "warned"),
        )  # fmt: skip
    return claimed


@transaction.atomic
def _mark_late(clock: Clock) -> int:
    """After the deadline: late, and it stays so; the handler and the unit's leaders hear once.

    Another limit or calendar may have made it late before: then it is judged already.
    """
    rows = Clock.objects.filter(pk=clock.pk, state=Clock.State.RUNNING, due_at=clock.due_at)
    if not rows.filter(told_at=None, verdict=clock.verdict).update(told_at=now()):
        return 0
    rows.filter(verdict="").update(verdict=Clock.Verdict.LATE, judged_at=clock.due_at)
    case = worked_on(clock.case)
    note_event(case, CaseEvent.Kind.LATE, by=None, step=clock.kind)
    repeat_dues(case)
    people = concerned(case)
    if clock.order is not None:
        keep_late(clock)
        people = [*people, *people_of_order(clock.order)]
    tell(
        people, _("A time limit of a case ran over"), body=_line(clock), is_todo=True,
        url=reverse("cases:case", args=[case.pk]), matter=matter_of_clock(clock, "late"),
    )  # fmt: skip
    record(None, "cases.ran_late", case, after={"clock": clock.kind, "number": clock.number})
    return 1


def _line(clock: Clock) -> str:
    return f"{clock.case.number} {clock.case.title}"


@transaction.atomic
def _reckon_changed() -> int:
    """Days that were missing are published, or a wait used up its cap: the due time is known."""
    published = Q(unpublished_on__lte=F("calendar__published_until"))
    woken = Q(state=Clock.State.PAUSED, wakes_at__lte=now())
    rows = list(Clock.objects.filter(published | woken).select_related("case", "rule")[:AT_ONCE])
    for clock in rows:
        reckon(clock)
        repeat_dues(clock.case)
    return len(rows)
