"""Reports of every kind of the demo centre: one handed in, one decided upon, drafts that wait."""

from datetime import timedelta

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.demo.rulebook import seed_reports
from lingzhi.org.models import Unit
from lingzhi.reports.kinds import KINDS
from lingzhi.reports.models import Plan, Receipt, Report
from lingzhi.reports.queries.decisions import points_in
from lingzhi.reports.services import (
    decide_point,
    hand_in,
    plan_report,
    read_report,
    write_due_reports,
)

MANAGER = "7002"
DAYS, LATELY = 60, 14
PLANS = (  # kind, how often, whose
    ("supervision", "monthly", "centre"),
    ("review", "monthly", "centre"),
    ("service", "yearly", "centre"),
    ("department", "monthly", "aftersales-tech"),
    ("returned", "monthly", "aftersales-tech"),
)
SUPERVISED = "本月重点问题集中在推诿用语和未说明时限，已向运营部门发出监督意见，下月复查。"
LEFT = "样本少，下月再看。"


def seed_every_report() -> None:
    seed_reports()
    seed_kinds_of_report()
    _open_reports()


def _open_reports() -> None:
    """All but the last reports were opened by everybody who got them, the last by every second."""
    if Receipt.objects.exclude(read_at=None).exists():
        return
    latest = today() - timedelta(days=2)
    rows = Receipt.objects.filter(read_at=None).select_related("report", "person")
    for at, one in enumerate(rows.defer("report__facts").order_by("report", "person")):
        if one.report.last_on < latest or at % 2:
            read_report(one.report, by=one.person)


def seed_kinds_of_report() -> None:
    """Plans of every kind; the first supervision report is handed in, the last one waits."""
    if Plan.objects.exclude(kind=Plan.Kind.QUALITY).exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    for kind, cadence, code in PLANS:
        _plan(kind, cadence, Unit.objects.get(code=code), manager)
    team = Unit.objects.filter(kind="team", line=Unit.Line.SERVICE).order_by("code")[0]
    _plan("summary", "weekly", team, manager)
    write_due_reports()
    drafts = Report.objects.filter(plan__kind="supervision", state=Report.State.DRAFT)
    if first := drafts.order_by("first_on").first():
        hand_in(first, SUPERVISED, by=manager)
    _decide(manager)


def _plan(kind: str, cadence: str, unit: Unit, manager: User) -> None:
    usual, days = KINDS[kind], LATELY if kind == "summary" else DAYS
    plan_report(
        unit, cadence, kind=kind, from_on=today() - timedelta(days=days), by=manager,
        readers=list(usual.readers), sections=list(usual.sections),
    )  # fmt: skip


def _decide(manager: User) -> None:
    """Of the last review one point is taken up, one left."""
    review = Report.objects.filter(plan__kind="review").first()
    if review is None:
        return
    for at, point in enumerate(points_in(review)[:2]):
        decide_point(
            review, point["key"], is_taken=at == 0, words="" if at == 0 else LEFT, by=manager
        )
