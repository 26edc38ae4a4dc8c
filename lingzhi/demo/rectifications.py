"""What the demo centre puts right, in every stage; of one the effect is proved."""

from datetime import timedelta

from lingzhi.accounts.models import User
from lingzhi.approvals.services import decide
from lingzhi.cases.models import Case
from lingzhi.core.clock import now, today
from lingzhi.demo.source import read
from lingzhi.improvement.models import (
    Cause,
    Countermeasure,
    Effect,
    ImprovementPlan,
    Rectification,
    Reward,
)
from lingzhi.improvement.queries.people import heads_of
from lingzhi.improvement.services import approving, carrying, planning, records, verifying
from lingzhi.improvement.services.plans import keep_plan, reward
from lingzhi.kpis.models import Alert
from lingzhi.kpis.services import Entered, confirm_value, ensure_definition, enter_value
from lingzhi.org.models import Unit
from lingzhi.org.queries import people_in
from lingzhi.portal.models import PublishedImprovement
from lingzhi.portal.services.publishing import write_improvement

MANAGER, TOP, KEEPER = "7002", "7001", "7004"
DAY = timedelta(days=1)
WINDOW = 28
# What came before, in the words of each: (why, what shows it, is it the root).
WHYS = (
    ("新人对退款规则的答复不一致", "抽听 20 通，答错 7 通", False),
    ("入职后只看过一次文档，没有练习", "培训签到与测验记录", False),
    ("规则变更后没有重新考核的安排", "近三次变更均无测验", True),
)
GOALS = (
    "一、退款与安装类答复准确率提高五个百分点；",
    "二、约定回访按时率达到九成五；",
    "三、重大问题整改按期完成。",
)
REFUND = (
    "退款规则答错率偏高",
    "近一个月新人抽问退款规则，四成以上答不全；两起投诉与此有关。",
)


def seed_rectifications() -> None:
    """A proved one that is carried over, one each that is late, judged, asked, begun, dropped."""
    if Rectification.objects.exists():
        return
    units = list(Unit.objects.filter(kind="team", line=Unit.Line.SERVICE).order_by("code")[:4])
    manager = User.objects.get(staff_no=MANAGER)
    _proved(units, manager)
    _judged(units[1], manager)
    _late(units[2], manager)
    _major(units[3], manager)
    _begun(units[0], manager)
    _plans(units, manager)


def _start(
    unit: Unit, words: tuple[str, str], manager: User, *, kind: str = "meeting",
    key: int | None = None, **more: str,
) -> Rectification:  # fmt: skip
    row = Rectification(
        title=words[0], problem=words[1], unit=unit, owner=heads_of(unit)[0], supervisor=manager,
        due_on=today() + 21 * DAY, **more,
    )  # fmt: skip
    said = "" if key is not None else "十月质量例会"
    return records.start_rectification(row, kind=kind, key=key, words=said, by=manager)


def _plan(row: Rectification, measure: str, *, changes: str = "") -> None:
    for words, evidence, is_root in WHYS:
        cause = Cause(rectification=row, words=words, evidence=evidence, is_root=is_root)
        planning.write_cause(cause, by=row.owner)
    said = (("correction", "逐一回电更正已答错的客户", ""), ("corrective", measure, changes))
    for kind, what, target in said:
        planning.write_measure(
            Countermeasure(
                rectification=row, kind=kind, words=what, owner=row.owner, due_on=row.due_on,
                changes=target,
            ),
            by=row.owner,
        )  # fmt: skip


def _agreed(row: Rectification, manager: User) -> None:
    approval = approving.request_approval(row, by=row.owner)
    assert approval is not None
    decide(approval, is_agreed=True, comment="", by=manager)
    approval.refresh_from_db()
    approving.approve_plan(row, approval)


def _done(row: Rectification, *, ago: int) -> None:
    for measure in row.measures.all():
        measure.rectification = row
        link = "/knowledge/" if measure.changes else ""
        planning.report_measure(measure, "已完成，记录在案", link=link, by=row.owner)
    verifying.report_done(row, since=today() - ago * DAY, by=row.owner)


def _aged(row: Rectification, days: int) -> None:
    """It began earlier than the demo was made."""
    moment = now() - days * DAY
    Rectification.objects.filter(pk=row.pk).update(created_at=moment)
    row.notes.update(written_at=moment + 5 * DAY)


def _proved(units: list[Unit], manager: User) -> None:
    """Quizzes before and after: 26 of 40 pass, then 36; two weeks on it is in another team."""
    unit, keeper = units[0], User.objects.get(staff_no=KEEPER)
    quiz = read("company")["quiz"]
    for ago in range(2 * WINDOW, 0, -3):
        passed = quiz["passed_before" if ago > WINDOW else "passed_after"] + ago % 5
        day = today() - ago * DAY
        asked = Entered(day, day, passed, quiz["asked"], "抽问记录")
        confirm_value(enter_value("K32", unit, asked, by=keeper), by=manager)
    row = _start(unit, REFUND, manager, category="people", way="five_whys")
    _plan(row, "规则变更后三日内全员测验，不合格者补训", changes="article")
    effect = Effect(
        rectification=row, definition=ensure_definition("K32", "hand", {}, by=None), unit=unit,
        before_from=today() - 2 * WINDOW * DAY, before_to=today() - (WINDOW + 1) * DAY,
        after_days=WINDOW,
    )  # fmt: skip
    planning.plan_effect(effect, by=row.owner)
    _agreed(row, manager)
    _done(row, ago=WINDOW)
    verifying.verify(
        row, is_effective=True, words="合格比例前后对比明显提高；现场抽问也不再答错。", by=manager
    )
    verifying.close(row, "测验写入规则变更流程，题库随条款更新。", by=manager)
    given = Reward(rectification=row, person=unit_member(unit), given="改进之星，奖励 200 元")
    reward(given, by=manager)
    better = PublishedImprovement(
        rectification=row,
        title={"zh-Hans": "退款规则，一次说清", "en": "Refunds explained at once"},
        text={
            "zh-Hans": "规则一变，全员三日内考核。如今抽问合格率由七成升到九成以上。",
            "en": "When a rule changes, everybody is examined within three days.",
        },
    )  # fmt: skip
    write_improvement(better, by=row.owner)
    carrying.carry_over(row, units[1:2], due_on=today() + 30 * DAY, by=manager)
    _aged(row, 2 * WINDOW)


def unit_member(unit: Unit) -> User:
    """Somebody of the unit, who proposed it."""
    return people_in(unit).exclude(pk=heads_of(unit)[0].pk).order_by("staff_no")[0]


def _plans(units: list[Unit], manager: User) -> None:
    """The centre's of this quarter, and that of one team."""
    first = today().replace(day=1)
    goals = "\n".join(GOALS)
    for unit in (Unit.objects.get(code="centre"), units[1]):
        days = {"from_on": first - 30 * DAY, "to_on": first + 60 * DAY}
        keep_plan(ImprovementPlan(unit=unit, goals=goals, **days), by=manager)


def _judged(unit: Unit, manager: User) -> None:
    words = ("回访超时较多", "上月约定回访有一成以上晚于承诺时间。")
    row = _start(unit, words, manager, category="time", way="pdca")
    _plan(row, "回访到点前半小时提醒到人")
    _agreed(row, manager)
    _done(row, ago=5)
    _aged(row, 40)


def _late(unit: Unit, manager: User) -> None:
    words = ("高峰时段首次响应慢", "午后在线咨询排队时间长，客户反复催问。")
    case = Case.objects.filter(unit__path__startswith=unit.path).order_by("pk").first()
    source = {"kind": "cases.case", "key": case.pk} if case else {"kind": "customer"}
    row = _start(unit, words, manager, category="time", **source)
    _plan(row, "午后增加两名在线坐席，排班随话务调整")
    _agreed(row, manager)
    records.write_note(row, "排班已改，等下周数据。", is_supervision=False, by=row.owner)
    _aged(row, 45)
    Rectification.objects.filter(pk=row.pk).update(due_on=today() - 6 * DAY)


def _major(unit: Unit, manager: User) -> None:
    """Waits for the top management; the quality manager has signed."""
    words = ("批次产品故障来电集中", "同一型号连续两周故障来电翻倍，已影响接通。")
    row = _start(unit, words, manager, category="product", grade="major", way="eight_d")
    _plan(row, "推动生产部门返修该批次，并主动通知客户")
    approval = approving.request_approval(row, by=row.owner)
    assert approval is not None
    decide(approval, is_agreed=True, comment="同意，请尽快。", by=manager)


def _begun(unit: Unit, manager: User) -> None:
    alert = Alert.objects.filter(unit__path__startswith=unit.path).first()
    source = {"kind": "kpis.alert", "key": alert.pk} if alert else {"kind": "audit"}
    words = ("礼貌用语漏说", "开场与结束用语漏说的通话偏多。")
    _start(unit, words, manager, category="norm", **source)
    words = ("休息区噪声", "与服务质量无关，转行政处理。")
    dropped = _start(unit, words, manager, kind="staff")
    records.drop_rectification(dropped, "不属于质量问题，已转行政部。", by=manager)
