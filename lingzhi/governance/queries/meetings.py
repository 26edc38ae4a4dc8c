"""Which meetings somebody sees, who is called, what is still to be done."""

from datetime import date

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import Action, Decision, Meeting, Series
from lingzhi.improvement.queries.people import heads_of
from lingzhi.org.models import PostHolding, Unit
from lingzhi.org.queries import in_force, people_in, reach

READ, MEET = "governance.read", "governance.meet"
State = Meeting.State


def meetings_visible_to(user: User) -> QuerySet[Meeting]:
    """Those of units within reach, and those to which one is called or which one runs."""
    within = reach(user, READ).over("series__unit__path", "chair")
    called = Meeting.objects.filter(attendees__person=user).values("pk")
    mine = Q(chair=user) | Q(minute_taker=user) | Q(pk__in=called)
    rows = Meeting.objects.filter(within | mine)
    return rows.select_related("series__unit", "chair", "minute_taker")


def series_visible_to(user: User) -> QuerySet[Series]:
    """Those of units within reach, and those one chairs or takes the minutes of."""
    within = reach(user, READ).over("unit__path", "chair")
    rows = Series.objects.filter(within | Q(chair=user) | Q(minute_taker=user))
    return rows.select_related("unit", "chair", "minute_taker")


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    """What the meetings decided that one sees."""
    rows = Decision.objects.filter(meeting__in=meetings_visible_to(user).values("pk"))
    return rows.select_related("meeting__series__unit")


def actions_visible_to(user: User) -> QuerySet[Action]:
    """Actions of the meetings one sees, and one's own."""
    seen = meetings_visible_to(user).values("pk")
    rows = Action.objects.filter(Q(meeting__in=seen) | Q(owner=user))
    return rows.select_related("meeting__series__unit", "owner", "done_by")


def open_actions(series: Series) -> QuerySet[Action]:
    """What earlier meetings of the series left to be done, the oldest first."""
    rows = Action.objects.filter(meeting__series=series, done_at=None)
    return rows.exclude(meeting__state=State.CANCELLED).select_related("owner", "meeting")


def late_actions(on: date) -> QuerySet[Action]:
    """What should have been done before `on`."""
    return Action.objects.filter(done_at=None, due_on__lt=on)


def coming(user: User) -> QuerySet[Meeting]:
    """One's own meetings that are not over, the next first."""
    mine = Q(chair=user) | Q(minute_taker=user) | Q(attendees__person=user)
    rows = Meeting.objects.filter(mine, state__in=(State.CALLED, State.FIXED)).distinct()
    return rows.select_related("series__unit", "chair").order_by("begins_at")


def teams_of(series: Series) -> list[Unit]:
    """The teams whose leaders report: those below the unit, or the unit itself."""
    rows = Unit.objects.filter(
        path__startswith=series.unit.path, kind=Unit.Kind.TEAM, closed_at=None
    ).select_related("owner")
    return list(rows.order_by("path"))


def members_of(series: Series) -> list[User]:
    """Everybody who is called today, each once: those who run it, posts, units, people, leaders."""
    found = [series.chair, series.minute_taker, *series.people.filter(is_active=True)]
    held = PostHolding.objects.filter(
        in_force(today()), post__in=series.posts.all(), person__is_active=True,
        unit__path__startswith=series.unit.path,
    )  # fmt: skip
    found += [one.person for one in held.select_related("person")]
    for unit in series.units.all():
        found += people_in(unit)
    if series.calls_leaders:
        for unit in [series.unit, *teams_of(series)]:
            found += heads_of(unit)
    return sorted(dict.fromkeys(found), key=lambda one: one.staff_no)


def meeting_before(meeting: Meeting) -> Meeting | None:
    """The last one of the series that was not called off."""
    rows = Meeting.objects.filter(series=meeting.series, begins_at__lt=meeting.begins_at)
    return rows.exclude(state=State.CANCELLED).order_by("-begins_at").first()
