"""The service directory within reach, what is due, and how promises were kept."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import DirectoryReview, Goal, ServiceEntry, ServicePromise
from lingzhi.governance.queries.figures import SHOWN_MONTHS, Standing, standings
from lingzhi.governance.queries.goals import PLAN, READ
from lingzhi.governance.queries.months import months_later
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach
from lingzhi.rulebook.models import Clause

State = ServiceEntry.State
OPEN = "org.read"  # what is offered is read by everybody
AHEAD = timedelta(days=14)  # before a review is due its owner is asked


def services_visible_to(user: User) -> QuerySet[ServiceEntry]:
    """What is or was offered, and drafts of units within reach or of one's own."""
    once = Q(approved_at__isnull=False)
    drafts = reach(user, READ).over("unit__path", "owner_id")
    mine = Q(owner=user) | Q(kept_by=user)
    rows = ServiceEntry.objects.filter(once | drafts | mine)
    return rows.select_related("unit", "owner", "post", "calendar", "kept_by", "approved_by")


def asked_services(
    user: User, *, text: str = "", unit: Unit | None = None, channel: str = "", show: str = ""
) -> QuerySet[ServiceEntry]:
    """Those that a page was asked for: what is offered, unless something else is."""
    rows = services_visible_to(user)
    if unit is not None:
        rows = rows.filter(unit__path__startswith=unit.path)
    if text:
        found = Q(name__icontains=text) | Q(provided__icontains=text) | Q(for_whom__icontains=text)
        rows = rows.filter(found)
    narrowed = {
        "drafts": Q(state__in=[State.DRAFT, State.ASKED]),
        "due": Q(state=State.OFFERED, review_on__lte=today() + AHEAD),
        "mine": Q(owner=user, state__in=[State.DRAFT, State.ASKED, State.OFFERED]),
        "over": Q(state__in=[State.REPLACED, State.WITHDRAWN]),
    }
    rows = rows.filter(narrowed.get(show, Q(state=State.OFFERED)))
    if channel:  # a list in one column: asked in memory, for a directory has few rows
        keys = [pk for pk, several in rows.values_list("pk", "channels") if channel in several]
        rows = rows.filter(pk__in=keys)
    return rows.order_by("unit__path", "name", "-number")


def services_on_clause(user: User, clause: Clause) -> QuerySet[ServiceEntry]:
    """Services that stand on the clause, in whatever version of its regulation."""
    same = Clause.objects.filter(
        version__regulation=clause.version.regulation_id, number=clause.number
    )
    alive = services_visible_to(user).filter(state__in=[State.DRAFT, State.ASKED, State.OFFERED])
    return alive.filter(clauses__in=same).distinct()


def services_to_tell(day: date) -> QuerySet[ServiceEntry]:
    """Offered ones whose review is due soon and whose owner was not told yet."""
    rows = ServiceEntry.objects.filter(
        state=State.OFFERED, review_on__lte=day + AHEAD, told_on=None
    )
    return rows.select_related("owner")


def history_of(entry: ServiceEntry) -> list[ServiceEntry]:
    """Every version up to this one, the newest first, with those that follow it."""
    found, at = [entry], entry
    while at.before is not None:
        at = at.before
        found.append(at)
    at = entry
    while (later := at.following.exclude(approved_at=None).order_by("pk").first()) is not None:
        found.insert(0, later)
        at = later
    return found


def reviews_of(history: Sequence[ServiceEntry]) -> QuerySet[DirectoryReview]:
    """What was found at each review of any of these versions, the latest first."""
    return DirectoryReview.objects.filter(entry__in=history).select_related("said_by", "entry")


def may_see_figures(user: User, entry: ServiceEntry) -> bool:
    """Whoever sees the goals of the unit sees how its promises were kept."""
    units = reach(user, READ).units
    return any(entry.unit_id in (*one.above, one.pk) for one in units)


def may_write(user: User, unit: Unit) -> bool:
    """Who plans for the unit writes its services."""
    return reach(user, PLAN).covers(unit, None)


def measured(promises: Sequence[ServicePromise]) -> dict[int, Standing]:
    """Of promises with an indicator their figure of the last whole month, by key.

    A promise is counted as a goal of its unit would be: the same sums, the same published months.
    """
    counted = [one for one in promises if one.definition_id]
    found = standings([_as_goal(one) for one in counted])
    return {one.pk: standing for one, standing in zip(counted, found, strict=True)}


def _as_goal(promise: ServicePromise) -> Goal:
    """Never saved: it only says what is counted where and since when."""
    first = months_later(today().replace(day=1), -SHOWN_MONTHS)
    return Goal(
        unit=promise.entry.unit, title=promise.title, definition=promise.definition,
        target=promise.target, span=Goal.Span.MONTH, from_on=first,
        due_on=months_later(first, 2 * SHOWN_MONTHS),
    )  # fmt: skip
