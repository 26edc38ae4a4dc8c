"""A report is read by those it was laid before and by those who reach its unit."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.improvement.queries.people import works_in
from lingzhi.kpis.models import Definition
from lingzhi.kpis.queries import headline
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach, units_visible_to
from lingzhi.reports.kinds import has_points, kind_of
from lingzhi.reports.models import (
    Event,
    Layout,
    Pivot,
    Plan,
    Practice,
    Report,
    WeakStep,
    WorkReport,
)
from lingzhi.reports.models.kinds import Kind
from lingzhi.reports.queries import visible_to, work_reports_visible_to
from lingzhi.reports.queries.layouts import draft_of
from lingzhi.reports.queries.pivot import pivots_of
from lingzhi.reports.queries.reading import to_finish
from lingzhi.reports.queries.returned import house_of
from lingzhi.reports.queries.weak_steps import weak_steps_visible_to

READ, MANAGE, TEMPLATES = "reports.read", "reports.manage", "reports.templates"
PIVOT = "kpis.read"  # facts are what indicators are made of
MAKE = "improvement.start"  # who may have something put right may take up a weak link
LEAD = "org.duty"  # who leads people on duty confirms what they report


def require(user: User, capability: str) -> None:
    if not user.can(capability):
        raise PermissionDenied


def report_to_read(user: User, pk: int) -> Report:
    report = visible_to(user).filter(pk=pk).first()
    if report is None:
        raise Http404
    require(user, READ)
    return report


def report_to_rebuild(user: User, pk: int) -> Report:
    report = report_to_read(user, pk)
    if not reach(user, MANAGE).covers(report.plan.unit, None):
        raise PermissionDenied
    return report


def report_to_finish(user: User, pk: int) -> Report:
    """One that this person hands in with own words."""
    report = report_to_read(user, pk)
    if not may_finish(user, report):
        raise PermissionDenied
    return report


def may_finish(user: User, report: Report) -> bool:
    """Whether somebody has to hand it in at all, and this person may."""
    if not kind_of(report.plan).waits_for:
        return False
    return Report.objects.filter(to_finish(user), pk=report.pk).exists()


def may_decide(user: User, report: Report) -> bool:
    """Points of a review are decided by who plans reports there; what customers say is answered by
    the department's own people, who work in its unit. Of other kinds nobody decides.
    """
    if not has_points(report.plan):
        return False
    if report.plan.kind == Plan.Kind.RETURNED:
        return reach(user, READ).covers(report.plan.unit, None) and works_in(user, report.plan.unit)
    return reach(user, MANAGE).covers(report.plan.unit, None)


def report_to_decide(user: User, pk: int) -> Report:
    report = report_to_read(user, pk)
    if not may_decide(user, report):
        raise PermissionDenied
    return report


def plan_to_change(user: User, pk: int) -> Plan:
    plan = Plan.objects.select_related("unit").filter(pk=pk).first()
    if plan is None or not reach(user, READ).covers(plan.unit, None):
        raise Http404
    if not reach(user, MANAGE).covers(plan.unit, None):
        raise PermissionDenied
    return plan


def unit_to_plan_for(user: User, unit: Unit, kind: str = Plan.Kind.QUALITY) -> Unit:
    """What customers say to a whole house is planned by who plans for that house."""
    whose = house_of(unit) if kind == Plan.Kind.RETURNED else unit
    if not reach(user, MANAGE).covers(whose, None):
        raise PermissionDenied
    return unit


def work_report_to_read(user: User, pk: int) -> WorkReport:
    """One's own, or one of a unit within reach."""
    require(user, READ)
    report = work_reports_visible_to(user).filter(pk=pk).first()
    if report is None:
        raise Http404
    return report


def may_confirm(user: User, report: WorkReport) -> bool:
    """Whether this person leads who wrote it; nobody confirms an own report."""
    return user.pk != report.person_id and reach(user, LEAD).covers(report.unit, None)


def work_report_to_confirm(user: User, pk: int) -> WorkReport:
    report = work_report_to_read(user, pk)
    if not may_confirm(user, report):
        raise PermissionDenied
    return report


def pivot_to_remove(user: User, pk: int) -> Pivot:
    """An analysis one keeps oneself; what others share stays theirs."""
    require(user, PIVOT)
    pivot = pivots_of(user).filter(pk=pk).first()
    if pivot is None:
        raise Http404
    if pivot.kept_by_id != user.pk:
        raise PermissionDenied
    return pivot


def speaks_for(user: User) -> Callable[[Unit], bool]:
    """Who leads a unit speaks for it, and who plans its reports; asked of many units at once."""
    within = [reach(user, one) for one in (LEAD, MANAGE)]
    return lambda unit: any(one.covers(unit, None) for one in within)


def unit_to_share_for(user: User, pk: int, code: str) -> tuple[Unit, Definition]:
    """The unit that shares what it does, and the indicator in which it is better."""
    unit = units_visible_to(user, PIVOT).filter(pk=pk).first()
    definition = headline(code)
    if unit is None or definition is None:
        raise Http404
    if not speaks_for(user)(unit):
        raise PermissionDenied
    return unit, definition


def event_to_remove(user: User, pk: int) -> Event:
    """An event of a unit within reach, by who plans reports there."""
    require(user, PIVOT)
    event = Event.objects.select_related("unit").filter(pk=pk, removed_at=None).first()
    if event is None or not reach(user, PIVOT).covers(event.unit, None):
        raise Http404
    if not reach(user, MANAGE).covers(event.unit, None):
        raise PermissionDenied
    return event


def practice_to_withdraw(user: User, pk: int) -> Practice:
    """What is shared is there for everybody who reads reports."""
    require(user, READ)
    practice = Practice.objects.filter(pk=pk).select_related("unit").first()
    if practice is None:
        raise Http404
    if practice.shared_by_id != user.pk and not speaks_for(user)(practice.unit):
        raise PermissionDenied
    return practice


def weak_step_to_read(user: User, pk: int) -> WeakStep:
    """One that was taken up in a unit within reach."""
    require(user, PIVOT)
    found = weak_steps_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def kind_of_template(user: User, kind: str) -> Kind:
    """Templates hold for the whole house; who may write them sees those of every kind."""
    require(user, TEMPLATES)
    if kind not in Plan.Kind.values:
        raise Http404
    return Plan.Kind(kind)


def layout_to_read(user: User, pk: int) -> Layout:
    """A version that is or was in force, or a draft; not one that was dropped."""
    require(user, TEMPLATES)
    rows = Layout.objects.select_related("made_by", "in_force_by")
    found = rows.filter(pk=pk, dropped_at=None).first()
    if found is None:
        raise Http404
    return found


def layout_to_copy(user: User, kind: str, pk: str) -> Layout | None:
    """The version to go back to; none where none is named."""
    if not pk:
        return None
    found = layout_to_read(user, int(pk) if pk.isdecimal() and len(pk) < 19 else 0)
    if found.kind != kind:
        raise Http404
    return found


def template_to_change(user: User, kind: str) -> Kind:
    """By whose reach covers every unit that gets a report of this kind: all of them change."""
    found = kind_of_template(user, kind)
    where = reach(user, TEMPLATES)
    for plan in Plan.objects.filter(kind=kind, to_on=None).select_related("unit"):
        if not where.covers(plan.unit, None):
            raise PermissionDenied
    return found


def layout_to_change(user: User, pk: int) -> Layout:
    found = layout_to_read(user, pk)
    template_to_change(user, found.kind)
    return found


def draft_to_edit(user: User, kind: str) -> Layout:
    template_to_change(user, kind)
    found = draft_of(kind)
    if found is None:
        raise Http404
    return found
