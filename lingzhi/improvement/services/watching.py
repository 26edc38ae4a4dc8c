"""What is late goes up step by step; what was closed is watched for its coming back."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.origins import origins
from lingzhi.improvement.models import Note, Rectification
from lingzhi.improvement.queries.effects import worse_again
from lingzhi.improvement.queries.people import heads_of, quality_managers
from lingzhi.improvement.queries.rectifications import late_on, late_since
from lingzhi.improvement.services.common import State, matter_of, note, tell_about
from lingzhi.improvement.services.verifying import reopen

# Days late from which owner, who leads the unit, and the quality manager are told.
LEVELS = (1, 4, 8)
WORDS = {
    1: _("Late: something that you put right"),
    2: _("Late in your unit: something is not put right"),
    3: _("Late for more than a week: something is not put right"),
}


def escalate() -> int:
    """Tell who is next about what is late; each level is told once. The number of steps taken."""
    rows = Rectification.objects.filter(late_on(today()), told_level__lt=len(LEVELS))
    return sum(_escalate(row) for row in rows.select_related("unit__owner", "owner"))


@transaction.atomic
def _escalate(row: Rectification) -> int:
    since = late_since(row)
    days = (today() - since).days if since else 0
    reached = sum(days >= one for one in LEVELS)
    steps = range(row.told_level + 1, reached + 1)
    claimed = Rectification.objects.filter(pk=row.pk, told_level=row.told_level)
    if not steps or not claimed.update(told_level=reached):
        return 0
    for level in steps:
        tell_about(_told(row, level), WORDS[level], row, matter=matter_of(row, "late"))
        note(row, Note.Kind.LATE, fact=f"late_{level}", by=None)
    record(None, "improvement.escalated", row, after={"level": reached, "days": days})
    return len(steps)


def _told(row: Rectification, level: int) -> list[User]:
    if level == 1:
        return [row.owner]
    return heads_of(row.unit) if level == 2 else quality_managers(row.unit)


def look_for_recurrence() -> int:
    """Reopen what happened again while it is watched; the number reopened."""
    rows = Rectification.objects.filter(
        state=State.CLOSED, closed_at__gte=now() - timedelta(days=366)
    ).select_related("unit", "owner", "supervisor")
    found = 0
    for row in rows:
        until = row.watched_until
        why = _again(row) if until and until >= today() else ""
        if why:
            reopen(row, why, by=None)
            found += 1
    return found


def _again(row: Rectification) -> str:
    """What shows that it came back: the indicator, or a source of the same kind."""
    assert row.closed_at is not None
    words = worse_again(row)
    if words:
        return words
    for kind, key in row.sources.exclude(key=None).values_list("kind", "key"):
        origin = origins().get(kind)
        words = origin.again(key or 0, row.closed_at) if origin and origin.again else ""
        if words:
            return words
    return ""
