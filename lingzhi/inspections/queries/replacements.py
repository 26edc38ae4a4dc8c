"""What can stand in for a swapped task: the rest of its stratum, in the draw's own days."""

from datetime import timedelta
from typing import Any

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Draw, Inspection, Plan, RuleVersion, Task
from lingzhi.inspections.queries.conversations import contacts_with
from lingzhi.inspections.queries.frames import choosable
from lingzhi.inspections.queries.periods import Period
from lingzhi.inspections.queries.rules import rules_in_force

HOURS = 4  # of a band of hours
LENGTHS = (60, 180, 300, 600)  # seconds at which another length begins


def stratum_rows(task: Task, draw: Draw, plan: Plan) -> QuerySet[Contact]:
    """Conversations of the task's stratum that nobody inspects, has inspected or has swapped.

    A stratum is written as `team:3/channel:phone`; what names nothing of the kind is the whole.
    """
    drawn = Task.objects.filter(contact=OuterRef("pk"), is_repeat=False, draw=draw)
    rows = _frame(draw, plan).exclude(Exists(drawn))
    for part in task.stratum.split("/"):
        name, _colon, value = part.partition(":")
        if name in FACETS:
            rows = FACETS[name](rows, value)
    return _on_its_side(rows, task, draw)


def _frame(draw: Draw, plan: Plan) -> QuerySet[Contact]:
    rows = choosable(plan, Period(draw.from_on, draw.to_on)).order_by().annotate(length=_LENGTH)
    shortest = timedelta(seconds=plan.shortest_seconds)
    return rows.filter(Q(length=None) | Q(length__gte=shortest))


def _on_its_side(rows: QuerySet[Contact], task: Task, draw: Draw) -> QuerySet[Contact]:
    """Where conversations without a hit were drawn apart, hits and non-hits stay apart."""
    if not draw.tasks.filter(reason=Task.Reason.NONHIT).exists():
        return rows
    bad = [one.rule_id for one in rules_in_force() if one.kind == RuleVersion.Kind.VIOLATION]
    judged = Exists(Inspection.objects.filter(contact=OuterRef("pk"), is_latest=True))
    hit = contacts_with(rows, bad).values("pk") if bad else []
    without = judged & ~Q(pk__in=hit)
    return rows.filter(without if task.reason == Task.Reason.NONHIT else ~without)


_LENGTH = ExpressionWrapper(
    F("ended_at") - Coalesce("answered_at", "started_at"), output_field=DurationField()
)


def _by(lookup: str) -> Any:
    def narrow(rows: QuerySet[Contact], value: str) -> QuerySet[Contact]:
        return rows.filter(**({lookup: value} if value else {f"{lookup}__isnull": True}))

    return narrow


def _hour(rows: QuerySet[Contact], value: str) -> QuerySet[Contact]:
    if not value:
        return rows.filter(started_at=None)
    return rows.filter(started_at__hour__gte=int(value), started_at__hour__lt=int(value) + HOURS)


def _length(rows: Any, value: str) -> QuerySet[Contact]:
    if not value:
        return rows.filter(length=None)
    limits = [0, *LENGTHS]
    rows = rows.filter(length__gte=timedelta(seconds=limits[int(value)]))
    if int(value) < len(LENGTHS):
        rows = rows.filter(length__lt=timedelta(seconds=LENGTHS[int(value)]))
    return rows


FACETS: dict[str, Any] = {
    "team": _by("unit"),
    "agent": _by("agent"),
    "channel": _by("channel__code"),
    "hour": _hour,
    "length": _length,
}
