"""Calling meetings, moving and calling them off, and fixing what they talk about."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.governance.models import Attendee, Meeting, Point, Series, TeamReport
from lingzhi.governance.queries.dates import begin_on, days_of
from lingzhi.governance.queries.meetings import members_of, open_actions, teams_of
from lingzhi.governance.queries.points import CARRIED, SOURCES, asked_by, facts_of
from lingzhi.improvement.queries.people import heads_of
from lingzhi.notifications.services import settle_matter, tell

State, Origin = Meeting.State, Point.Origin
FIXED_BEFORE = timedelta(hours=2)  # what nobody fixed by hand is fixed so long before it begins


class NotAsItStands(DomainError):
    message = _("As this meeting stands, that cannot be done, or somebody was quicker.")


class CalledAlready(DomainError):
    message = _("The meeting of this day is called already.")


def claim(meeting: Meeting, states: Iterable[str], **changes: Any) -> None:
    """Change it if it is in one of these states. Raises NotAsItStands."""
    rows = Meeting.objects.filter(pk=meeting.pk, state__in=list(states))
    if not rows.update(**(changes or {"place": meeting.place})):
        raise NotAsItStands()
    for name, value in changes.items():
        setattr(meeting, name, value)


def matter_of(meeting: Meeting, what: str) -> str:
    return f"governance.{what}/{meeting.pk}"


def tell_about(
    people: Iterable[User], title: str | Promise, meeting: Meeting, *, matter: str = ""
) -> int:
    """A line in the inbox of each; with a `matter` it is a to-do until that is settled."""
    begin = localtime(meeting.begins_at).strftime("%Y-%m-%d %H:%M")
    return tell(
        list(dict.fromkeys(people)), title, body=f"{meeting.series.name} · {begin}",
        url=reverse("governance:meeting", args=[meeting.pk]), is_todo=bool(matter), matter=matter,
    )  # fmt: skip


@transaction.atomic
def call_meeting(series: Series, day: date, *, by: User | None) -> Meeting:
    """The meeting of a day of the series, with everybody called; team leaders get their report.

    Raises CalledAlready.
    """
    facts = {
        "begins_at": begin_on(series, day), "place": series.place, "chair": series.chair,
        "minute_taker": series.minute_taker, "called_at": now(),
    }  # fmt: skip
    meeting, is_new = Meeting.objects.get_or_create(series=series, planned_on=day, defaults=facts)
    if not is_new:
        raise CalledAlready()
    members = members_of(series)
    Attendee.objects.bulk_create(Attendee(meeting=meeting, person=one) for one in members)
    tell_about(members, _("You are called to a meeting"), meeting)
    if series.asks_reports:
        _ask_reports(meeting)
    record(by, "governance.meeting_called", meeting, after={"day": str(day), "n": len(members)})
    return meeting


def _ask_reports(meeting: Meeting) -> None:
    for unit in teams_of(meeting.series):
        leader = next(iter(heads_of(unit)), None)
        if leader is None:
            continue
        report = TeamReport.objects.create(meeting=meeting, unit=unit, leader=leader)
        tell(
            [leader], _("Hand in the report of your team before the meeting"),
            body=f"{meeting.series.name} · {unit.name}", is_todo=True,
            url=reverse("governance:team_report", args=[report.pk]),
            matter=f"governance.team_report/{report.pk}",
        )  # fmt: skip


def call_due() -> int:
    """Call what falls into the days that each series asks for; how many meetings."""
    called = 0
    for series in Series.objects.filter(ended_at=None).select_related("unit", "chair"):
        last = today() + timedelta(days=series.call_days)
        known = set(series.meetings.values_list("planned_on", flat=True))
        for day in days_of(series, today(), last):
            if day not in known and begin_on(series, day) > now():
                call_meeting(series, day, by=None)
                called += 1
    return called


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, begins_at: datetime, place: str, chair: User, minute_taker: User, by: User
) -> None:
    """Another time or place, or somebody else runs it; everybody is told of the time and place.

    Raises BadInput, NotAsItStands.
    """
    moved = (begins_at, place) != (meeting.begins_at, meeting.place)
    if begins_at != meeting.begins_at and begins_at < now():
        raise BadInput(_("Name a time to come."), field="begins_at")
    states = [State.CALLED, State.FIXED] if moved else [State.CALLED, State.FIXED, State.WRITTEN]
    claim(meeting, states, begins_at=begins_at, place=place, chair=chair, minute_taker=minute_taker)
    for person in (chair, minute_taker):
        Attendee.objects.get_or_create(meeting=meeting, person=person)
    if moved:
        tell_about(_called(meeting), _("A meeting has another time or place"), meeting)
    after = {"begins_at": begins_at.isoformat(), "place": place, "chair": chair.pk}
    record(by, "governance.meeting_changed", meeting, after=after)


@transaction.atomic
def cancel_meeting(meeting: Meeting, reason: str, *, by: User) -> None:
    """It does not take place; everybody is told. Raises BadInput, NotAsItStands."""
    why = reason.strip()
    if not why:
        raise BadInput(_("Write it down."), field="words")
    claim(meeting, [State.CALLED, State.FIXED], state=State.CANCELLED, cancelled=why)
    for report in meeting.reports.filter(handed_at=None):
        settle_matter(f"governance.team_report/{report.pk}")
    tell_about(_called(meeting), _("A meeting was called off"), meeting)
    record(by, "governance.meeting_cancelled", meeting, reason=why)


@transaction.atomic
def propose_point(meeting: Meeting, title: str, text: str, *, by: User) -> Point:
    """A member wants to talk about something. Raises NotAsItStands once the agenda is fixed."""
    claim(meeting, [State.CALLED])
    point = Point.objects.create(
        meeting=meeting, origin=Origin.PROPOSED, title=title, text=text, proposed_by=by
    )
    record(by, "governance.point_proposed", meeting, after={"point": point.pk})
    return point


@transaction.atomic
def withdraw_point(point: Point, *, by: User) -> None:
    """Who proposed it takes it back. Raises NotAsItStands once the agenda is fixed."""
    claim(point.meeting, [State.CALLED])
    record(by, "governance.point_withdrawn", point.meeting, after={"point": point.pk})
    point.delete()


def fix_agenda(meeting: Meeting, *, by: User | None) -> None:
    """Compute the points from the data and keep them as they are now. Raises NotAsItStands.

    First what earlier meetings left, then the data, standing points, and what members proposed.
    """
    asked = asked_by(meeting)
    carried = [CARRIED] if open_actions(meeting.series).exists() else []
    wanted = [one for one in meeting.series.sources if one in SOURCES]
    facts = [(one, facts_of(one, asked)) for one in [*carried, *wanted]]
    _fix(meeting, facts, by)


@transaction.atomic
def _fix(meeting: Meeting, facts: list[tuple[str, dict[str, Any]]], by: User | None) -> None:
    claim(meeting, [State.CALLED], state=State.FIXED, fixed_at=now())
    points = [
        Point(origin=Origin.CARRIED if source == CARRIED else Origin.DATA, source=source, facts=one)
        for source, one in facts
    ]
    lines = [one.strip() for one in meeting.series.standing.splitlines() if one.strip()]
    points += [Point(origin=Origin.STANDING, title=one[:120]) for one in lines]
    proposed = list(meeting.points.all())
    for position, point in enumerate([*points, *proposed], start=1):
        point.meeting, point.position = meeting, position
    Point.objects.bulk_create(points)
    Point.objects.bulk_update(proposed, ["position"])
    tell_about(_called(meeting), _("The agenda of a meeting is fixed"), meeting)
    record(by, "governance.agenda_fixed", meeting, after={"points": len(points) + len(proposed)})


def fix_due() -> int:
    """Fix the agendas of what begins soon; how many."""
    rows = Meeting.objects.filter(
        state=State.CALLED, begins_at__lte=now() + FIXED_BEFORE, begins_at__gt=now()
    )
    found = list(rows.select_related("series__unit"))
    for meeting in found:
        fix_agenda(meeting, by=None)
    return len(found)


def _called(meeting: Meeting) -> list[User]:
    return [one.person for one in meeting.attendees.select_related("person")]
