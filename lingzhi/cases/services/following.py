"""Living clocks go over to other terms: the case was changed, or a calendar was."""

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Clock, ClockKind
from lingzhi.cases.queries.rules import rules_for
from lingzhi.cases.services.calendars import version_of
from lingzhi.cases.services.clocks import (
    call_off_clocks,
    change_terms,
    living_clocks,
    opened_on,
    repeat_dues,
    start_clocks,
)
from lingzhi.org.models import Calendar
from lingzhi.org.queries import calendar_of

Kind = ClockKind
MAY_JOIN = (Kind.INVESTIGATION, Kind.PROPOSAL, Kind.RESOLUTION, Kind.LEVEL)
AT_ONCE = 500  # clocks in one run; the next one goes on


def follow_case(case: Case, *, reason: str, by: User | None) -> None:
    """The case is another one now (type, class, level or unit): its clocks follow.

    A clock for which no rule holds any more is called off; one that a rule now asks for begins.
    The clocks of a hand-over and of a work order keep the calendar of the unit that has it.
    """
    living = [clock for clock in living_clocks(case) if clock.rule is not None]
    rules = rules_for(case, [clock.kind for clock in living], opened_on(case))
    calendar = calendar_of(case.unit)
    version = version_of(calendar) if calendar else None
    changed = []
    for clock in living:
        before = clock.rule_id, clock.calendar_version_id
        clock.rule = rules.get(clock.kind)
        if clock.kind != Kind.HAND_OVER and clock.order_id is None:
            clock.calendar, clock.calendar_version = calendar, version
        if clock.rule and before != (clock.rule.pk, clock.calendar_version_id):
            changed.append(clock)
    call_off_clocks(case, [one.kind for one in living if one.rule is None], reason=reason, by=by)
    change_terms(changed, reason=reason, by=by)
    _join(case, by)
    repeat_dues(case)


def _join(case: Case, by: User | None) -> None:
    """Clocks that the case as it is now has, and that did not run in this cycle yet."""
    if case.is_over:
        return
    had = set(case.clocks.filter(cycle=case.cycle).values_list("kind", flat=True))
    start_clocks(case, [kind for kind in MAY_JOIN if kind not in had], by=by)


def follow_calendars() -> int:
    """Days of a calendar were changed: living clocks go over to what it says now. How many."""
    used = Clock.objects.exclude(state=Clock.State.ENDED).order_by()
    ids = used.exclude(calendar=None).values_list("calendar_id", flat=True).distinct()
    return sum(_follow(calendar) for calendar in Calendar.objects.filter(pk__in=list(ids)))


@transaction.atomic
def _follow(calendar: Calendar) -> int:
    version = version_of(calendar)
    rows = Clock.objects.filter(calendar=calendar).exclude(state=Clock.State.ENDED)
    rows = rows.exclude(calendar_version=version).select_for_update(of=("self",))
    clocks = list(rows.select_related("case", "rule", "calendar")[:AT_ONCE])
    for clock in clocks:
        clock.calendar_version = version
    change_terms(clocks, reason="", by=None)
    for case in {clock.case_id: clock.case for clock in clocks}.values():
        repeat_dues(case)
    return len(clocks)
