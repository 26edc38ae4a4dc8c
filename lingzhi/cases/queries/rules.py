"""Which time limits hold for a case."""

from collections.abc import Collection
from datetime import date

from lingzhi.cases.models import Case, ClockRule
from lingzhi.cases.queries.calendars import working_time_of
from lingzhi.customers.queries.segments import leading_segment
from lingzhi.org.queries import calendar_of, in_force
from lingzhi_engine.clock import NotPublished

NARROWING = ("channel_id", "type_id", "case_class", "level", "segment_id")
NAMED = (*NARROWING, "holds_in_id")


def rules_for(case: Case, kinds: Collection[str], day: date) -> dict[str, ClockRule]:
    """The rule of each kind of clock in force on `day`; kinds without one are left out.

    Of all that fit, the one that names most fields wins, then that of the nearest unit, then the
    newest. That is asked apart of
    the house's own limits and of those that regulations demand; of the two the stricter holds.
    """
    facts = {name: getattr(case, name) for name in NARROWING if name != "segment_id"}
    leading = leading_segment(case.customer_id) if case.customer_id else None
    facts["segment_id"] = leading.pk if leading else None
    rows = ClockRule.objects.filter(in_force(day), kind__in=kinds).select_related("holds_in")
    fitting = [
        rule
        for rule in sorted(rows, key=_precedence)
        if all(getattr(rule, name) in ("", None, facts[name]) for name in NARROWING)
        and (rule.holds_in is None or case.unit.path.startswith(rule.holds_in.path))
    ]
    own = {rule.kind: rule for rule in fitting if rule.control_id is None}
    demanded = {rule.kind: rule for rule in fitting if rule.control_id is not None}
    both = {kind: _stricter(own[kind], demanded[kind], case) for kind in own.keys() & demanded}
    return {**own, **demanded, **both}


def _stricter(own: ClockRule, demanded: ClockRule, case: Case) -> ClockRule:
    """The one that is over sooner for this case; the clause's where nobody can reckon."""
    time = working_time_of(calendar_of(case.unit))
    if time is None:
        return demanded
    try:
        return min((demanded, own), key=lambda rule: rule.limit.due(case.opened_at, time))
    except NotPublished:
        return demanded


def _precedence(rule: ClockRule) -> tuple[int, int, int, int]:
    named = sum(getattr(rule, name) not in ("", None) for name in NAMED)
    depth = len(rule.holds_in.path) if rule.holds_in else 0
    return named, depth, rule.number, rule.pk
