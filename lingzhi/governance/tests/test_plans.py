"""A yearly plan is approved, units derive theirs, tasks are reported and told when late."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.audit.models import Entry
from lingzhi.core.clock import midnight, now, today
from lingzhi.core.controls import Binding
from lingzhi.governance.factories import make_goal, make_plan, this_year
from lingzhi.governance.models import Goal, PlanTask, ServicePlan
from lingzhi.governance.queries.plans_held import plans_held
from lingzhi.governance.services import plans as services
from lingzhi.governance.services.late import tell_late_tasks
from lingzhi.notifications.models import Notice
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Control

pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=args)


def told(person, words: str) -> bool:
    rows = Notice.objects.filter(person=person, is_todo=True, ended_at=None)
    return rows.filter(body=words).exists()


def test_from_the_plan_of_the_year_to_a_task_done_in_a_unit(cast, as_, hold, run_jobs):
    hold(cast.nora, "leadership", cast.company)
    goal = make_goal(cast.hotline, cast.ada, cast.quan)
    year = this_year()
    client = as_(cast.quan)
    sent = {"title": "年度计划", "unit": cast.hotline.pk, "words": "提高接通", **year}
    assert client.post(page("add_plan"), sent).status_code == 302
    plan = ServicePlan.objects.get()
    client.post(page("ask_approval", plan.pk))
    assert not Approval.objects.exists()  # nothing is planned yet
    task = {"title": "午后增加坐席", "about": "improvement", "goal": goal.pk,
            "owner": cast.ada.pk, "due_on": year["to_on"]}  # fmt: skip
    late = client.post(page("add_task", plan.pk), task | {"due_on": "2030-01-01"})
    assert "due_on" in late.context["form"].errors
    assert client.post(page("add_task", plan.pk), task).status_code == 302
    client.post(page("ask_approval", plan.pk))
    assert client.post(page("add_task", plan.pk), task).status_code == 409  # it is being signed
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    plan.refresh_from_db()
    assert plan.state == "running"
    assert told(cast.ada, "午后增加坐席")

    taken = {"unit": cast.first.pk, "owner": cast.bo.pk, "tasks": plan.tasks.get().pk,
             "goals": goal.pk}  # fmt: skip
    assert as_(cast.ada).get(page("derive_plan", plan.pk)).status_code == 200
    assert as_(cast.ada).post(page("derive_plan", plan.pk), taken).status_code == 302
    own = ServicePlan.objects.get(above=plan)
    below = Goal.objects.get(above=goal)
    assert (below.unit, below.owner, below.judge) == (cast.first, cast.bo, cast.ada)
    assert own.tasks.get().goal == below
    assert as_(cast.ada).post(page("derive_plan", plan.pk), taken).status_code == 422  # once a unit
    with pytest.raises(services.PlanIsElsewhere):  # it is not in force yet
        services.report_task(own.tasks.get(), 50, "一半", by=cast.bo)

    ServicePlan.objects.filter(pk=own.pk).update(state="running", approved_at=plan.approved_at)
    done = {"percent": 100, "progress": "已到岗"}
    assert as_(cast.bo).post(page("report_task", own.tasks.get().pk), done).status_code == 302
    assert as_(cast.cai).get(page("plan", own.pk)).status_code == 404
    shown = as_(cast.quan).get(page("plan", plan.pk))
    assert shown.context["below"][0].done.done == 1
    assert shown.context["tasks"][0].task.taken_done == 1
    rewritten = as_(cast.quan).post(page("rewrite_plan", plan.pk), {"reason": "话务变化"})
    assert rewritten.status_code == 302
    assert not told(cast.ada, "午后增加坐席")
    acts = set(Entry.objects.values_list("action", flat=True))
    assert acts >= {
        f"governance.plan_{act}"
        for act in ("kept", "task_kept", "approved", "derived", "task_reported", "rewritten")
    }


def test_what_is_late_is_told_to_who_does_it_and_then_to_the_head(cast):
    plan = make_plan(cast.first, cast.bo)
    task = plan.tasks.get()
    PlanTask.objects.filter(pk=task.pk).update(due_on=today() - timedelta(days=2))
    assert tell_late_tasks() == 0  # a draft has nothing late
    ServicePlan.objects.filter(pk=plan.pk).update(state="running", approved_at=plan.kept_at)
    assert tell_late_tasks() == 1
    assert told(cast.bo, task.title)
    assert not told(cast.ada, task.title)
    PlanTask.objects.filter(pk=task.pk).update(due_on=today() - timedelta(days=5))
    assert (tell_late_tasks(), tell_late_tasks()) == (1, 0)
    assert told(cast.ada, task.title)
    services.report_task(task, 100, "已完成", by=cast.bo)
    assert not told(cast.bo, task.title)
    assert not told(cast.ada, task.title)
    services.rewrite_plan(ServicePlan.objects.get(pk=plan.pk), "补充任务", by=cast.ada)
    services.remove_task(PlanTask.objects.select_related("plan").get(pk=task.pk), by=cast.ada)
    assert not PlanTask.objects.exists()


def test_a_clause_is_kept_by_an_approved_plan_in_force(cast):
    since = today() - timedelta(days=700)
    version = make_version("s15", cast.company, by=cast.quan, effective_on=since)
    keys = ("yearly-plan", "overall-plan", "business-plan")
    controls = [Control.objects.get(clause__version=version, key=key) for key in keys]
    bindings: list[Binding] = [control.bindings()[0] for control in controls]
    end = date(today().year - 1, 11, 30)
    days = {"from_on": date(end.year, 1, 1), "to_on": date(end.year, 12, 31)}

    def verdicts() -> list[tuple[int, int, int]]:
        found = [one[end] for one in plans_held(bindings, end, end)]
        return [(one.kept, one.broken, one.unknown) for one in found]

    kept, broken, unknown = (1, 0, 0), (0, 1, 0), (0, 0, 1)
    plan = make_plan(cast.hotline, cast.ada)
    rows = ServicePlan.objects.filter(pk=plan.pk)
    rows.update(**days)
    assert verdicts() == [broken, broken, broken]  # a draft
    approved = {"state": "running", "approved_at": midnight(days["from_on"])}
    rows.update(**approved)
    assert verdicts() == [kept, kept, broken]
    rows.update(from_on=date(end.year - 1, 1, 1))
    assert verdicts() == [broken, kept, broken]  # of two years: not made each year
    own = make_plan(cast.first, cast.bo)
    ServicePlan.objects.filter(pk=own.pk).update(above=plan, **days, **approved)
    rows.update(approved_at=now())  # after the month was over
    assert verdicts() == [broken, broken, kept]
    Approval.objects.create(
        matter="x", title="x", subject=f"governance.serviceplan/{plan.pk}", content_sha256="",
        roles=[], state="approved", job="x", asked_at=now(), asked_by=cast.ada,
        ended_at=midnight(days["from_on"]),
    )  # fmt: skip
    assert verdicts()[1] == kept
    rows.update(state="draft", approved_at=None)  # written anew
    assert verdicts()[1] == unknown
