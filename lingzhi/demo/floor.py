"""What the demo centre's supervisors saw: a list, a week on the floor, some incidents, grades."""

import random
from datetime import date, timedelta

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.demo.archive import people_with
from lingzhi.inspections.models import (
    Behaviour,
    GradeCriteria,
    Incident,
    Review,
    Sheet,
    SupervisionRecord,
)
from lingzhi.inspections.services.behaviours import adopt_behaviours
from lingzhi.inspections.services.gates import set_gate
from lingzhi.inspections.services.grades import compute_grades, set_criteria
from lingzhi.inspections.services.incidents import record_incident
from lingzhi.inspections.services.joint import add_record, open_joint_inspection
from lingzhi.inspections.services.supervision import Noted, record_day
from lingzhi.org.models import Assignment, Unit

DAYS = 5
STORIES = (
    ("excellent", "耐心安抚情绪激动的客户，化解一起升级投诉", "感谢信第 12 号"),
    ("abnormal", "解释规则时与客户争执，语气生硬", "现场谈话记录第 3 号"),
    ("excellent", "发现系统扣费异常并主动上报，避免更多客户受影响", "改进建议第 8 号"),
    ("abnormal", "当班期间多次使用私人手机", "现场巡查记录"),
)


def seed_floor() -> None:
    """The list, a few days of one team, incidents, and grades of the last month."""
    adopt_behaviours(by=None)
    held = Assignment.objects.filter(role="team_leader").select_related("person", "unit")
    leader = held.order_by("person__staff_no").first()
    if leader is None or SupervisionRecord.objects.exists():
        return
    agents = [
        one.person
        for one in Assignment.objects.filter(role="agent", unit=leader.unit).select_related(
            "person"
        )
    ]
    _days(leader.unit, agents, leader.person)
    _incidents(agents, leader.person)
    _grades()
    _joint_and_gate(leader.person)


def _joint_and_gate(leader: User) -> None:
    """A joint inspection that is being recorded, and a gate for replies in writing."""
    centre, leads = Unit.objects.filter(kind="centre").first(), people_with("quality_manager")
    sheet = Sheet.objects.filter(code="matters", versions__state="active").first()
    if centre is None or not leads or sheet is None:
        return
    set_gate("written_reply", "书面答复", unit=centre, sheet=sheet, by=leads[0])
    joint = open_joint_inspection(
        "三季度联合稽查", unit=centre, held_on=today(), inspectors=[leader],
        scope="仪容、环境、信息安全", by=leads[0],
    )  # fmt: skip
    add_record(joint, "good", "坐席区整洁，资料入柜", by=leads[0])
    add_record(joint, "minor", "两个工位离席未锁屏", evidence="照片 4、5", by=leader)


def _days(unit: Unit, agents: list[User], leader: User) -> None:
    chance = random.Random(7)  # noqa: S311 the same demo every time
    minor = list(Behaviour.objects.filter(severity="minor", retired_at=None))
    for back in range(DAYS):
        seen = [one for one in agents if chance.random() < 0.7]
        noted = [
            Noted(one, "lapsed", chance.choice(minor))
            if chance.random() < 0.1
            else Noted(one, "kept")
            for one in seen
        ]
        record_day(unit, today() - timedelta(days=back), noted, by=leader)


def _incidents(agents: list[User], leader: User) -> None:
    for at, (kind, story, evidence) in enumerate(STORIES):
        if Incident.objects.count() < len(STORIES) and at < len(agents):
            on = today() - timedelta(days=3 * at + 1)
            record_incident(agents[at], kind, story, happened_on=on, evidence=evidence, by=leader)


def _grades() -> None:
    """Criteria as this invented centre decided them; graded are the months with scores."""
    centre, leads = Unit.objects.filter(kind="centre").first(), people_with("quality_manager")
    if centre is None or not leads or GradeCriteria.objects.exists():
        return
    criteria = set_criteria(
        centre, [("A", 90), ("B", 75), ("C", 0)], margin=2, minimum=3, months=3,
        excellent_points=1, abnormal_points=3, reason="服务质量等级评定办法（演示）", by=leads[0],
    )  # fmt: skip
    if Review.objects.filter(state=Review.State.RELEASED).exists():
        last = date.fromordinal(today().replace(day=1).toordinal() - 1)
        compute_grades(criteria, last, by=leads[0])
