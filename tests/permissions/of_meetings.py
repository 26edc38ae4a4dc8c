"""Meetings, what they gave to do, and what team leaders bring to them."""

from datetime import time
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.governance.models import Action, Attendee, Demand, Meeting, Point, Series, TeamReport
from tests.permissions.objects import Route, Whose


def meeting(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Of the unit, with the person called; others run it, so the role alone decides."""
    return {"pk": _row(cast, whose).pk}


def fixed(cast: Cast, whose: Whose) -> dict[str, Any]:
    """The same with its agenda fixed."""
    return {"pk": _row(cast, whose, state="fixed").pk}


def chaired(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One that the person chairs."""
    return {"pk": _row(cast, whose, state="written", chair=whose.person, written_at=now()).pk}


def proposed(cast: Cast, whose: Whose) -> dict[str, Any]:
    row, facts = _row(cast, whose), {"origin": "proposed", "title": "?"}
    return {"pk": Point.objects.create(meeting=row, proposed_by=whose.person, **facts).pk}


def action(cast: Cast, whose: Whose) -> dict[str, Any]:
    """What the person has to do."""
    row = _row(cast, whose)
    facts = {"words": "?", "due_on": today(), "made_at": now(), "made_by": _other()}
    return {"pk": Action.objects.create(meeting=row, owner=whose.person, **facts).pk}


def series(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": _series(whose).pk}


def own_report(cast: Cast, whose: Whose) -> dict[str, Any]:
    """The person leads the team that reports."""
    return {"pk": _report(cast, whose, whose.person).pk}


def demand(cast: Cast, whose: Whose) -> dict[str, Any]:
    """What somebody else's team asked for."""
    report = _report(cast, whose, _other(), handed_at=now(), facts={})
    return {"pk": Demand.objects.create(report=report, words="?").pk}


def _other() -> User:
    """Somebody who is none of the actors."""
    return User.objects.get_or_create(staff_no="5998", name="Otto")[0]


def _series(whose: Whose) -> Series:
    facts = {"kind": "work", "cadence": "weekly", "first_on": today(), "at": time(9)}
    return Series.objects.create(
        unit=whose.unit, name=f"{whose.person.pk}", chair=_other(), minute_taker=_other(),
        kept_at=now(), **facts,
    )  # fmt: skip


def _row(cast: Cast, whose: Whose, **facts: Any) -> Meeting:
    usual = {"chair": _other(), "minute_taker": _other(), "begins_at": now(), "called_at": now()}
    row = Meeting.objects.create(series=_series(whose), planned_on=today(), **{**usual, **facts})
    Attendee.objects.create(meeting=row, person=whose.person)
    return row


def _report(cast: Cast, whose: Whose, leader: User, **facts: Any) -> TeamReport:
    row = _row(cast, whose)
    return TeamReport.objects.create(meeting=row, unit=whose.unit, leader=leader, **facts)


ROUTES = {
    "governance:meetings": Route(),
    "governance:actions": Route(),
    "governance:series": Route(),
    "governance:new_series": Route(),
    "governance:my_reports": Route(),
    **{f"governance:{name}": Route(series) for name in ("edit_series", "stop_series")},
    **{
        f"governance:{name}": Route(meeting)
        for name in ("meeting", "edit_meeting", "cancel_meeting", "propose_point", "minutes_word",
                     "minutes_pdf", "note_presence", "write_minutes", "write_decision",
                     "write_action", "team_reports")
    },
    "governance:fix_agenda": Route(meeting, method="post"),
    **{
        f"governance:{name}": Route(fixed, method="post")
        for name in ("sign_in", "hand_over", "acknowledge")
    },
    "governance:return_minutes": Route(chaired),
    "governance:confirm_minutes": Route(chaired, method="post"),
    "governance:withdraw_point": Route(proposed, method="post"),
    "governance:action_done": Route(action),
    "governance:team_report": Route(own_report),
    "governance:answer_demand": Route(demand),
}  # fmt: skip
