"""Meetings are obtained together with the right to do something with them."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.governance.models import Action, Attendee, Demand, Meeting, Point, Series, TeamReport
from lingzhi.governance.queries.meetings import (
    MEET,
    actions_visible_to,
    meetings_visible_to,
    series_visible_to,
)
from lingzhi.org.queries import reach

State = Meeting.State


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def series_to_read(user: User, pk: int) -> Series:
    found = series_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def series_to_keep(user: User, pk: int) -> Series:
    """One of a unit for which this person calls meetings."""
    found = series_to_read(user, pk)
    if not reach(user, MEET).covers(found.unit, None):
        raise PermissionDenied
    return found


def meeting_to_read(user: User, pk: int) -> Meeting:
    """One of a unit within reach, or to which this person is called."""
    found = meetings_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_run(user: User, meeting: Meeting) -> bool:
    """The chair, who takes the minutes, and who calls meetings for the unit."""
    if user.pk in (meeting.chair_id, meeting.minute_taker_id):
        return True
    return reach(user, MEET).covers(meeting.series.unit, None)


def meeting_to_run(user: User, pk: int) -> Meeting:
    """One whose agenda and minutes this person writes."""
    found = meeting_to_read(user, pk)
    if not may_run(user, found):
        raise PermissionDenied
    return found


def meeting_to_confirm(user: User, pk: int) -> Meeting:
    """One that this person chairs: nobody else confirms its minutes."""
    found = meeting_to_read(user, pk)
    if user.pk != found.chair_id:
        raise PermissionDenied
    return found


def place_in(user: User, pk: int) -> Attendee:
    """One's own place in a meeting to which one is called."""
    meeting = meeting_to_read(user, pk)
    found = Attendee.objects.filter(meeting=meeting, person=user).first()
    if found is None:
        raise PermissionDenied
    found.meeting = meeting
    return found


def point_to_withdraw(user: User, pk: int) -> Point:
    """One that this person proposed."""
    found = Point.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.meeting = meeting_to_read(user, found.meeting_id)
    if found.proposed_by_id != user.pk:
        raise PermissionDenied
    return found


def action_to_report(user: User, pk: int) -> Action:
    """What this person has to do; whoever runs the meeting may report it as well."""
    found = actions_visible_to(user).select_related("meeting__chair").filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.owner_id != user.pk and not may_run(user, found.meeting):
        raise PermissionDenied
    return found


def report_to_read(user: User, pk: int) -> TeamReport:
    """One's own team's, or one before a meeting that this person runs; before it is handed in
    only its leader's."""
    rows = TeamReport.objects.select_related("meeting__series__unit", "unit", "leader")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.leader_id == user.pk:
        return found
    if found.meeting not in meetings_visible_to(user):
        raise Http404
    if found.handed_at is None or not may_run(user, found.meeting):
        raise PermissionDenied
    return found


def report_to_hand_in(user: User, pk: int) -> TeamReport:
    """The report of the team that this person leads."""
    found = report_to_read(user, pk)
    if found.leader_id != user.pk:
        raise PermissionDenied
    return found


def demand_to_answer(user: User, pk: int) -> Demand:
    """What a team asked for, for whoever runs the meeting; nobody answers an own demand."""
    found = Demand.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.report = report_to_read(user, found.report_id)
    meeting = found.report.meeting
    if found.report.leader_id == user.pk or not may_run(user, meeting):
        raise PermissionDenied
    return found


@dataclass(frozen=True, slots=True)
class May:
    """What this person may do with a meeting as it stands."""

    run: bool
    propose: bool
    change: bool
    cancel: bool
    fix: bool
    sign_in: bool
    write: bool
    hand_over: bool
    confirm: bool
    acknowledge: bool


def acts_on(user: User, meeting: Meeting, place: Attendee | None) -> May:
    """For the buttons of its page."""
    runs, state = may_run(user, meeting), meeting.state
    is_called, is_fixed = state == State.CALLED, state == State.FIXED
    return May(
        run=runs, propose=is_called and place is not None,
        change=runs and (is_called or is_fixed or state == State.WRITTEN),
        cancel=runs and (is_called or is_fixed), fix=runs and is_called,
        sign_in=is_fixed and place is not None and place.presence != "present",
        write=runs and is_fixed, hand_over=runs and is_fixed and meeting.begins_at <= now(),
        confirm=state == State.WRITTEN and user.pk == meeting.chair_id,
        acknowledge=state == State.CONFIRMED and place is not None and place.read_at is None,
    )  # fmt: skip
