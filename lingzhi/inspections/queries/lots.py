"""Series of lots and where they stand after GB/T 2828.1, 9.3 (转移规则)."""

from typing import NamedTuple

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Acceptance, Lot, Review, Task
from lingzhi.inspections.queries.plans import PLAN
from lingzhi.org.queries import reach
from lingzhi_engine.stats import LotInspection, after_lot, resumed


class Step(NamedTuple):
    """A lot with the state of the series behind it; None while it is not decided."""

    lot: Lot
    after: LotInspection | None


class Tally(NamedTuple):
    """Of the sample of a lot: how many are scored, nonconforming, or could not be told."""

    tasks: int
    scored: int
    nonconforming: int
    unknown: int

    @property
    def is_complete(self) -> bool:
        return self.tasks > 0 and self.scored == self.tasks and not self.unknown


def acceptances_of(user: User) -> QuerySet[Acceptance]:
    """Acceptances of units within the reach of who plans."""
    rows = Acceptance.objects.filter(reach(user, PLAN).over("plan__unit__path", "plan__created_by"))
    return rows.select_related("plan__unit")


def series_of(acceptance: Acceptance) -> list[Step]:
    """Every lot in its order, the states worked out from the first one on."""
    now, steps = LotInspection(), []
    rows = acceptance.lots.select_related("decided_by", "draw").defer("draw__frame")
    for lot in rows.order_by("draw__from_on"):
        if lot.nonconforming is None:
            steps.append(Step(lot, None))
            continue
        now = after_lot(
            now, lot.letter, acceptance.aql, lot.nonconforming, may_reduce=lot.may_reduce
        )
        steps.append(Step(lot, now))
        if lot.resumed_at is not None:
            now = resumed(now)
    return steps


def state_of(acceptance: Acceptance) -> LotInspection:
    """Where the series stands for its next lot."""
    decided = [step for step in series_of(acceptance) if step.after is not None]
    if not decided or decided[-1].after is None:
        return LotInspection()
    last = decided[-1]
    return resumed(decided[-1].after) if last.lot.resumed_at else decided[-1].after


def tally_of(lot: Lot) -> Tally:
    """Nonconforming is a conversation that failed or was vetoed; one without a verdict is not."""
    tasks = Task.objects.filter(
        draw=lot.draw_id, is_repeat=False, state__in=[Task.State.OPEN, Task.State.DONE]
    )
    reviews = Review.objects.filter(task__in=tasks).exclude(state=Review.State.DRAFT)
    bad = Q(is_passed=False) | Q(is_vetoed=True)
    unknown = reviews.filter(is_passed=None, is_vetoed=False).count()
    return Tally(tasks.count(), reviews.count(), reviews.filter(bad).count(), unknown)
