"""Turning what happened into follow-ups that are planned: each exactly once a rule."""

from datetime import datetime

from django.db import transaction

from lingzhi.audit.services import record
from lingzhi.cases.models import FollowUp, FollowUpRule
from lingzhi.cases.queries.calendars import working_time_of
from lingzhi.cases.queries.triggers import Trigger, is_drawn, rules_in_use, triggers_of
from lingzhi.org.models import Unit
from lingzhi.org.queries import calendar_of
from lingzhi_engine.clock import Limit, NotPublished, TimeBase, WorkingTime
from lingzhi_engine.clock import Unit as TimeUnit

Rule, State = FollowUpRule.Trigger, FollowUp.State
OFTEN = (Rule.SOLVED, Rule.CLOSED, Rule.EVENT)  # looked for every few minutes; the others daily


def plan_follow_ups(triggers: tuple[str, ...] = OFTEN) -> int:
    """Plan what rules with these triggers ask for and nobody planned yet; how many were drawn.

    Running twice, or two at once, plans nothing twice: a rule and a key stand for one follow-up.
    """
    return sum(_plan(rule) for rule in rules_in_use().filter(trigger__in=triggers))


@transaction.atomic
def _plan(rule: FollowUpRule) -> int:
    times = _Reckoner(rule)
    rows = [_follow_up(rule, one, times) for one in triggers_of(rule)]
    FollowUp.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    drawn = sum(one.state == State.PLANNED for one in rows)
    if rows:
        record(None, "cases.follow_ups_planned", rule, after={"found": len(rows), "drawn": drawn})
    return drawn


def _follow_up(rule: FollowUpRule, trigger: Trigger, times: "_Reckoner") -> FollowUp:
    unit = rule.unit_id or trigger.unit
    from_at, due_at = times.of(unit, trigger.at)
    state, why = State.PLANNED, FollowUp.Why.NONE
    if not is_drawn(rule, trigger.key):
        state = State.NOT_DRAWN
    elif trigger.customer is None:
        state, why = State.SUPPRESSED, FollowUp.Why.NO_CUSTOMER
    return FollowUp(
        rule=rule, key=trigger.key, customer_id=trigger.customer, case_id=trigger.case,
        contact_id=trigger.contact, delivery_id=trigger.delivery, unit_id=unit,
        served_by_id=trigger.served_by, state=state, why=why, triggered_at=trigger.at,
        from_at=from_at, due_at=due_at,
    )  # fmt: skip


class _Reckoner:
    """From when and by when, in the business time of each unit; each calendar is read once."""

    def __init__(self, rule: FollowUpRule) -> None:
        self._delay = Limit(rule.delay_amount, TimeUnit(rule.delay_unit), TimeBase(rule.delay_base))
        unit = TimeUnit(rule.within_unit)
        base = TimeBase.WORKING if unit is TimeUnit.WORKING_DAYS else TimeBase.ROUND_THE_CLOCK
        self._within = Limit(rule.within_days, unit, base, ends_with_day=True)
        self._units: dict[int | None, WorkingTime | None] = {}

    def of(self, unit: int | None, at: datetime) -> tuple[datetime, datetime | None]:
        """From when one may call, and by when it is due; None where that is not known.

        Where the calendar does not know, one may call at once: too early harms less than never.
        """
        calendar = self._calendar(unit)
        if calendar is None:
            return at, None
        try:
            from_at = self._delay.due(at, calendar) if self._delay.amount else at
            return from_at, self._within.due(from_at, calendar)
        except NotPublished:
            return at, None

    def _calendar(self, unit: int | None) -> WorkingTime | None:
        if unit not in self._units:
            row = Unit.objects.filter(pk=unit).first() if unit else None
            self._units[unit] = working_time_of(calendar_of(row))
        return self._units[unit]
