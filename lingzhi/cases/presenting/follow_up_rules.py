"""Follow-up rules in words, and what they plan for the coming days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext

from lingzhi.cases.models import ClockRule, FollowUp, FollowUpRule
from lingzhi.cases.presenting.clauses import ShownClause, clauses_by_control
from lingzhi.cases.queries.follow_ups import planned_by_day

DAYS = 14


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule: for whom, when, and how often; `source` where a clause demands it."""

    rule: FollowUpRule
    audience: str
    when: str
    source: ShownClause | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """What falls due on a day: how many, by rule."""

    day: date
    number: int
    parts: tuple[tuple[str, int], ...]


def shown_rules() -> list[ShownRule]:
    """All rules in their order, those in force first."""
    rows = FollowUpRule.objects.select_related("type", "segment", "script", "unit")
    found = list(rows.order_by("ended_at", "pk"))
    sources = clauses_by_control(one.control_id for one in found)
    return [
        ShownRule(one, _audience(one), _when(one), sources.get(one.control_id or 0))
        for one in found
    ]


def _audience(rule: FollowUpRule) -> str:
    parts = [
        str(rule.type or ""), str(rule.get_case_class_display() if rule.case_class else ""),
        str(rule.get_level_display() if rule.level else ""),
        rule.segment.name if rule.segment else "",
    ]  # fmt: skip
    return " · ".join(part for part in parts if part) or gettext("everybody")


def _when(rule: FollowUpRule) -> str:
    if rule.trigger == FollowUpRule.Trigger.DELIVERY:
        words = gettext("every %(first)s month(s), after a year every %(later)s") % {
            "first": rule.every_months, "later": rule.later_months,
        }  # fmt: skip
    elif rule.trigger == FollowUpRule.Trigger.REGULAR:
        words = gettext("every %(first)s month(s)") % {"first": rule.every_months}
    elif rule.delay_amount:
        words = gettext("after %(amount)s %(unit)s") % {
            "amount": rule.delay_amount, "unit": rule.get_delay_unit_display(),
        }  # fmt: skip
    else:
        words = gettext("at once")
    if rule.within_unit == ClockRule.UnitOfTime.DAYS:
        within = gettext("within %(days)s days") % {"days": rule.within_days}
    else:
        within = gettext("within %(days)s working days") % {"days": rule.within_days}
    return f"{words} · {within}"


def planned_ahead(rows: QuerySet[FollowUp]) -> list[Ahead]:
    """The coming two weeks; what is open already falls on today."""
    titles = {one.pk: str(one) for one in FollowUpRule.objects.all()}
    days: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for day, rule, number in planned_by_day(rows, DAYS):
        days[day][titles[rule]] += number
    return [
        Ahead(day, sum(parts.values()), tuple(parts.items())) for day, parts in sorted(days.items())
    ]
