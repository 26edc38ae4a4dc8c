"""`/live/phone/…`: pages of the floor and the agent's desk learn that something moved."""

from collections.abc import Collection
from typing import Any

from django.db.models import Max
from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from lingzhi.accounts.models import User
from lingzhi.contacts.access.calls import FLOOR, SERVE, require
from lingzhi.contacts.models import AgentState, BreakRequest, Call, CallLeg, RaisedHand
from lingzhi.core.live import State, Tail, still_allowed


def read_floor(keys: Collection[int]) -> dict[int, State]:
    """The same mark for everybody as long as nothing moved; the page asks for what it may see."""
    mark = {
        "calls": str(Call.objects.aggregate(last=Max("moved_at"))["last"]),
        "states": AgentState.objects.aggregate(last=Max("pk"))["last"],
        "hands": _mark(RaisedHand, "answered_at", "lowered_at"),
        "breaks": _mark(BreakRequest, "decided_at"),
    }
    return dict.fromkeys(keys, mark)


def _mark(model: Any, *names: str) -> str:
    """Changes when a row comes or when one of these times is set."""
    found = model.objects.aggregate(pk=Max("pk"), **{f"last_{one}": Max(one) for one in names})
    return str(list(found.values()))


def read_desks(keys: Collection[int]) -> dict[int, State]:
    """Of each agent: the call at the desk, and the state."""
    legs = CallLeg.objects.filter(agent__in=keys, ended_at=None).exclude(
        call__state=Call.State.OVER
    )
    calls = {agent: [call, str(at)] for agent, call, at in legs.order_by("pk").values_list(
        "agent", "call", "answered_at")}  # fmt: skip
    rows = AgentState.objects.filter(person__in=keys, until=None).order_by("pk")
    states = dict(rows.values_list("person", "pk"))
    return {key: {"call": calls.get(key), "state": states.get(key)} for key in keys}


floor_tail = Tail(read_floor)
desk_tail = Tail(read_desks)


@require_GET
def stream_floor(request: Any) -> HttpResponseBase:
    """Whether anything moved on the floor."""
    return _answer(request, floor_tail, FLOOR)


@require_GET
def stream_desk(request: Any) -> HttpResponseBase:
    """Whether a call rings at one's own desk, or its state changed."""
    return _answer(request, desk_tail, SERVE)


def _answer(request: Any, tail: Tail, capability: str) -> HttpResponseBase:
    require(request.user, capability)

    def may(user: User) -> bool:
        return user.can(capability)

    return tail.answer(request.user.pk, still_allowed(request.session.session_key, may))
