"""What people who are inspected may know: by which rules, with which sheets, how many."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from lingzhi.accounts.roles import ROLES
from lingzhi.core.clock import today
from lingzhi.inspections.models import Plan, Policy, SheetVersion
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.org.models import Unit


@dataclass(frozen=True, slots=True)
class Fairness:
    """The rules of a site with the standards in force and the open plans (公平、公正、公开)."""

    policy: Policy
    levels: tuple[str | Promise, ...]
    sheets: tuple[SheetVersion, ...]
    plans: tuple[Plan, ...]

    @property
    def keeps_years(self) -> float:
        """How long findings about a person are kept, in years."""
        return round(self.policy.keep_days / 365, 1)


def fairness_of(unit: Unit) -> Fairness:
    """What holds for a site today. A covert plan is nowhere named."""
    policy = policy_of(unit)
    sheets = SheetVersion.objects.filter(state=SheetVersion.State.ACTIVE).select_related("sheet")
    current = Q(to_on=None) | Q(to_on__gte=today())
    plans = Plan.objects.filter(
        current, state=Plan.State.ACTIVE, openness=Plan.Openness.OPEN,
        unit__path__startswith=unit.path,
    )  # fmt: skip
    return Fairness(
        policy=policy,
        levels=tuple(ROLES[code].label for code in policy.appeal_levels if code in ROLES),
        sheets=tuple(sheets.order_by("title")[:20]),
        plans=tuple(plans.select_related("sheet", "unit").order_by("from_on")[:20]),
    )
