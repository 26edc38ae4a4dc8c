"""Whether clauses about rectification are kept, day by day."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localdate

from lingzhi.approvals.models import Approval, Signature
from lingzhi.core.clock import today
from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.improvement.models import Rectification, Source

State = Rectification.State
PROBLEMS, CUSTOMERS, MAJOR = "problems", "customers", "major"
TOP = "leadership"
OF_CUSTOMERS = (Source.Free.CUSTOMER, "cases.case", "surveys.weak_link")
Judgement = tuple[date, bool, str]


def rectifications_kept(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding the days on which something was due, or a major plan was approved."""
    found = {
        PROBLEMS: list(_due(first, last)),
        CUSTOMERS: list(_due(first, last, only=OF_CUSTOMERS)),
        MAJOR: list(_approved(first, last)),
    }
    return [_days(one, found[one.values.get("about") or PROBLEMS]) for one in bindings]


def _days(binding: Binding, judged: Iterable[Judgement]) -> Days:
    days: dict[date, Evidence] = {}
    for day, is_kept, path in judged:
        if binding.holds_for(path):
            one = Evidence(kept=1) if is_kept else Evidence(broken=1)
            days[day] = days.get(day, Evidence()) + one
    return days


def _due(first: date, last: date, only: Sequence[str] = ()) -> Iterable[Judgement]:
    """Each that had to be done by a day that is over: was it, by then?"""
    over = min(last, today() - timedelta(days=1))
    rows = Rectification.objects.filter(due_on__gte=first, due_on__lte=over)
    if only:
        rows = rows.filter(pk__in=Source.objects.filter(kind__in=only).values("rectification"))
    for row in rows.exclude(state=State.DROPPED).select_related("unit"):
        yield row.due_on, row.done_on is not None and row.done_on <= row.due_on, row.unit.path


def _approved(first: date, last: date) -> Iterable[Judgement]:
    """Each major plan that was approved: did the top management sign it?"""
    rows: QuerySet[Rectification] = Rectification.objects.filter(
        grade=Rectification.Grade.MAJOR, approved_at__isnull=False
    ).select_related("unit")
    label = Rectification._meta.label_lower
    named = {f"{label}/{row.pk}": row for row in rows}
    signed = set(
        Signature.objects.filter(
            approval__subject__in=named, approval__state=Approval.State.APPROVED, role=TOP,
            is_agreed=True,
        ).values_list("approval__subject", flat=True)
    )  # fmt: skip
    for subject, row in named.items():
        assert row.approved_at is not None
        day = localdate(row.approved_at)
        if first <= day <= last:
            yield day, subject in signed, row.unit.path
