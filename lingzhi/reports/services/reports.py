"""Planning reports, writing them when they are due, and noting who read them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import digest_of
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.jobs.services import later
from lingzhi.kpis.queries import Period
from lingzhi.kpis.services import count_stale
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import team_of
from lingzhi.reports.kinds import KINDS, kind_of
from lingzhi.reports.models import Layout, Plan, Receipt, Report, WorkReport
from lingzhi.reports.queries import due, facts_of, work_of
from lingzhi.reports.queries.layouts import layout_for
from lingzhi.reports.services.publishing import State, ask_for_words, publish
from lingzhi.reports.services.unread import unread_matter
from lingzhi_engine.privacy import mask


class AlreadyPlanned(DomainError):
    message = _("This report is planned for this unit already.")


class PlanHasEnded(DomainError):
    message = _("This plan has ended.")


@transaction.atomic
def plan_report(unit: Unit, cadence: str, *, from_on: date, by: User | None, **more: Any) -> Plan:
    """Have a report written for `unit` from `from_on` on; the last one that was due comes at once.

    `more`: kind, readers (role codes), posts, people, sections, about, control. Raises
    AlreadyPlanned, and BadInput where the kind is not made so often.
    """
    kind = more.setdefault("kind", Plan.Kind.QUALITY)
    if cadence not in KINDS[kind].cadences:
        raise BadInput(_("A report of this kind is not made so often."), field="cadence")
    if Plan.objects.filter(unit=unit, kind=kind, cadence=cadence, to_on=None).exists():
        raise AlreadyPlanned()
    named = {name: more.pop(name, ()) for name in NAMED}
    plan = Plan.objects.create(
        unit=unit, cadence=cadence, from_on=from_on, created_at=now(), created_by=by, **more
    )
    _name(plan, **named)
    after = {"unit": unit.code, "kind": kind, "cadence": cadence, "readers": plan.readers,
             "from": str(from_on)}  # fmt: skip
    record(by, "reports.planned", plan, after=after)
    later("reports.write_due", queue="long")
    return plan


NAMED = ("posts", "people")


def _name(plan: Plan, **named: Iterable[Any]) -> None:
    """The posts and people that get its reports beside the roles."""
    for name, rows in named.items():
        getattr(plan, name).set(rows)


def _named(plan: Plan) -> dict[str, list[int]]:
    return {name: list(getattr(plan, name).values_list("pk", flat=True)) for name in NAMED}


@transaction.atomic
def change_plan(plan: Plan, *, by: User, **wanted: Any) -> None:
    """Other readers (roles, posts, people), sections or matters, for the reports to come."""
    plain = {name: value for name, value in wanted.items() if name not in NAMED}
    before = {name: getattr(plan, name) for name in plain} | _named(plan)
    if not Plan.objects.filter(pk=plan.pk, to_on=None).update(**plain):
        raise PlanHasEnded()
    _name(plan, **{name: wanted[name] for name in NAMED if name in wanted})
    record(by, "reports.plan_changed", plan, before=before, after=plain | _named(plan))


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

    None where nothing changed: the same data are the same document. A draft that nobody handed in
    is made anew in its place. Whatever was made of these days before keeps its template.
    """
    layout = layout_for(plan, period)
    facts = facts_of(plan, period, layout.content if layout else None)
    return _publish(plan, period, facts, layout, by)


@transaction.atomic
def _publish(
    plan: Plan, period: Period, facts: dict[str, Any], layout: Layout | None, by: User | None
) -> Report | None:
    Plan.objects.select_for_update().get(pk=plan.pk)
    digest = digest_of(facts)
    editions = Report.objects.filter(plan=plan, first_on=period.first)
    latest = editions.order_by("-edition").first()
    if latest is not None and (latest.digest == digest or latest.state == State.ASKED):
        return None
    if latest is not None and latest.state == State.DRAFT:
        Report.objects.filter(pk=latest.pk).update(facts=facts, digest=digest, made_at=now())
        record(by, "reports.made", latest, after={"sha256": digest})
        return latest
    edition = (editions.aggregate(newest=Max("edition"))["newest"] or 0) + 1
    report = Report.objects.create(
        plan=plan, first_on=period.first, last_on=period.last, edition=edition,
        facts=facts, digest=digest, state=State.DRAFT, words=latest.words if latest else "",
        layout=layout,
    )  # fmt: skip
    after = {"edition": edition, "sha256": digest, "template": layout.number if layout else None}
    record(by, "reports.made", report, after=after)
    if kind_of(plan).waits_for:
        ask_for_words(report)
    else:
        publish(report, by=by)
    return report


@transaction.atomic
def read_report(report: Report, *, by: User) -> None:
    """Note that this person opened the report; the first time counts."""
    rows = Receipt.objects.filter(report=report, person=by, read_at=None)
    if rows.update(read_at=now()):
        settle_matter(unread_matter(report.plan_id, by.pk))


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
