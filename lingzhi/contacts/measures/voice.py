"""Calls: connected or not (接通), how fast (接听), how long (处理时长, 案头工作)."""

from collections.abc import Callable

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import (
    Answer,
    Bools,
    Counter,
    Floats,
    Params,
    Table,
    mean_of,
    share_of,
    within,
)
from lingzhi.contacts.models import Turn
from lingzhi.core.controls import Param
from lingzhi.core.measures import Measure

STARTS = {"ringing": "ringing_at", "queue": "queued_at"}
# What sources write as the outcome of a call that the customer gave up.
GIVEN_UP = frozenset({
    "放弃", "客户放弃", "用户放弃", "排队放弃", "振铃放弃", "响铃放弃", "abandoned", "abandon",
})  # fmt: skip
OFFERED = ("queued_at", "ringing_at", "answered_at", "ended_at", "turn_count")

start = Param("start", _("counted from"), "choice", choices=lambda: (
    ("ringing", _("the first ring")), ("queue", _("joining the queue")),
))  # fmt: skip
abandons = Param("abandons", _("abandoned calls"), "choice", choices=lambda: (
    ("in", _("count as not in time")), ("out", _("do not count")),
    ("customer", _("count only where the customer gave up")),
))  # fmt: skip
short_abandons = Param(
    "abandon_seconds", _("calls given up within so many seconds do not count"), "number",
    unit="seconds", is_figure=True, is_required=False, low=0,
)  # fmt: skip
wrap_up = Param("wrap_up", _("after-call work"), "choice", choices=lambda: (
    ("in", _("counts")), ("out", _("does not count")),
))  # fmt: skip


def calls_in(_params: Params) -> Q:
    """Inbound calls."""
    return Q(channel__is_voice=True, direction="in")


def calls(_params: Params) -> Q:
    """Calls in both directions."""
    return Q(channel__is_voice=True)


def answered(table: Table) -> tuple[Bools, Bools]:
    """Which contacts an agent took, and of which that is not known.

    A contact without a time of answer was given up if it is known to have been offered and no
    agent says a word in it; so was a call that came without any words.
    """
    taken = table.known("answered_at")
    silent = np.array([count == 0 for count in table.columns["turn_count"]], bool)
    offered = table.known("queued_at") | table.known("ringing_at") | silent
    untimed = [key for key, is_taken in zip(table.ids, taken, strict=True) if not is_taken]
    spoken = _with_agent(untimed)
    served = np.array([key in spoken for key in table.ids], bool)
    return taken, ~taken & (served | ~offered)


def _with_agent(contacts: list[int]) -> set[int]:
    rows = Turn.objects.filter(contact__in=contacts, role=Turn.Speaker.AGENT) if contacts else None
    return set(rows.values_list("contact_id", flat=True)) if rows is not None else set()


def connected(params: Params, table: Table) -> Answer:
    """Answered of offered; who gave up within `abandon_seconds` was not offered a service."""
    taken, unknown = answered(table)
    given_up = ~taken & ~unknown
    limit = params.get("abandon_seconds") or 0
    waited = waited_seconds(table)
    if limit:
        unknown = unknown | (given_up & np.isnan(waited))
        among = ~(given_up & (waited <= limit))
    else:
        among = np.ones(len(table), bool)
    return share_of(among, taken, unknown)


def waited_seconds(table: Table) -> Floats:
    """How long somebody who was not answered waited: from the queue, else the ringing."""
    queued = table.seconds("queued_at", "ended_at")
    return np.where(np.isnan(queued), table.seconds("ringing_at", "ended_at"), queued)


def answer_seconds(params: Params, table: Table) -> Answer:
    """Seconds until the answer of answered calls."""
    taken, unknown = answered(table)
    seconds = table.seconds(STARTS[params["start"]], "answered_at")
    return mean_of(taken | unknown, seconds)


def given_up(table: Table, taken: Bools, unknown: Bools) -> tuple[Bools, Bools]:
    """Which calls the customer gave up, and of which that is not known: nobody answered them, and
    neither who ended them nor their outcome says why.
    """
    ends = zip(table.columns["ended_by"], table.columns["outcome"], strict=True)
    words = [by or ("customer" if said.lower() in GIVEN_UP else "") for by, said in ends]
    by_customer = np.array([one == "customer" for one in words], bool)
    untold = np.array([not one for one in words], bool)
    lost = ~taken & ~unknown & by_customer
    return lost, unknown | (~taken & untold)


def _in_time(params: Params, table: Table, values: Floats) -> Answer:
    taken, unknown = answered(table)
    among = np.ones(len(table), bool)
    if params["abandons"] == "out":
        among = taken | unknown
    elif params["abandons"] == "customer":
        lost, unsure = given_up(table, taken, unknown)
        among = taken | lost | unsure
        unknown = unknown | unsure
    if limit := params.get("abandon_seconds") or 0:
        waited = waited_seconds(table)
        among = among & (taken | unknown | ~(waited <= limit))
        unknown = unknown | (among & ~taken & np.isnan(waited))
    unknown = unknown | (taken & np.isnan(values))
    return share_of(among, taken & (values <= params["limit"]), unknown)


def answered_within_seconds(params: Params, table: Table) -> Answer:
    """Calls answered within the limit, of all calls or of those answered."""
    return _in_time(params, table, table.seconds(STARTS[params["start"]], "answered_at"))


def answered_within_rings(params: Params, table: Table) -> Answer:
    """The same by rings. Where only seconds are known, `ring_seconds` converts them if given."""
    rings = np.array(
        [np.nan if count is None else float(count) for count in table.columns["ring_count"]],
        np.float64,
    )
    length = params.get("ring_seconds")
    if length:
        counted = np.maximum(1.0, np.ceil(table.seconds("ringing_at", "answered_at") / length))
        rings = np.where(np.isnan(rings), counted, rings)
    return _in_time(params, table, rings)


def _handled(params: Params, table: Table) -> tuple[Bools, Floats]:
    taken, unknown = answered(table)
    end = "wrapped_up_at" if params["wrap_up"] == "in" else "ended_at"
    return taken | unknown, table.seconds("answered_at", end)


def handle_seconds(params: Params, table: Table) -> Answer:
    """Talk and hold, with or without the work after the call."""
    return mean_of(*_handled(params, table))


def handled_within(params: Params, table: Table) -> Answer:
    """Answered calls that took at most the limit."""
    return within(*_handled(params, table), params["limit"])


def wrap_up_seconds(_params: Params, table: Table) -> Answer:
    """From the end of the call to the end of the work on it."""
    taken, unknown = answered(table)
    worked = np.where(taken, table.seconds("ended_at", "wrapped_up_at"), np.nan)
    return mean_of(taken | unknown, worked)


CALLS_ANSWERED = _("answered calls")
TIMES = (*OFFERED, "wrapped_up_at")
ENDINGS = (*OFFERED, "ended_by", "outcome")


def _limit(unit: str) -> Param:
    return Param("limit", _("limit"), "number", unit=unit, is_figure=True, low=0)


def measure_of_calls(
    count: Callable[[Params, Table], Answer],
    words: tuple[object, object, object],
    shape: str,
    *params: Param,
    only_in: bool = True,
    columns: tuple[str, ...] = OFFERED,
) -> Measure:
    label, numerator, denominator = words
    counter = Counter(count, columns, calls_in if only_in else calls)
    return Measure(
        code=f"contacts.{count.__name__}",
        label=label,  # type: ignore[arg-type]
        numerator=numerator,  # type: ignore[arg-type]
        denominator=denominator,  # type: ignore[arg-type]
        shape=shape,
        unit="percent" if shape == "share" else "seconds",
        cells=counter.cells,
        rows=counter.rows,
        params=params,
    )


MEASURES = [
    measure_of_calls(
        connected,
        (_("Calls connected"), _("answered inbound calls"), _("offered inbound calls")),
        "share",
        short_abandons,
    ),
    measure_of_calls(
        answer_seconds,
        (_("Speed of answer"), _("seconds waited"), _("answered inbound calls")),
        "mean",
        start,
    ),
    measure_of_calls(
        answered_within_rings,
        (_("Answered within rings"), _("calls answered within the limit"), _("inbound calls")),
        "share",
        _limit("rings"),
        abandons,
        Param(
            "ring_seconds", _("seconds of one ring, where only seconds are known"), "number",
            unit="seconds", is_figure=True, is_required=False, low=0.5,
        ),
        columns=(*ENDINGS, "ring_count"),
    ),
    measure_of_calls(
        answered_within_seconds,
        (_("Answered within seconds"), _("calls answered within the limit"), _("inbound calls")),
        "share",
        _limit("seconds"),
        start,
        abandons,
        short_abandons,
        columns=ENDINGS,
    ),
    measure_of_calls(
        handle_seconds,
        (_("Handling time"), _("seconds of handling"), CALLS_ANSWERED),
        "mean",
        wrap_up,
        only_in=False,
        columns=TIMES,
    ),
    measure_of_calls(
        handled_within,
        (_("Handled within"), _("calls within the limit"), CALLS_ANSWERED),
        "share",
        _limit("seconds"),
        wrap_up,
        only_in=False,
        columns=TIMES,
    ),
    measure_of_calls(
        wrap_up_seconds,
        (_("After-call work"), _("seconds of after-call work"), CALLS_ANSWERED),
        "mean",
        only_in=False,
        columns=TIMES,
    ),
]  # fmt: skip
