"""Planning reports, writing them when they are due, and noting who read them."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import digest_of
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import DomainError
from lingzhi.jobs.services import later
from lingzhi.kpis.queries import Period
from lingzhi.kpis.services import count_stale
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import team_of
from lingzhi.reports.models import Plan, Receipt, Report, WorkReport
from lingzhi.reports.queries import due, facts_of, readers_of, work_of
from lingzhi_engine.privacy import mask

TITLES: dict[str, str | Promise] = {
    "daily": _("Daily quality report"),
    "weekly": _("Weekly quality report"),
    "monthly": _("Monthly quality report"),
    "yearly": _("Yearly quality report"),
}


class AlreadyPlanned(DomainError):
    message = _("This report is planned for this unit already.")


class PlanHasEnded(DomainError):
    message = _("This plan has ended.")


@transaction.atomic
def plan_report(unit: Unit, cadence: str, *, from_on: date, by: User | None, **more: Any) -> Plan:
    """Have a report written for `unit` from `from_on` on; the last one that was due comes at once.

    `more`: readers (role codes), sections, control.
    """
    if Plan.objects.filter(unit=unit, cadence=cadence, to_on=None).exists():
        raise AlreadyPlanned()
    plan = Plan.objects.create(
        unit=unit, cadence=cadence, from_on=from_on, created_at=now(), created_by=by, **more
    )
    after = {"unit": unit.code, "cadence": cadence, "readers": plan.readers, "from": str(from_on)}
    record(by, "reports.planned", plan, after=after)
    later("reports.write_due", queue="long")
    return plan


@transaction.atomic
def change_plan(plan: Plan, *, readers: list[str], sections: list[str], by: User) -> None:
    """Other readers or sections, for the reports to come."""
    before = {"readers": plan.readers, "sections": plan.sections}
    after = {"readers": readers, "sections": sections}
    if not Plan.objects.filter(pk=plan.pk, to_on=None).update(**after):
        raise PlanHasEnded()
    record(by, "reports.plan_changed", plan, before=before, after=after)


@transaction.atomic
def bind_plan(
    plan: Plan, *, readers: list[str], sections: list[str], control_id: int, by: User | None
) -> None:
    """A clause asks for this report from now on, with these readers. Twice changes nothing."""
    before = {"readers": plan.readers, "sections": plan.sections, "control": plan.control_id}
    after = {"readers": readers, "sections": sections, "control": control_id}
    if before != after:
        Plan.objects.filter(pk=plan.pk).update(
            readers=readers, sections=sections, control=control_id
        )
        record(by, "reports.plan_changed", plan, before=before, after=after)


@transaction.atomic
def end_plan(plan: Plan, *, on: date, by: User | None, reason: str = "") -> None:
    """No report is due after `on`; those that were published stay."""
    last = max(on, plan.from_on)
    if not Plan.objects.filter(pk=plan.pk, to_on=None).update(to_on=last):
        raise PlanHasEnded()
    record(by, "reports.plan_ended", plan, after={"to": str(last)}, reason=reason)


def write_due_reports() -> int:
    """Write every report that is due, each in its own transaction; how many.

    Days whose cases changed are counted first: a report shows no figure of before.
    """
    count_stale()
    return sum(write_report(plan, period) is not None for plan, period in list(due(today())))


def write_report(plan: Plan, period: Period, *, by: User | None = None) -> Report | None:
    """Publish the report of a period, or a new edition where its data changed since.

    None where nothing changed: the same data are the same document.
    """
    facts = facts_of(plan, period)
    return _publish(plan, period, facts, digest_of(facts), by)


@transaction.atomic
def _publish(
    plan: Plan, period: Period, facts: dict[str, Any], digest: str, by: User | None
) -> Report | None:
    Plan.objects.select_for_update().get(pk=plan.pk)
    editions = Report.objects.filter(plan=plan, first_on=period.first)
    latest = editions.order_by("-edition").first()
    if latest is not None and latest.digest == digest:
        return None
    edition = (editions.aggregate(newest=Max("edition"))["newest"] or 0) + 1
    report = Report.objects.create(
        plan=plan, first_on=period.first, last_on=period.last, edition=edition,
        facts=facts, digest=digest, published_at=now(),
    )  # fmt: skip
    record(by, "reports.published", report, after={"edition": edition, "sha256": digest})
    _deliver(report)
    return report


def _deliver(report: Report) -> None:
    readers = list(readers_of(report.plan, today()))
    Receipt.objects.bulk_create(
        Receipt(report=report, person=person, delivered_at=now()) for person in readers
    )
    url = reverse("reports:detail", args=[report.pk])
    tell(readers, TITLES[report.plan.cadence], body=_days(report), url=url, matter=_matter(report))


def _days(report: Report) -> str:
    if report.first_on == report.last_on:
        return report.first_on.isoformat()
    return f"{report.first_on.isoformat()} – {report.last_on.isoformat()}"


def _matter(report: Report) -> str:
    return f"reports.report/{report.pk}"


@transaction.atomic
def read_report(report: Report, *, by: User) -> None:
    """Note that this person opened the report; the first time counts."""
    Receipt.objects.filter(report=report, person=by, read_at=None).update(read_at=now())


class AlreadyHandedIn(DomainError):
    message = _("You have handed in the report of this day already.")


class AlreadyConfirmed(DomainError):
    message = _("This report is confirmed already.")


@transaction.atomic
def submit_work_report(
    *, remarks: str = "", proposals: str = "", open_matters: str = "", by: User
) -> WorkReport:
    """Hand in the report of today (工作日报): the figures as they stand, the texts masked."""
    if WorkReport.objects.filter(person=by, day=today()).exists():
        raise AlreadyHandedIn()
    report = WorkReport.objects.create(
        person=by, unit=team_of(by, today()), day=today(), facts=work_of(by, today()),
        remarks=mask(remarks), proposals=mask(proposals), open_matters=mask(open_matters),
        submitted_at=now(),
    )  # fmt: skip
    after = {"day": report.day.isoformat(), "contacts": report.facts["contacts"]}
    record(by, "reports.work_submitted", report, after=after)
    return report


@transaction.atomic
def confirm_work_report(report: WorkReport, *, answer: str = "", by: User) -> None:
    """Note that who leads the agent has read it; an answer is told to the agent."""
    words = mask(answer.strip())[:300]
    given = {"confirmed_at": now(), "confirmed_by": by, "answer": words}
    if not WorkReport.objects.filter(pk=report.pk, confirmed_at=None).update(**given):
        raise AlreadyConfirmed()
    record(by, "reports.work_confirmed", report, after={"day": report.day.isoformat()})
    if words:
        url = reverse("reports:work_report", args=[report.pk])
        title = _("Your daily work report was answered")
        tell([report.person], title, body=words, url=url, matter=f"reports.workreport/{report.pk}")
