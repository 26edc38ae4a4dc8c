"""Reaching levels: planned when a due time moves, acted on exactly once, told when people may be.

A level that was reached stays so: when the due time moves on afterwards, it is not reached again.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Alarm, AlarmTold, Case, CaseEvent, Clock, EscalationRule
from lingzhi.cases.models.types import Level
from lingzhi.cases.queries.escalation import escalation_in_force, hearers, level_of
from lingzhi.cases.queries.ledgers import ledger_of, lines_of
from lingzhi.cases.queries.people import worked_on
from lingzhi.cases.services.announcing import facts_of
from lingzhi.cases.services.changing import raise_case
from lingzhi.cases.services.claiming import claim, note_event
from lingzhi.cases.services.clocks import matter_of_alarm
from lingzhi.cases.services.working import give_to_do
from lingzhi.core.clock import now
from lingzhi.notifications.queries import not_before
from lingzhi.notifications.services import tell
from lingzhi.notifications.services.outbox import announce
from lingzhi_engine.clock import NotPublished, escalations

Action = EscalationRule.Action
AT_ONCE = 500
TITLES = {
    True: _("A case ran over its limit: act on it"),
    False: _("A time limit of a case asks for attention"),
}


def escalate() -> int:
    """Plan what moved, act on what is reached, tell whose quiet hours are over. How many acts."""
    _plan_all()
    due = Alarm.objects.filter(
        fired_at=None, at__lte=now(), clock__state=Clock.State.RUNNING, clock__is_planned=True
    )
    fired = sum(_fire(alarm) for alarm in due.select_related("rule")[:AT_ONCE])
    return fired + _tell_later()


def _plan_all() -> None:
    rules = list(escalation_in_force())
    rows = Clock.objects.filter(is_planned=False).exclude(state=Clock.State.ENDED)
    for clock in rows.select_related("case", "rule")[: AT_ONCE * 4]:
        _plan(clock, [rule for rule in rules if rule.fits(clock)])


@transaction.atomic
def _plan(clock: Clock, rules: list[EscalationRule]) -> None:
    """When each level is reached, as the ledger stands; a clock that moved meanwhile: again."""
    open_ones = Alarm.objects.filter(clock=clock, fired_at=None)
    open_ones.exclude(rule__in=rules).delete()
    reached = _reached(clock, rules) if rules else {}
    for rule in rules:
        Alarm.objects.bulk_create([Alarm(clock=clock, rule=rule)], ignore_conflicts=True)
        open_ones.filter(rule=rule).update(at=reached.get(str(rule.pk)))
    seen = Clock.objects.filter(pk=clock.pk, state=clock.state, due_at=clock.due_at)
    seen.update(is_planned=True)


def _reached(clock: Clock, rules: list[EscalationRule]) -> dict[str, object]:
    try:
        ledger = ledger_of(clock, lines_of(clock))
    except NotPublished:
        return {}
    if ledger is None:
        return {}
    found = escalations(ledger, [level_of(rule) for rule in rules])
    return {one.level.name: one.reached_at for one in found}


@transaction.atomic
def _fire(alarm: Alarm) -> int:
    """Act on a level, if nobody else has and the clock still runs."""
    claimed = Alarm.objects.filter(
        pk=alarm.pk, fired_at=None, at=alarm.at,
        clock__state=Clock.State.RUNNING, clock__is_planned=True,
    ).update(fired_at=now())  # fmt: skip
    if not claimed:
        return 0
    clock = Clock.objects.select_related("case__unit__parent", "case__handler", "case__owner")
    found = clock.get(pk=alarm.clock_id)
    case, rule = worked_on(found.case), alarm.rule
    people = hearers(case, rule.to)
    _act(case, rule, people)
    at = now()
    AlarmTold.objects.bulk_create(
        AlarmTold(alarm=alarm, person=one, tell_at=at if rule.is_urgent else not_before(one, at))
        for one in people
    )
    _tell(AlarmTold.objects.filter(alarm=alarm, tell_at__lte=at))
    facts = {"clock": found.kind, "rule": rule.pk, "action": rule.action}
    announce("case.escalated", lambda: facts_of(case) | facts)
    record(None, "cases.escalated", case, after={"rule": rule.pk, "clock": found.kind})
    return 1


def _act(case: Case, rule: EscalationRule, people: list[User]) -> None:
    """What the level does to the case itself."""
    if rule.action == Action.PRIORITY and case.priority > 1:
        changes = {"priority": [case.priority, case.priority - 1]}
        claim(case, case.revision, priority=case.priority - 1)
        note_event(case, CaseEvent.Kind.CHANGED, by=None, text=rule.title, changes=changes)
        Clock.objects.filter(case=case).update(is_planned=False)
    elif rule.action == Action.LEVEL and case.level < max(Level) and not case.is_over:
        cause = CaseEvent.RaiseCause.LATE
        raise_case(case, cause, reason=rule.title, seen=case.revision, by=None)
    elif rule.action == Action.HAND and people and people[0].pk != case.handler_id:
        claim(case, case.revision, handler=people[0])
        note_event(case, CaseEvent.Kind.ASSIGNED, by=None, person=people[0], text=rule.title)
        give_to_do(case, by=None)


def _tell_later() -> int:
    return _tell(AlarmTold.objects.filter(tell_at__lte=now()))


def _tell(rows: QuerySet[AlarmTold]) -> int:
    """Tell each once; of a clock that ended meanwhile nobody is told any more."""
    waiting = rows.filter(told_at=None).select_related(
        "alarm__rule", "alarm__clock__case", "person"
    )
    return sum(_tell_one(one) for one in waiting[:AT_ONCE])


@transaction.atomic
def _tell_one(row: AlarmTold) -> int:
    if not AlarmTold.objects.filter(pk=row.pk, told_at=None).update(told_at=now()):
        return 0
    alarm, clock = row.alarm, row.alarm.clock
    if clock.state == Clock.State.ENDED:
        return 0
    is_late = bool(clock.due_at and clock.due_at < now())
    url = reverse("cases:case", args=[worked_on(clock.case).pk])
    body = f"{clock.case.number} {clock.case.title} · {alarm.rule.title}"
    is_todo = alarm.rule.action != Action.TELL
    matter = matter_of_alarm(alarm.pk)
    return tell(
        [row.person], TITLES[is_late], body=body, url=url, is_todo=is_todo,
        is_urgent=alarm.rule.is_urgent, matter=matter,
    )  # fmt: skip


def plan_anew() -> int:
    """Levels were added or ended: every living clock is planned again."""
    rows = Clock.objects.exclude(state=Clock.State.ENDED).filter(is_planned=True)
    return rows.update(is_planned=False)
