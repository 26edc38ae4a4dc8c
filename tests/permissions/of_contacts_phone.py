from typing import Any

from lingzhi.conftest import Cast
from lingzhi.contacts.models import (
    BreakReason,
    BreakRequest,
    Call,
    CallDoubt,
    CallQueue,
    Channel,
    RaisedHand,
    Surge,
    SurgeReceipt,
)
from lingzhi.contacts.services import source_named
from lingzhi.core.clock import now
from tests.permissions.objects import Route, Whose


def call(whose: Whose) -> Call:
    return Call.objects.create(
        source=source_named("pbx"), external_id="c1", state=Call.State.WAITING, direction="in",
        agent=whose.person, unit=whose.unit, moved_at=now(),
    )  # fmt: skip


def doubt(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = CallDoubt.objects.create(
        source=source_named("pbx"), call=call(whose), reference="c1", kind="no_end", at=now(),
        found_at=now(),
    )  # fmt: skip
    return {"pk": row.pk}


def queue(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = CallQueue.objects.create(
        source=source_named("pbx"), name="售后", unit=whose.unit, seen_at=now()
    )
    return {"pk": row.pk}


def reason(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": BreakReason.objects.create(name="午休", unit=whose.unit).pk}


def asked(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = BreakRequest.objects.create(
        person=whose.person, unit=whose.unit, reason_id=reason(cast, whose)["pk"], why="rule",
        asked_at=now(),
    )  # fmt: skip
    return {"pk": row.pk}


def hand(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = RaisedHand.objects.create(person=whose.person, unit=whose.unit, raised_at=now())
    return {"pk": row.pk}


def surge(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = Surge.objects.create(
        kind="surge", unit=whose.unit, words="忙", began_at=now(), told_by=cast.sol
    )
    SurgeReceipt.objects.create(surge=row, person=whose.person)
    return {"pk": row.pk}


def channel(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": Channel.objects.get(code="chat").pk}


def seats(cast: Cast, whose: Whose) -> dict[str, Any]:
    kept = Channel.objects.get(code="chat").seats
    return {"pk": kept.create(from_hour=9, to_hour=18, seats=2).pk}


PLANNED = {"days": "every", "from_hour": 9, "to_hour": 18, "seats": 2}
ROUTES = {
    "contacts:channels": Route(),
    "contacts:channel_new": Route(),
    "contacts:channel": Route(channel),
    "contacts:channel_edit": Route(channel),
    "contacts:channel_norm": Route(channel),
    "contacts:flow": Route(),
    "contacts:congestions": Route(),
    "contacts:channel_flow": Route(channel),
    "contacts:channel_seats": Route(channel, method="post", data=PLANNED),
    "contacts:channel_limits": Route(channel, method="post", data={"least_cases": 20}),
    "contacts:seats_drop": Route(seats, method="post"),
    "live_phone_floor": Route(),
    "live_phone_desk": Route(),
    "contacts:desk": Route(),
    "contacts:set_state": Route(method="post", data={"state": "ready"}),
    "contacts:take_break": Route(reason, method="post"),
    "contacts:raise_hand": Route(method="post"),
    "contacts:lower_hand": Route(hand, method="post"),
    "contacts:floor": Route(),
    "contacts:attendance": Route(),
    "contacts:export_attendance": Route(),
    "contacts:force_state": Route(lambda cast, whose: {"pk": whose.person.pk}),
    "contacts:decide_break": Route(asked, method="post"),
    "contacts:answer_hand": Route(hand, method="post"),
    "contacts:break_reasons": Route(),
    "contacts:break_reason": Route(reason),
    "contacts:wallboard": Route(),
    "contacts:board": Route(),
    "contacts:load": Route(),
    "contacts:load_range": Route(),
    "contacts:surges": Route(),
    "contacts:surge": Route(surge),
    "contacts:end_surge": Route(surge, method="post"),
    "contacts:doubts": Route(),
    "contacts:see_doubt": Route(doubt, method="post"),
    "contacts:queues": Route(),
    "contacts:give_queue": Route(queue, method="post"),
    "contacts:call_figures": Route(),
}
