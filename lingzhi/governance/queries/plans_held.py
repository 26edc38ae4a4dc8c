"""Whether the service plans that a rulebook asks for were in force, month by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min
from django.utils import timezone

from lingzhi.approvals.models import Approval
from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.governance.models import ServicePlan
from lingzhi.org.queries.activities_held import MONTHS, periods_over

OVERALL, DERIVED = "overall", "derived"
MOST_DAYS = 31  # of a month


@dataclass(frozen=True, slots=True)
class _Planned:
    """A plan that was approved at least once; one that is being written anew is not in force."""

    path: str
    is_derived: bool
    from_on: date
    to_on: date
    approved_on: date
    is_running: bool

    def covers(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on and self.approved_on <= day


def plans_held(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding one check for each month that is over, dated on its last day.

    Kept where on that day a plan of a unit that the clause binds, or of one above it, was approved
    and in its days; where the clause says how often it is made, one for no longer than that. One
    that was approved and is being written anew since leaves the check unknown.
    """
    plans = _plans()
    return [dict(_days(binding, plans, first, last)) for binding in bindings]


def _plans() -> list[_Planned]:
    label = ServicePlan._meta.label_lower
    agreed = Approval.objects.filter(
        subject__startswith=f"{label}/", state=Approval.State.APPROVED
    ).order_by()
    first = dict(agreed.values_list("subject").annotate(Min("ended_at")))
    found = []
    for one in ServicePlan.objects.select_related("unit"):
        times = [at for at in (one.approved_at, first.get(f"{label}/{one.pk}")) if at]
        if times:
            on = timezone.localdate(min(times))
            running = one.state == ServicePlan.State.RUNNING
            found.append(
                _Planned(
                    one.unit.path, one.above_id is not None, one.from_on, one.to_on, on, running
                )
            )
    return found


def _days(
    binding: Binding, plans: Sequence[_Planned], first: date, last: date
) -> Iterator[tuple[date, Evidence]]:
    wants_derived = binding.values.get("about") == DERIVED
    months = MONTHS.get(str(binding.values.get("cadence") or ""))
    mine = [
        one for one in plans
        if one.is_derived == wants_derived
        and (binding.holds_for(one.path) or binding.unit_path.startswith(one.path))
        and (months is None or one.to_on - one.from_on < timedelta(days=MOST_DAYS * months))
    ]  # fmt: skip
    for _begin, end in periods_over("monthly", first, last):
        yield end, _check([one for one in mine if one.covers(end)])


def _check(plans: Sequence[_Planned]) -> Evidence:
    if any(one.is_running for one in plans):
        return Evidence(kept=1)
    return Evidence(unknown=1) if plans else Evidence(broken=1)
