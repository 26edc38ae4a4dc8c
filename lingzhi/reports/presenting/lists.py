"""Lines of the lists: reports, plans, editions, receipts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.core.clock import today
from lingzhi.core.languages import in_language
from lingzhi.org.queries import reach
from lingzhi.reports.kinds import title_of
from lingzhi.reports.models import SECTIONS, Plan, Receipt, Report
from lingzhi.reports.queries import readers_of, visible_to


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One report in the list."""

    report: Report
    title: str | Promise
    contacts: int | None
    first_problem: str
    is_unread: bool


def shown_rows(reports: Iterable[Report], person: User) -> list[ShownRow]:
    found = list(reports)
    unread = set(
        Receipt.objects.filter(report__in=found, person=person, read_at=None).values_list(
            "report_id", flat=True
        )
    )
    return [
        ShownRow(
            report=one,
            title=title_of(one.plan),
            contacts=one.facts["volume"].get("contacts"),
            first_problem=_first_problem(one),
            is_unread=one.pk in unread,
        )
        for one in found
    ]


def _first_problem(report: Report) -> str:
    """The heaviest problem that enough conversations show; empty without one."""
    problems = report.facts["sections"].get("problems", [])
    return next((in_language(one["title"]) for one in problems if one["enough"]), "")


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """One plan with its readers in words and by number."""

    plan: Plan
    title: str | Promise
    roles: list[str | Promise]
    sections: list[str | Promise]
    readers: int
    last_on: date | None
    may_change: bool

    @property
    def id(self) -> str:
        return str(self.plan.pk)


def shown_plans(user: User) -> list[ShownPlan]:
    """The plans that run within reach."""
    where, manage = reach(user, "reports.read"), reach(user, "reports.manage")
    plans = Plan.objects.filter(to_on=None).select_related("unit", "control__clause")
    return [
        ShownPlan(
            plan=plan,
            title=title_of(plan),
            roles=[ROLES[code].label for code in plan.readers if code in ROLES],
            sections=[SECTIONS[code] for code in SECTIONS if code in plan.sections],
            readers=readers_of(plan, today()).count(),
            last_on=plan.reports.order_by("-last_on").values_list("last_on", flat=True).first(),
            may_change=manage.covers(plan.unit, None),
        )
        for plan in plans
        if where.covers(plan.unit, None)
    ]


def editions_of(report: Report) -> list[Report]:
    """Every edition of the same days, the newest first."""
    rows = Report.objects.filter(plan=report.plan_id, first_on=report.first_on)
    return list(rows.order_by("-edition"))


def beside(report: Report, user: User) -> tuple[Report | None, Report | None]:
    """The newest editions of the report before and of the one after it, as far as one may see."""
    rows = visible_to(user).filter(plan=report.plan_id)
    before = rows.filter(first_on__lt=report.first_on).order_by("-first_on", "-edition").first()
    after = rows.filter(first_on__gt=report.first_on).order_by("first_on", "-edition").first()
    return before, after


def receipts_of(report: Report) -> list[Receipt]:
    """Who got it, and who opened it when."""
    return list(report.receipts.select_related("person").order_by("read_at", "person__staff_no"))
