"""What is being put right, within reach; what is late; what concerns one source."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.origins import Found, origins
from lingzhi.improvement.models import Rectification, Source
from lingzhi.improvement.queries.people import READ
from lingzhi.org.queries import reach

State = Rectification.State
OPEN = (State.DRAFT, State.ASKED, State.RUNNING, State.CHECKING)
# Until then somebody must act; while the effect is judged, time works.
TO_BE_DONE = (State.DRAFT, State.ASKED, State.RUNNING)


def rectifications_visible_to(user: User) -> QuerySet[Rectification]:
    """Those of units within reach, and those in which this person has a part."""
    mine = Q(owner=user) | Q(supervisor=user) | Q(created_by=user)
    measures = Rectification.objects.filter(measures__owner=user).values("pk")
    within = reach(user, READ).over("unit__path", "owner")
    rows = Rectification.objects.filter(within | mine | Q(pk__in=measures))
    return rows.select_related("unit", "owner", "supervisor", "created_by")


def with_progress(rows: QuerySet[Rectification]) -> QuerySet[Rectification]:
    """Each with `measures_all` and `measures_done`."""
    done = Q(measures__done_at__isnull=False)
    several = {"measures_all": Count("measures"), "measures_done": Count("measures", filter=done)}
    return rows.annotate(**several)


def late_on(day: date) -> Q:
    """A filter: it, or one of its measures, should have been done before `day`."""
    measure = Q(pk__in=Rectification.objects.filter(
        measures__done_at=None, measures__due_on__lt=day, state=State.RUNNING
    ).values("pk"))  # fmt: skip
    return Q(state__in=TO_BE_DONE) & (Q(due_on__lt=day) | measure)


def late_since(row: Rectification) -> date | None:
    """The first day that was missed; None while nothing is late."""
    days = [row.due_on] if row.state in TO_BE_DONE else []
    if row.state == State.RUNNING:
        days += row.measures.filter(done_at=None).values_list("due_on", flat=True)
    missed = [day for day in days if day < today()]
    return min(missed, default=None)


def kept_about(kind: str, keys: Collection[int] | QuerySet[Any]) -> QuerySet[Source]:
    """What is put right about these rows of a source, whoever may see it."""
    rows = Source.objects.filter(kind=kind, key__in=keys)
    return rows.select_related("rectification__unit", "rectification__owner").order_by("-pk")


def about(kind: str, keys: Collection[int], user: User) -> QuerySet[Source]:
    """Of that, what this person may see."""
    shown = rectifications_visible_to(user).values("pk")
    return kept_about(kind, keys).filter(rectification__in=shown)


def found_of(user: User, sources: Iterable[Source]) -> dict[tuple[str, int], Found]:
    """The rows behind sources that this person may see, by kind and key; one query a kind."""
    keys: dict[str, set[int]] = {}
    for one in sources:
        if one.key is not None and one.kind in origins():
            keys.setdefault(one.kind, set()).add(one.key)
    return {
        (kind, key): found
        for kind, several in keys.items()
        for key, found in origins()[kind].find(user, several).items()
    }
