"""The report calendar (报告日历): which report is due when, and how far it came."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from lingzhi.core.clock import today
from lingzhi.kpis.queries import Period
from lingzhi.reports.kinds import kind_of
from lingzhi.reports.models import Plan, Receipt, Report
from lingzhi.reports.queries.month_end import periods_over
from lingzhi.reports.queries.reading import begins

DAY = timedelta(days=1)
LATE, COMING, WAITS, UNREAD, READ = "late", "coming", "waits", "unread", "read"


@dataclass(frozen=True, slots=True)
class Dated:
    """A report that a plan asks for: due on a day, and its newest edition where there is one.

    `sent_on` is the day of its first edition; `asked` and `read` count who got the newest one and
    who opened it.
    """

    plan: Plan
    period: Period
    due_on: date
    report: Report | None = None
    sent_on: date | None = None
    asked: int = 0
    read: int = 0

    @property
    def days_late(self) -> int:
        """Days after its day on which it was sent, or that it lacks by now. Nobody was late before
        the report was asked for.
        """
        asked_on = timezone.localdate(self.plan.created_at)
        return max(((self.sent_on or today()) - max(self.due_on, asked_on)).days, 0)

    @property
    def stands(self) -> str:
        """late: it lacks beyond its day; coming; waits for words or approval; unread by some; read
        by all it went to.
        """
        if self.sent_on:
            return UNREAD if self.read < self.asked else READ
        if self.days_late:
            return LATE
        return WAITS if self.report else COMING


def dated(plans: Iterable[Plan], month: Period) -> list[Dated]:
    """What is due in a month, the last day first; of a daily report only the next one to come."""
    wanted = [(plan, period, _due_on(plan, period)) for plan, period in _asked(plans, month)]
    made = _made(wanted)
    sent = _sent(wanted)
    found = []
    for plan, period, due_on in wanted:
        key = (plan.pk, period.first)
        report = made.get(key)
        if report is None and plan.cadence == Plan.Cadence.DAILY and due_on > today() + DAY:
            continue
        asked, read = (report.asked, report.read) if report else (0, 0)  # type: ignore[attr-defined]
        found.append(Dated(plan, period, due_on, report, sent.get(key), asked, read))
    return sorted(found, key=lambda one: (one.due_on, one.plan.pk), reverse=True)


def unread_by(reports: Iterable[int]) -> dict[int, list[str]]:
    """The names of who has not opened each of these reports yet."""
    found: dict[int, list[str]] = {}
    rows = Receipt.objects.filter(report__in=reports, read_at=None).order_by("person__staff_no")
    for report, name in rows.values_list("report_id", "person__name"):
        found.setdefault(report, []).append(name)
    return found


def _asked(plans: Iterable[Plan], month: Period) -> Iterator[tuple[Plan, Period]]:
    for plan in plans:
        days = timedelta(days=kind_of(plan).days)
        last = month.last - days
        if plan.to_on is not None:
            last = min(last, plan.to_on - DAY)
        for period in periods_over(plan, max(begins(plan), month.first - days), last):
            yield plan, period


def _due_on(plan: Plan, period: Period) -> date:
    return period.last + timedelta(days=kind_of(plan).days)


Wanted = list[tuple[Plan, Period, date]]
Key = tuple[int, date]


def _rows(wanted: Wanted) -> Q:
    firsts = {period.first for _plan, period, _due_on in wanted}
    return Q(plan__in={plan.pk for plan, _period, _due_on in wanted}, first_on__in=firsts)


def _made(wanted: Wanted) -> dict[Key, Report]:
    """The newest editions, without what stands in them."""
    rows = Report.objects.filter(_rows(wanted)).defer("facts", "words")
    counted = rows.annotate(
        asked=Count("receipts"), read=Count("receipts", filter=Q(receipts__read_at__isnull=False))
    )
    return {(one.plan_id, one.first_on): one for one in counted.order_by("edition")}


def _sent(wanted: Wanted) -> dict[Key, date]:
    """When each was sent for the first time."""
    rows = Report.objects.filter(_rows(wanted), published_at__isnull=False)
    listed = rows.order_by("-edition").values_list("plan_id", "first_on", "published_at")
    return {(plan, first_on): timezone.localdate(at) for plan, first_on, at in listed if at}
