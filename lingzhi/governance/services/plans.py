"""Writing service plans, their approval, deriving those of units, and how far tasks are."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.queries import chain_of
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.governance.models import Goal, PlanTask, ServicePlan
from lingzhi.governance.services.goals import keep_goal
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit

State = ServicePlan.State
MATTER = "governance.plan"
USUAL = ["leadership"]  # until the house sets its own chain
WHOLE = 100


class PlanIsElsewhere(DomainError):
    message = _("The state of the plan does not allow this, or somebody was quicker.")


@transaction.atomic
def keep_plan(plan: ServicePlan, *, by: User) -> ServicePlan:
    """New, or changed while it is a draft. Raises PlanIsElsewhere."""
    if plan.pk:
        _claim(plan, State.DRAFT, state=State.DRAFT)
    plan.kept_at, plan.kept_by = now(), by
    plan.save()
    days = {"from_on": str(plan.from_on), "to_on": str(plan.to_on)}
    record(by, "governance.plan_kept", plan, after={"unit": plan.unit_id, **days})
    return plan


@transaction.atomic
def keep_task(task: PlanTask, *, by: User) -> ServicePlan:
    """A task of a draft, new or changed. Raises BadInput, PlanIsElsewhere."""
    plan = task.plan
    if not plan.from_on <= task.due_on <= plan.to_on:
        raise BadInput(_("Name a day within the time of the plan."), field="due_on")
    _claim(plan, State.DRAFT, state=State.DRAFT)
    task.save()
    record(by, "governance.plan_task_kept", plan, after={"task": task.pk, "due": str(task.due_on)})
    return plan


@transaction.atomic
def remove_task(task: PlanTask, *, by: User) -> None:
    """Out of a draft; what units took over stays with them as their own.

    Raises PlanIsElsewhere.
    """
    _claim(task.plan, State.DRAFT, state=State.DRAFT)
    task.taken_over.update(source=None)
    record(by, "governance.plan_task_removed", task.plan, before={"task": task.pk})
    task.delete()


@transaction.atomic
def request_approval(plan: ServicePlan, *, by: User) -> Approval | None:
    """Put it before the chain of service plans. Raises BadInput, PlanIsElsewhere."""
    if not plan.tasks.exists():
        raise BadInput(_("A plan without tasks plans nothing."))
    _claim(plan, State.DRAFT, state=State.ASKED)
    return ask(
        plan, MATTER, title=plan.title, url=url_of(plan), content=content_of(plan),
        job="governance.approve_plan", arguments={"plan_id": plan.pk},
        roles=chain_of(MATTER) or USUAL, by=by,
    )  # fmt: skip


@transaction.atomic
def approve_plan(plan: ServicePlan, approval: Approval) -> bool:
    """The last signature was given: it is in force and its tasks are told. False where it is not
    what was signed or waits no more."""
    if plan.state != State.ASKED or not approval.covers(content_of(plan)):
        return False
    _claim(plan, State.ASKED, state=State.RUNNING, approved_at=now())
    for task in plan.tasks.filter(done_at=None).select_related("owner"):
        tell([task.owner], _("A task of a service plan is yours"), body=task.title,
             url=url_of(plan), is_todo=True, matter=matter_of(task))  # fmt: skip
    signer = approval.signatures.latest("step").signed_by
    record(signer, "governance.plan_approved", plan, after={"approval": approval.pk})
    return True


@transaction.atomic
def rewrite_plan(plan: ServicePlan, reason: str, *, by: User) -> ServicePlan:
    """A draft again, after a refusal or because it has to change; then it is approved anew.

    Raises BadInput, PlanIsElsewhere.
    """
    why = reason.strip()
    if not why:
        raise BadInput(_("Say why."), field="reason")
    subject = f"{plan._meta.label_lower}/{plan.pk}"
    if Approval.objects.filter(subject=subject, state=Approval.State.OPEN).exists():
        raise PlanIsElsewhere(_("Its approval is still open."))
    if plan.state == State.DRAFT:
        raise PlanIsElsewhere()
    _claim(plan, plan.state, state=State.DRAFT, approved_at=None)
    for task in plan.tasks.all():
        settle_matter(matter_of(task))
        settle_matter(late_matter(task))
    record(by, "governance.plan_rewritten", plan, reason=why)
    return plan


@transaction.atomic
def derive_plan(
    plan: ServicePlan, unit: Unit, *, owner: User, tasks: Sequence[PlanTask],
    goals: Collection[Goal], by: User,
) -> ServicePlan:  # fmt: skip
    """The draft of a unit below from a plan in force, with the tasks and goals it takes over.

    `owner` answers for them in the unit, judged by who answers for the goal above.
    Raises BadInput, PlanIsElsewhere.
    """
    if plan.state != State.RUNNING:
        raise PlanIsElsewhere()
    if unit == plan.unit or not unit.path.startswith(plan.unit.path):
        raise BadInput(_("Choose a unit below that of the plan."), field="unit")
    if plan.below.filter(unit=unit).exists():
        raise BadInput(_("This unit has its plan already."), field="unit")
    found = ServicePlan.objects.create(
        unit=unit, above=plan, title=f"{unit.name} · {plan.title}"[:120], words=plan.words,
        from_on=plan.from_on, to_on=plan.to_on, kept_at=now(), kept_by=by,
    )  # fmt: skip
    own = {goal.pk: _taken_over(goal, unit, owner, by) for goal in goals}
    PlanTask.objects.bulk_create(
        PlanTask(
            plan=found, source=task, title=task.title, about=task.about, owner=owner,
            due_on=task.due_on, goal=own.get(task.goal_id or 0, task.goal),
        )
        for task in tasks
    )  # fmt: skip
    after = {"above": plan.pk, "tasks": len(tasks), "goals": len(own)}
    record(by, "governance.plan_derived", found, after=after)
    return found


@transaction.atomic
def report_task(task: PlanTask, percent: int, progress: str, *, by: User) -> PlanTask:
    """How far it is; 100 is done. Raises BadInput, PlanIsElsewhere."""
    words = progress.strip()
    if not words:
        raise BadInput(_("Say what was done."), field="progress")
    if not 0 <= percent <= WHOLE:
        raise BadInput(_("Between 0 and 100."), field="percent")
    is_done = percent == WHOLE
    rows = PlanTask.objects.filter(pk=task.pk, plan__state=State.RUNNING, done_at=None)
    moment = now()
    claimed = rows.update(
        percent=percent, progress=words, reported_at=moment, done_at=moment if is_done else None
    )
    if not claimed:
        raise PlanIsElsewhere()
    if is_done:
        settle_matter(matter_of(task))
        settle_matter(late_matter(task))
    record(by, "governance.plan_task_reported", task.plan,
           after={"task": task.pk, "percent": percent})  # fmt: skip
    task.refresh_from_db()
    return task


def content_of(plan: ServicePlan) -> dict[str, Any]:
    """What signatures are bound to."""
    return {
        "title": plan.title, "words": plan.words, "unit": plan.unit_id,
        "from_on": str(plan.from_on), "to_on": str(plan.to_on),
        "tasks": [
            [one.title, one.about, one.owner_id, str(one.due_on), one.goal_id]
            for one in plan.tasks.order_by("pk")
        ],
    }  # fmt: skip


def _taken_over(goal: Goal, unit: Unit, owner: User, by: User) -> Goal:
    """The same goal for a unit below, serving this one."""
    judge = goal.owner if goal.owner_id != owner.pk else goal.judge
    names = (
        "title", "words", "basis", "basis_words", "clause", "definition", "channel", "target",
        "span", "shown_by", "every_months", "due_on",
    )  # fmt: skip
    same = {name: getattr(goal, name) for name in names}
    from_on = max(goal.from_on, today().replace(day=1))
    own = Goal(unit=unit, above=goal, owner=owner, judge=judge, from_on=from_on, **same)
    return keep_goal(own, by=by)


def _claim(plan: ServicePlan, state_now: str, /, **changes: Any) -> None:
    if not ServicePlan.objects.filter(pk=plan.pk, state=state_now).update(**changes):
        raise PlanIsElsewhere()
    for name, value in changes.items():
        setattr(plan, name, value)


def url_of(plan: ServicePlan) -> str:
    return reverse("governance:plan", args=[plan.pk])


def matter_of(task: PlanTask) -> str:
    return f"governance.task/{task.pk}"


def late_matter(task: PlanTask) -> str:
    return f"governance.late/{task.pk}"
