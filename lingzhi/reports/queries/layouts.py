"""Which template holds, which versions there are, and a report as a draft would make it."""

from django.db.models import QuerySet

from lingzhi.kpis.queries import Period
from lingzhi.org.models import Unit
from lingzhi.reports.models import Layout, Plan, Report
from lingzhi.reports.queries.whole import facts_of


def layouts_of(kind: str) -> QuerySet[Layout]:
    """The versions that are or were in force, and the draft; the newest first."""
    rows = Layout.objects.filter(kind=kind, dropped_at=None)
    return rows.select_related("made_by", "in_force_by")


def layout_in_force(kind: str) -> Layout | None:
    """None: reports look as they are shipped."""
    return Layout.objects.filter(kind=kind, in_force_at__isnull=False, ended_at=None).first()


def draft_of(kind: str) -> Layout | None:
    return Layout.objects.filter(kind=kind, in_force_at=None, dropped_at=None).first()


def layout_for(plan: Plan, period: Period) -> Layout | None:
    """The template of a report that is made now: every edition keeps that of the first."""
    made = Report.objects.filter(plan=plan.pk, first_on=period.first)
    last = made.select_related("layout").defer("facts").order_by("-edition").first()
    return last.layout if last else layout_in_force(plan.kind)


def preview_of(layout: Layout, unit: Unit, cadence: str, period: Period) -> Report:
    """A report of real days as this version would make it; nothing is kept, nobody gets it."""
    asked = {"unit": unit, "kind": layout.kind, "cadence": cadence}
    plan = Plan.objects.filter(**asked, to_on=None).first() or Plan(**asked)
    return Report(
        plan=plan, first_on=period.first, last_on=period.last, edition=1, layout=layout,
        facts=facts_of(plan, period, layout.content), digest="", state=Report.State.DRAFT,
    )  # fmt: skip
