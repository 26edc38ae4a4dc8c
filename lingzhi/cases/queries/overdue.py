"""How often time limits ran over, by unit, type, clock and person (超时统计)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Clock, Reaction
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.core.clock import now
from lingzhi_engine.stats import Rate

LATE, MET = Clock.Verdict.LATE, Clock.Verdict.MET
BY: Mapping[str, str] = {
    "unit": "case__unit", "type": "case__type", "kind": "kind", "person": "case__handler",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overdue:
    """Clocks that were judged: so many late of so many, and of the late those with a reaction."""

    key: Any
    late: Rate
    reacted: Rate


def judged_clocks(user: User, days: int, kind: str = "") -> QuerySet[Clock]:
    """Clocks judged within so many days that this person may see. What nobody could have kept is
    left out, and so is what is not known.
    """
    cases = cases_visible_to(user).select_related(None).order_by()
    rows = Clock.objects.filter(
        judged_at__gte=now() - timedelta(days=days), verdict__in=(LATE, MET),
        was_over_before=False, case__in=cases.values("pk"),
    )  # fmt: skip
    return rows.filter(kind=kind) if kind else rows


def overdue_by(rows: QuerySet[Clock], what: str) -> list[Overdue]:
    """One line each, by BY. One query."""
    reacted = Exists(Reaction.objects.filter(clock=OuterRef("pk")))
    found = (
        rows.order_by()
        .annotate(has_reaction=reacted)
        .values(BY[what])
        .annotate(
            judged=Count("pk"),
            late=Count("pk", filter=Q(verdict=LATE)),
            reacted=Count("pk", filter=Q(verdict=LATE, has_reaction=True)),
        )
    )
    return [
        Overdue(one[BY[what]], Rate(one["late"], one["judged"]), Rate(one["reacted"], one["late"]))
        for one in found
    ]


def late_now(user: User) -> QuerySet[Case]:
    """Open cases that are late, the one whose time ran over first at the top."""
    rows = cases_visible_to(user).exclude(kind=Case.Kind.CLOSED)
    return rows.filter(Q(is_late=True) | Q(next_due_at__lt=now())).order_by("next_due_at", "id")
