"""Tasks of the demo's inspectors: a special inspection chosen by hand, partly done, one late."""

import random
from datetime import timedelta

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations
from lingzhi.core.clock import now, today
from lingzhi.demo.scores import answers_of, holders
from lingzhi.inspections.models import Plan, Review, SheetVersion, Task
from lingzhi.inspections.services import save_review, submit_review
from lingzhi.inspections.services.assigning import assign_tasks
from lingzhi.inspections.services.doing import begin_task
from lingzhi.inspections.services.workloads import set_workload
from lingzhi.org.models import Unit

TASKS, DONE = 36, 14
TITLE = "退款类会话专项检查"


def seed_tasks() -> None:
    """A running plan whose tasks are assigned; those of other running plans are, too."""
    version = SheetVersion.objects.filter(sheet__code="call_rating", state="active").first()
    leads = holders("quality_manager")
    if version is None or not leads or Plan.objects.filter(title=TITLE).exists():
        return
    plan = Plan.objects.create(
        title=TITLE, unit=Unit.objects.get(code="centre"), sheet=version.sheet,
        content="退款承诺、时限说明与首问负责", breadth=Plan.Breadth.SPECIAL, size=TASKS,
        cadence=Plan.Cadence.ONCE, seed=20261122, from_on=today() - timedelta(days=30),
        state=Plan.State.ACTIVE, created_at=now(), created_by=leads[0],
    )  # fmt: skip
    inspectors = holders("inspector")
    plan.inspectors.set(inspectors)
    free = conversations(Contact.objects.filter(tasks=None, reviews=None))
    Task.objects.bulk_create(
        Task(plan=plan, contact=one, sheet=plan.sheet, reason="chosen", created_at=now())
        for one in free.order_by("-started_at")[:TASKS]
    )
    set_workload(inspectors[0], 20, by=leads[0])
    for running in Plan.objects.filter(state=Plan.State.ACTIVE):
        assign_tasks(running, by=None)
    _work(plan, version)


def _work(plan: Plan, version: SheetVersion) -> None:
    """Some are done, in a time as people take it; one is late."""
    chance = random.Random(20261123)  # noqa: S311 the same demo every time
    for task in plan.tasks.filter(inspector__isnull=False).order_by("pk")[:DONE]:
        assert task.inspector is not None
        review = begin_task(task, by=task.inspector)
        answers, pins = answers_of(version, task.contact, chance, vetoes=False)
        save_review(review, answers, pins, seen=0, summary="", by=task.inspector)
        submit_review(review, by=task.inspector)
        Review.objects.filter(pk=review.pk).update(seconds=chance.randint(80, 230))
    late = plan.tasks.filter(state=Task.State.OPEN, inspector__isnull=False).order_by("pk").first()
    if late is not None:
        Task.objects.filter(pk=late.pk).update(due_at=now() - timedelta(hours=3))
