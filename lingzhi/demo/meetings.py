"""The demo centre's meetings: one that was held, one before which teams report, one for a shift."""

from datetime import date, time, timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import Action, Attendee, Meeting, Series
from lingzhi.governance.queries.meetings_held import demand_of
from lingzhi.governance.services import meetings, minutes, team_reports
from lingzhi.governance.services.minutes import Mark
from lingzhi.governance.services.series import keep_series
from lingzhi.improvement.queries.people import heads_of
from lingzhi.org.models import Unit
from lingzhi.rulebook.queries import controls_in_force

MANAGER, TAKER = "7002", "7004"
DAY = timedelta(days=1)
SAID = (
    "各组对照目标说明差距，未达标指标由责任人一周内给出原因。",
    "预警逐条过，属于产品问题的两条转生产部门。",
    "高频问题集中在退款口径，话术需要统一。",
    "薄弱评分项安排专项抽听。",
    "超期整改由分管领导跟进。",
    "同意上周纪要，无补充。",
)
HEARD = (
    ("新人多，午后排队时间长，老员工带教压力大。", "退款到账慢，客户反复来电询问进度。",
     ["午后再增加两个在线座席", "退款进度查询权限下放到班组"]),
    ("本周全员到岗，服务指标平稳。", "上门安装时间改约难，客户要求提前一天确认。",
     ["安装改约由谁答复，请明确口径"]),
)  # fmt: skip


def seed_meetings() -> None:
    """Each in another stage."""
    if Series.objects.exists():
        return
    centre = Unit.objects.get(code="centre")
    manager = User.objects.get(staff_no=MANAGER)
    taker = User.objects.get(staff_no=TAKER)
    _quality(centre, manager, taker)
    _weekly(centre, manager, taker)
    _shift(Unit.objects.get(code="team-1"), manager)


def _series(unit: Unit, chair: User, taker: User, day: date, **more: Any) -> Series:
    """As if it had been planned before `day`."""
    members = {name: more.pop(name, ()) for name in ("units", "people")}
    series = Series(unit=unit, chair=chair, minute_taker=taker, first_on=today(), **more)
    keep_series(series, by=chair, **members)
    Series.objects.filter(pk=series.pk).update(first_on=day)
    series.first_on = day
    return series


def _quality(centre: Unit, manager: User, taker: User) -> None:
    """Held a week ago; of what it gave to do one thing is done, one late, one to come."""
    day = _weekday(today() - 7 * DAY)
    asked = [demand_of(one.reference) for one in controls_in_force(day, today(), kind="meeting")]
    series = _series(
        centre, manager, taker, day, name="质量分析会", kind="quality", cadence="weekly",
        at=time(15, 30), place="三号会议室", calls_leaders=True, standing="上次纪要确认",
        sources=["missed", "alerts", "findings", "items", "rectifications"],
        demands=sorted(set(asked)),
    )  # fmt: skip
    held = meetings.call_meeting(series, day, by=manager)
    leaders = [one.person for one in held.attendees.select_related("person")]
    meetings.propose_point(held, "夜班耳机杂音", "三个座席反复出现杂音，影响通话。", by=leaders[-1])
    meetings.fix_agenda(held, by=taker)
    _minutes(held, leaders, taker)
    minutes.hand_over(held, by=taker)
    minutes.confirm_minutes(held, by=manager)
    for attendee in held.attendees.exclude(person=manager)[:3]:
        attendee.meeting = held
        minutes.acknowledge(attendee, by=attendee.person)
    meetings.call_meeting(series, day + 7 * DAY if day + 7 * DAY > today() else day + 14 * DAY,
                          by=manager)  # fmt: skip


def _minutes(held: Meeting, leaders: list[User], taker: User) -> None:
    marks = {one.pk: Mark("present") for one in held.attendees.all()}
    first = held.attendees.filter(person=leaders[-2]).first()
    assert first is not None
    marks[first.pk] = Mark("absent", "外出培训")
    minutes.note_presence(held, marks, by=taker)
    points = list(held.points.all())
    words = {one.pk: SAID[at % len(SAID)] for at, one in enumerate(points)}
    minutes.write_minutes(held, words, "生产部门质量员一名", by=taker)
    minutes.write_decision(held, "退款口径统一为一张答复卡，三日内上线。", by=taker)
    minutes.write_decision(held, "夜班座席耳机整批更换。", by=taker)
    todo = (("统一退款话术并发布", 2), ("更换夜班耳机", 3), ("专项抽听薄弱项各二十通", 9))
    actions = [
        minutes.write_action(
            Action(meeting=held, words=what, owner=leaders[at], due_on=today() + days * DAY),
            by=taker,
        )
        for at, (what, days) in enumerate(todo, start=1)
    ]
    minutes.report_action(actions[0], "话术已发布到知识库，全员签收。", by=actions[0].owner)
    Action.objects.filter(pk=actions[1].pk).update(due_on=today() - 2 * DAY)


def _weekly(centre: Unit, manager: User, taker: User) -> None:
    """To come; two teams handed in what they bring, one demand is answered."""
    day = _weekday(today() + 2 * DAY)
    series = _series(
        centre, manager, taker, day, name="每周例会", kind="weekly", cadence="weekly",
        at=time(14), place="大会议室", calls_leaders=True, asks_reports=True,
        standing="下周排班\n培训安排", sources=["missed", "complaints", "rules", "demands"],
    )  # fmt: skip
    coming = meetings.call_meeting(series, day, by=manager)
    for report, (state, heard, demands) in zip(coming.reports.all(), HEARD, strict=False):
        team_reports.hand_in(
            report, state_words=state, heard=heard, demands=demands, by=report.leader
        )
    demand = coming.reports.order_by("pk")[0].demands.first()
    if demand is not None:
        team_reports.answer_demand(demand, "decided", "下周一起增加两席，排班已调整。", by=manager)


def _shift(team: Unit, manager: User) -> None:
    """Of this morning: the sheet is there, some have signed in."""
    leader = heads_of(team)[0]
    series = _series(
        team, leader, leader, today(), name=f"{team.name}班前会", kind="shift", cadence="daily",
        at=time(8, 40), minutes=15, units=[team], call_days=0, standing="仪容与设备检查",
        sources=["targets", "findings", "rules", "alerts", "staffing"],
    )  # fmt: skip
    morning = meetings.call_meeting(series, today(), by=manager)
    meetings.fix_agenda(morning, by=leader)
    for attendee in Attendee.objects.filter(meeting=morning).select_related("person")[:4]:
        attendee.meeting = morning
        minutes.sign_in(attendee, by=attendee.person)


def _weekday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - max(day.weekday() - 4, 0) * DAY
