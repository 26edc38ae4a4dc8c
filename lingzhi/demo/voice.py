"""What else the demo hears: teams judging each other, opinions asked for, needs and benchmarks."""

import random
from datetime import timedelta

from lingzhi.accounts.models import User
from lingzhi.cases.queries.people import leaders_of
from lingzhi.core.clock import now, today
from lingzhi.demo.cast import teams
from lingzhi.kpis.services import Aim, ensure_definition, set_target
from lingzhi.org.models import Unit
from lingzhi.surveys.models import (
    Dimension,
    Insight,
    InternalSeat,
    InternalSurvey,
    Questionnaire,
    SolicitedOpinion,
)
from lingzhi.surveys.queries.results import results
from lingzhi.surveys.queries.wanted import Wanted
from lingzhi.surveys.services.insights import review_insight, save_insight
from lingzhi.surveys.services.internal import (
    close_internal,
    judge_unit,
    open_internal,
    save_internal,
)
from lingzhi.surveys.services.opinions import Heard, keep_opinion, set_quota
from lingzhi.surveys.services.weak_links import answer_weak_link, tell_weak_link

MANAGER = "7002"
HEARD = (
    Heard("suggestion", "高峰时段能不能多开一个人工窗口", wants_action=True),
    Heard("praise", "昨天的客服把退款步骤讲得很清楚"),
    Heard("problem", "短信里的链接点开是空白页"),
    Heard("nothing"),
    Heard("suggestion", "希望可以预约回电时间"),
    Heard("praise", "问题一次就解决了"),
)
KNOWN = (
    (
        "pain",
        "退款进度要问好几次",
        "回访和投诉里反复提到：客户不知道退款到哪一步，只能再次来电。",
        "survey",
        5,
    ),
    ("need", "希望预约回电", "高峰时段排队时间长，客户愿意约定时间由我们回电。", "contact", 4),
    (
        "benchmark",
        "同行在线客服首次响应不超过30秒",
        "公开的服务承诺；我们目前按60秒管理。",
        "outside",
        3,
    ),
)
WISHES = ("转单时请把客户诉求写完整", "交接前先打个电话", "回复再快一点就好了")


def seed_voice() -> None:
    """Everything of the voice of the customer that is no survey of customers."""
    if InternalSurvey.objects.exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    _internal(manager)
    _weak_links(manager)
    _opinions(manager)
    _insights(manager)


def _internal(by: User) -> None:
    """One survey among teams that is over, and one that waits for its answers."""
    units = list(Unit.objects.filter(name__in=teams()).order_by("path"))
    for title, others, is_over in (
        ("三季度团队互评", units[1:], True),
        ("四季度后台征求前台意见", units[1:3], False),
    ):
        survey = InternalSurvey(
            title=title, purpose="了解各团队之间转单、协办和信息交接的配合情况。",
            questionnaire=Questionnaire.objects.get(code="internal"),
            due_on=today() + timedelta(days=7),
        )  # fmt: skip
        save_internal(survey, units[:1], others, is_mutual=True, by=by)
        open_internal(survey, by=by)
        if is_over:
            _answer(survey)
            close_internal(survey, by=by)
            ago = [timedelta(days=days) for days in (36, 15)]
            InternalSurvey.objects.filter(pk=survey.pk).update(
                created_at=now() - ago[0], opened_at=now() - ago[0], closed_at=now() - ago[1],
                due_on=today() - ago[1],
            )  # fmt: skip


def _weak_links(by: User) -> None:
    """Targets of two dimensions for the year; what lies below was given to who leads, and once
    answered."""
    centre = Unit.objects.get(code="centre")
    first, last = today() - timedelta(days=89), today()
    for code, target in (("attitude", 85), ("efficiency", 80), ("resolution", 80)):
        way = ensure_definition("K12", f"survey_{code}", {}, by=by)
        aim = Aim(value=target, warning=None, is_strict=False, period="monthly", channel="")
        set_target(way, centre, aim, from_on=first, reason="年度服务目标", by=by)
    names = {one.code: str(one) for one in Dimension.objects.all()}
    wanted = Wanted(first, last, unit_path=centre.path)
    weak = [one for one in results(wanted, centre, on=last).dimensions if one.is_weak]
    given = [tell_weak_link(centre, one, name=names[one.key], by=by) for one in weak]
    if given:
        leader = leaders_of(centre)[0]
        answer_weak_link(
            given[0], cause="晚高峰人手不足，排队客户多，客服急于结束通话。",
            measures="十二月起晚班增加两人；班组长每周抽听五通并当面辅导，以态度项满意率检验。",
            by=leader,
        )  # fmt: skip


def _answer(survey: InternalSurvey) -> None:
    chance = random.Random(20261016)  # noqa: S311 the same demo every time
    seats = InternalSeat.objects.filter(pair__survey=survey)
    for seat in seats.select_related("pair__survey__version"):
        if chance.random() < 0.2:
            continue
        mood = chance.choice((5, 5, 4, 4, 3, 2))
        given = {"overall": [str(mood)]} | {
            f"aspects.{row}": [str(min(5, max(1, mood + chance.choice((-1, 0, 1)))))]
            for row in ("response", "attitude", "professionalism", "resolution")
        }
        if chance.random() < 0.3:
            given["words"] = [chance.choice(WISHES)]
        judge_unit(seat, given)


def _opinions(by: User) -> None:
    """Two supervisors asked; one of them too seldom."""
    units = list(Unit.objects.filter(name__in=teams()).order_by("path"))
    set_quota(units[0].parent or units[0], an_outlet=4, a_person=4, by=by)
    for number, heard in enumerate(HEARD):
        unit = units[0] if number < 4 else units[1]
        leader = User.objects.filter(assignments__role="team_leader", assignments__unit=unit)
        kept = keep_opinion(unit, heard, by=leader[0])
        asked_at = now() - timedelta(hours=5 * number + 2)
        SolicitedOpinion.objects.filter(pk=kept.pk).update(asked_at=asked_at)


def _insights(by: User) -> None:
    """Three entries of the register; the first feeds an indicator."""
    unit = Unit.objects.get(name=teams()[0])
    for number, (kind, title, words, source, weight) in enumerate(KNOWN):
        evidence = "/surveys/results/answers/" if number < 2 else "https://example.com/pledge"
        found = Insight(
            kind=kind, title=title, words=words, source=source, weight=weight, evidence=evidence,
            unit=unit.parent or unit, owner=by, review_on=today() + timedelta(days=30 + number),
        )  # fmt: skip
        save_insight(found, by=by)
        if number == 0:
            facts = {"state": "used", "indicator": "K12", "feeds": "年度目标：退款类满意率"}
            review_insight(
                found, facts, words="三季度回访中仍有两成客户提到，列入年度目标。", by=by
            )
