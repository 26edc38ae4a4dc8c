"""Levels in force, and who hears."""

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Alarm, Case, EscalationRule
from lingzhi.cases.queries.people import without_accused
from lingzhi.cases.queries.recipients import leading, leading_above, present
from lingzhi.core.clock import today
from lingzhi.org.queries import in_force
from lingzhi_engine.clock import Level

To = EscalationRule.To


def escalation_in_force() -> QuerySet[EscalationRule]:
    """The levels that hold today."""
    return EscalationRule.objects.filter(in_force(today())).select_related("type")


def level_of(rule: EscalationRule) -> Level:
    """The level as the engine reckons with it."""
    return Level(str(rule.pk), rule.minutes * 60, rule.percent)


def hearers(case: Case, to: str) -> list[User]:
    """Who is meant, as far as they are on duty: else their deputy, else the next leader up; never
    the person a complaint is about."""
    handler = [case.handler] if case.handler else []
    if to == To.OWNER:
        found = present([case.owner])
    elif to == To.HANDLER and handler:
        found = present(handler)
    elif to == To.ABOVE:
        found = leading_above(case.unit)
    else:
        found = leading(case.unit)
    return (
        without_accused(case, found)
        or without_accused(case, leading(case.unit))
        or without_accused(case, leading_above(case.unit))
    )


def alarms_of(clock_id: int) -> QuerySet[Alarm]:
    """The levels of a clock with who was told, for its page."""
    rows = Alarm.objects.filter(clock=clock_id).select_related("rule")
    return rows.prefetch_related("told__person").order_by("at", "id")
