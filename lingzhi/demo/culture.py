"""What the demo centre stands for, what it held lately and what is to come."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.demo.archive import people_with
from lingzhi.org.models import Activity, Statement, Unit
from lingzhi.org.queries import people_in
from lingzhi.org.services.activities import add_evidence, plan_activity
from lingzhi.org.services.participation import (
    ABSENT,
    ATTENDED,
    Mark,
    confirm_participation,
    sign_up,
)
from lingzhi.org.services.statements import publish_statement

STATEMENTS = (
    ("company", "purpose", "让每一次来电都有人负责到底。"),
    ("centre", "philosophy", "先懂客户的难处，再讲我们的办法。"),
    (
        "centre",
        "values",
        "诚实：不知道就说去查。\n尽责：答应的事按时办完。\n互助：同事忙时搭把手。",
    ),
    ("centre", "policy", "按标准办事，用数据说话，有差错就改。"),
)
BEFORE = "用心接听每一个电话。"  # the first version of the company's purpose
HELD = (  # days ago, kind, title, place, note
    (45, "lecture", "服务宗旨宣讲会", "三楼多功能厅", "签到表与讲稿已存档"),
    (24, "sharing", "疑难投诉案例分享会", "培训教室", "会议纪要第 6 期"),
    (6, "contest", "话术技能竞赛", "培训教室", "评分表与获奖名单已公示"),
)
COMING = (
    (5, "sharing", "首次解决率经验分享会", "培训教室"),
    (16, "community", "社区老人智能手机课堂", "云栖社区"),
)
REASONS = ("当班", "年假", "病假")


def seed_culture() -> None:
    """Statements since the spring, three activities that were confirmed and two to come."""
    leads = people_with("quality_manager")
    if Statement.objects.exists() or not leads:
        return
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=("company", "centre"))}
    _publish(units, leads[0])
    values = Statement.objects.get(unit=units["centre"], kind="values")
    staff = list(people_in(units["centre"]).order_by("staff_no"))
    dice = random.Random(9)  # noqa: S311 invented data, the same each time
    for days, kind, title, place, note in HELD:
        held = _plan(units["centre"], leads[0], -days, (kind, title, place), values)
        _confirm(held, staff, dice, leads[0])
        add_evidence(held, note=note, by=leads[0])
    for days, kind, title, place in COMING:
        coming = _plan(units["centre"], leads[0], days, (kind, title, place), values)
        for person in dice.sample(staff, len(staff) // 4):
            sign_up(coming, by=person)


def _publish(units: dict[str, Unit], by: User) -> None:
    spring = date(today().year, 3, 1)
    first = spring.replace(year=spring.year - 1)
    publish_statement(units["company"], "purpose", BEFORE, from_on=first, by=by)
    for code, kind, text in STATEMENTS:
        change = "写明负责到底" if kind == "purpose" else ""
        publish_statement(units[code], kind, text, from_on=spring, change=change, by=by)


def _plan(
    centre: Unit, by: User, days: int, what: tuple[str, str, str], statement: Statement
) -> Activity:
    kind, title, place = what
    begins = timezone.make_aware(datetime.combine(today() + timedelta(days=days), time(16)))
    return plan_activity(
        open_to=[centre], by=by, kind=kind, title=title, place=place, unit=centre, organiser=by,
        statement=statement, begins_at=begins, ends_at=begins + timedelta(hours=1),
    )  # fmt: skip


def _confirm(held: Activity, staff: Sequence[User], dice: random.Random, by: User) -> None:
    """About half were there, some had a reason not to, the rest had not signed up."""
    marks: dict[User, Mark] = {}
    for person in staff:
        chance = dice.random()
        if chance < 0.5:
            marks[person] = Mark(ATTENDED)
        elif chance < 0.6:
            marks[person] = Mark(ABSENT, dice.choice(REASONS))
    confirm_participation(held, marks, by=by)
