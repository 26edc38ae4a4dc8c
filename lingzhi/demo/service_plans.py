"""The demo centre's plan of the year, in force, and those that two teams derived from it."""

from datetime import date, timedelta

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.core.clock import today
from lingzhi.governance.models import Goal, PlanTask, ServicePlan
from lingzhi.governance.services import plans
from lingzhi.improvement.queries.people import heads_of
from lingzhi.org.models import Unit

About = PlanTask.About
TOP, MANAGER, SUPERVISOR = "7001", "7002", "7007"
DAY = timedelta(days=1)
WORDS = (
    "今年咨询量预计增加一成，投诉集中在安装预约与退款。\n"
    "重点：接得起、一次办好、差错看得见。人手不增加，靠排班、知识库与质检闭环。"
)
# title, kind of work, words of the goal that it serves, days from today until it is due
TASKS = (
    ("按话务预测调整午后排班", About.IMPROVEMENT, "二十秒接通率", -40),
    ("退款与安装知识条目全部复核一遍", About.IMPROVEMENT, "一次解决率", -6),
    ("修订服务规范并完成全员宣贯", About.TRAINING, "制度宣贯", 20),
    ("每月召开投诉分析会并跟踪整改", About.IMPROVEMENT, "投诉率", 30),
    ("话务平台升级并演练切换", About.UPGRADE, "二十秒接通率", 32),
    ("年度客户满意度调查与总结", About.OTHER, "客户满意度", 35),
)
DONE = "排班模板已改，午后多两席。"


def seed_service_plans() -> None:
    """The centre's with a done and a late task; one team carries its own out, one writes it."""
    if ServicePlan.objects.exists() or not Goal.objects.exists():
        return
    people = User.objects.in_bulk([TOP, MANAGER, SUPERVISOR], field_name="staff_no")
    top, manager, supervisor = (people[one] for one in (TOP, MANAGER, SUPERVISOR))
    year = today().year
    plan = plans.keep_plan(
        ServicePlan(
            unit=Unit.objects.get(code="centre"), title=f"{year} 年度服务管理计划", words=WORDS,
            from_on=date(year, 1, 1), to_on=date(year, 12, 31),
        ),
        by=manager,
    )  # fmt: skip
    for title, about, goal, days in TASKS:
        due_on = min(max(today() + days * DAY, plan.from_on), plan.to_on)
        serves = Goal.objects.filter(title__startswith=goal).first()
        task = PlanTask(
            plan=plan, title=title, about=about, goal=serves, owner=supervisor, due_on=due_on
        )  # fmt: skip
        plans.keep_task(task, by=manager)
    _agreed(plan, manager, top)
    tasks = list(plan.tasks.order_by("pk"))
    plans.report_task(tasks[0], 100, DONE, by=supervisor)
    plans.report_task(tasks[1], 60, "退款条目已复核，安装条目还差十二条。", by=supervisor)
    for code, is_running in (("team-3", True), ("team-1", False)):
        unit = Unit.objects.get(code=code)
        head = heads_of(unit)[0]
        own = plans.derive_plan(plan, unit, owner=head, tasks=tasks[:3], goals=[], by=manager)
        if is_running:
            _agreed(own, head, top)
            plans.report_task(own.tasks.order_by("pk")[0], 100, DONE, by=head)


def _agreed(plan: ServicePlan, by: User, top: User) -> None:
    approval = plans.request_approval(plan, by=by)
    assert approval is not None
    decide(approval, is_agreed=True, comment="同意。", by=top)
    plans.approve_plan(plan, Approval.objects.get(pk=approval.pk))
