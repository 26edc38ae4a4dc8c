"""Which time limits hold for a case."""

from collections.abc import Collection
from datetime import date

from lingzhi.cases.models import Case, ClockRule
from lingzhi.customers.queries.segments import leading_segment
from lingzhi.org.queries import in_force

NARROWING = ("channel_id", "type_id", "case_class", "level", "segment_id")


def rules_for(case: Case, kinds: Collection[str], day: date) -> dict[str, ClockRule]:
    """The rule of each kind of clock in force on `day`; kinds without one are left out.

    Of all that fit, the one that names most fields wins, then the newest.
    """
    facts = {name: getattr(case, name) for name in NARROWING if name != "segment_id"}
    leading = leading_segment(case.customer_id) if case.customer_id else None
    facts["segment_id"] = leading.pk if leading else None
    found: dict[str, ClockRule] = {}
    rows = ClockRule.objects.filter(in_force(day), kind__in=kinds)
    for rule in sorted(rows, key=lambda one: (_named(one), one.number, one.pk)):
        if all(getattr(rule, name) in ("", None, facts[name]) for name in NARROWING):
            found[rule.kind] = rule
    return found


def _named(rule: ClockRule) -> int:
    return sum(getattr(rule, name) not in ("", None) for name in NARROWING)
