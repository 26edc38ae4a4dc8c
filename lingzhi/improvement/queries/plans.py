"""Improvement plans with how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.improvement.models import ImprovementPlan, Rectification
from lingzhi.improvement.queries.people import READ
from lingzhi.improvement.queries.rectifications import late_on, with_progress
from lingzhi.org.queries import reach

State = Rectification.State


@dataclass(frozen=True, slots=True)
class Progress:
    """Of what is due in the days of a plan: how many in all, closed, being judged, late."""

    due: int
    closed: int
    checking: int
    late: int

    @property
    def share(self) -> float | None:
        """Closed of all, 0–1; None while nothing is planned."""
        return self.closed / self.due if self.due else None


def plans_visible_to(user: User) -> QuerySet[ImprovementPlan]:
    """Those of units within reach, the latest first."""
    rows = ImprovementPlan.objects.filter(unit__in=reach(user, READ).units)
    return rows.select_related("unit", "kept_by")


def rectifications_of(plan: ImprovementPlan) -> QuerySet[Rectification]:
    """What is to be put right in the unit and below it in these days; dropped ones do not count."""
    rows = Rectification.objects.filter(
        unit__path__startswith=plan.unit.path, due_on__gte=plan.from_on, due_on__lte=plan.to_on
    ).exclude(state=State.DROPPED)
    rows = with_progress(rows.select_related("unit", "owner", "supervisor"))
    return rows.order_by("due_on", "pk")


def progress_of(plans: Sequence[ImprovementPlan]) -> list[Progress]:
    """Of each, counted now; one question for all of them."""
    if not plans:
        return []
    rows = Rectification.objects.exclude(state=State.DROPPED).filter(
        due_on__gte=min(one.from_on for one in plans), due_on__lte=max(one.to_on for one in plans)
    )
    late = set(rows.filter(late_on(today())).values_list("pk", flat=True))
    found = list(rows.values_list("pk", "state", "due_on", "unit__path"))
    counted = []
    for plan in plans:
        states = {
            key: state for key, state, due_on, path in found
            if plan.from_on <= due_on <= plan.to_on and path.startswith(plan.unit.path)
        }  # fmt: skip
        kinds = list(states.values())
        closed, checking = kinds.count(State.CLOSED), kinds.count(State.CHECKING)
        counted.append(Progress(len(kinds), closed, checking, len(late & states.keys())))
    return counted
