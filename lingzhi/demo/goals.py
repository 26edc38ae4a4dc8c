"""What the demo centre wants to reach this year: the company's goals, the centre's, a team's."""

from datetime import date
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import Goal
from lingzhi.governance.services.goals import judge_goal, keep_goal
from lingzhi.kpis.queries import headlines
from lingzhi.org.models import Unit

TOP, MANAGER, SUPERVISOR = "7001", "7002", "7007"
# code of the indicator, unit, target, counted over, the goal above, title, words, basis, which one
COUNTED = (
    ("V04", "company", 85.0, "term", "", "客户满意度全年不低于 85 分",
     "各渠道客户按问卷打分，全年累计，百分制。", "strategy", "三年规划：服务成为选择我们的理由"),
    ("K14", "company", 3.0, "month", "", "投诉率每月不高于 3%",
     "每百次咨询中的投诉件数，按月。", "need", "年度客户访谈：出了问题要有人管"),
    ("T02", "centre", 80.0, "month", "V04", "二十秒接通率每月不低于 80%",
     "热线呼入，二十秒内由人工接起的比例，按月。", "clause", "服务规范：话务接通"),
    ("K07", "centre", 95.0, "month", "V04", "一次解决率每月不低于 95%",
     "同一问题七日内不再来电，按月。", "need", "客户之声：同一件事打了好几次"),
    ("Q02", "centre", 90.0, "term", "", "质检合格率全年不低于 90%",
     "人工质检合格的通话占比，全年累计。", "strategy", "三年规划：差错看得见、改得了"),
    ("K07", "team-3", 96.0, "month", "K07", "售后组一次解决率不低于 96%",
     "安装与维修类问题七日内不再来电，按月。", "strategy", "承接中心目标"),
    ("K20", "team-1", 60.0, "month", "", "开场与结束用语规范率不低于 60%",
     "全量质检命中的规范用语，按月。", "clause", "服务规范：服务用语"),
)  # fmt: skip
CONTROL = ("V04", "K14", "T02")


def seed_goals() -> None:
    """Seven that indicators count, one shown by hand; two were judged in the quarter before."""
    if Goal.objects.exists():
        return
    people = User.objects.in_bulk([TOP, MANAGER, SUPERVISOR], field_name="staff_no")
    year = today().year
    days = {"from_on": date(year, 1, 1), "due_on": date(year, 12, 31)}
    by_code: dict[str, Goal] = {}
    ways = headlines()
    for code, unit_code, target, span, above, title, words, basis, which in COUNTED:
        if code not in ways:
            continue
        unit = Unit.objects.get(code=unit_code)
        is_top = unit.kind == Unit.Kind.COMPANY
        row = Goal(
            unit=unit, above=by_code.get(above), title=title, words=words, basis=basis,
            basis_words=which, definition=ways[code], target=target, span=span,
            is_control=code in CONTROL, every_months=3 if code in CONTROL else 1,
            owner=people[MANAGER if is_top else SUPERVISOR],
            judge=people[TOP if is_top else MANAGER], **days,
        )  # fmt: skip
        keep_goal(row, by=people[MANAGER])
        by_code.setdefault(code, row)
    _by_hand(people, days)
    _judged(by_code, people[TOP])


def _by_hand(people: dict[str, User], days: dict[str, Any]) -> None:
    row = Goal(
        unit=Unit.objects.get(code="centre"), title="制度宣贯覆盖全员", basis="clause",
        words="新修订的服务规范，每人读过并答对随堂题。", basis_words="内部管理制度：宣贯",
        shown_by="阅读确认记录与随堂测验成绩单", owner=people[SUPERVISOR], judge=people[MANAGER],
        every_months=6, **days,
    )  # fmt: skip
    keep_goal(row, by=people[MANAGER])


def _judged(goals: dict[str, Goal], by: User) -> None:
    """The review of the third quarter was held."""
    said = (
        ("V04", "underway", "问卷少，结论不稳；四季度先把参评率提上来。"),
        ("K14", "underway", "投诉件数少，多一件少一件都会变；四季度按投诉原因再看。"),
    )
    for code, word, reason in said:
        if code in goals:
            goal = goals[code]
            end = date(today().year, 10, 1)
            if end < today():
                Goal.objects.filter(pk=goal.pk).update(review_on=end)
                goal.review_on = end
                judge_goal(goal, word, reason, by=by)
