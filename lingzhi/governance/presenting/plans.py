"""Service plans as pages say them."""

from collections.abc import Sequence
from dataclasses import dataclass

from lingzhi.core.clock import today
from lingzhi.governance.models import PlanTask, ServicePlan
from lingzhi.governance.queries.plans import Done, done_of

TONES = {"draft": "unknown", "asked": "warn", "running": "good"}


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan with how far it is."""

    plan: ServicePlan
    done: Done

    @property
    def tone(self) -> str:
        return TONES[self.plan.state]


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task with whether it is late."""

    task: PlanTask
    is_late: bool
    may_report: bool


def shown_plans(plans: Sequence[ServicePlan]) -> list[ShownPlan]:
    done = done_of(plans)
    return [ShownPlan(one, done[one.pk]) for one in plans]


def shown_tasks(
    tasks: Sequence[PlanTask], plan: ServicePlan, *, person_id: int, may_plan: bool
) -> list[ShownTask]:
    """Late is only what is in force and not done; its owner and who plans may report."""
    is_running = plan.state == ServicePlan.State.RUNNING
    return [
        ShownTask(
            one, is_running and one.done_at is None and one.due_on < today(),
            is_running and one.done_at is None and (may_plan or one.owner_id == person_id),
        )
        for one in tasks
    ]  # fmt: skip
