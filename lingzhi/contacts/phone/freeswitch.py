"""FreeSWITCH: call detail records as CSV and JSON, and events of its event socket.

CSV is the default template of mod_cdr_csv, JSON what mod_json_cdr writes. Events are those of
mod_callcenter (`CUSTOM callcenter::info`) and of channels, as text (`Name: value`, values in URL
encoding, an empty line between) or as JSON with the same names.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from urllib.parse import unquote

from lingzhi.contacts.phone.told import Told, Unreadable, agent_of, epoch, key_of, whole, written

Read = Iterator[tuple[int, Told | Unreadable]]
COLUMNS = (
    "caller_id_name", "caller_id_number", "destination_number", "context", "start", "answer",
    "end", "duration", "billsec", "hangup_cause", "uuid", "bleg_uuid", "accountcode",
)  # fmt: skip
# Who put the receiver down, by how the caller's own leg ended.
ENDED_BY = {
    "recv_bye": "customer", "recv_cancel": "customer", "send_bye": "agent",
    "send_refuse": "system", "send_cancel": "system",
}  # fmt: skip
CANCELLED = {
    "BREAK_OUT": "abandoned", "TIMEOUT": "timeout", "NO_AGENT_TIMEOUT": "no_agents",
    "EXIT_WITH_KEY": "key",
}  # fmt: skip
STATUS = {
    "Available": "ready", "Available (On Demand)": "ready", "On Break": "on_break",
    "Logged Out": "signed_out",
}  # fmt: skip
STATE = {"In a queue call": "busy", "Waiting": "unbusy"}


def read_freeswitch_csv(lines: Iterable[str], zone: tzinfo = UTC) -> Read:
    """A `record` for each row; see `asterisk_cdr` for its facts."""
    for number, row in enumerate(csv.reader(lines), start=1):
        if any(row):
            yield number, _row(row, zone)


def _row(row: list[str], zone: tzinfo) -> Told | Unreadable:
    one = dict(zip(COLUMNS, row, strict=False))
    start = written(one.get("start", ""), zone)
    if start is None:
        return Unreadable("no_time")
    if not one.get("uuid"):
        return Unreadable("no_call")
    answer, end = written(one["answer"], zone), written(one["end"], zone)
    facts = {
        "start": start.isoformat(),
        "answer": answer.isoformat() if answer else None,
        "end": end.isoformat() if end else None,
        "billed": whole(one["billsec"]),
        "result": "answered" if answer else one["hangup_cause"].lower(),
        "called": one["destination_number"],
    }
    agent = one["destination_number"] if one.get("bleg_uuid") else ""
    known = {name: value for name, value in facts.items() if value not in (None, "")}
    return Told(
        one["uuid"], "record", start, key_of("fs", *row), agent, "", one["caller_id_number"], known
    )


def read_freeswitch_json(lines: Iterable[str]) -> Read:
    """What a file of JSON records tells: one object a line, or one object over all lines."""
    text = list(lines)
    try:
        found = [(1, json.loads("".join(text)))]
    except ValueError:
        found = [(at, _json(line)) for at, line in enumerate(text, start=1) if line.strip()]
    number = 0
    for _line, one in found:
        for told in told_by_record(one):
            number += 1
            yield number, told


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def told_by_record(one: Any) -> list[Told | Unreadable]:
    """A member's JSON record as the events it sums up; other legs tell nothing of their own."""
    values = one.get("variables") if isinstance(one, Mapping) else None
    if not isinstance(values, Mapping):
        return [Unreadable("no_json")]
    call, start = str(values.get("uuid") or ""), epoch(str(values.get("start_epoch") or ""))
    if values.get("cc_side") == "agent" or values.get("originating_leg_uuid"):
        return []
    if not call or start is None:
        return [Unreadable("no_call" if not call else "no_time")]
    number = str(values.get("caller_id_number") or values.get("sip_from_user") or "")
    agent, queue = agent_of(str(values.get("cc_agent") or "")), str(values.get("cc_queue") or "")
    direction = "out" if values.get("direction") == "outbound" else "in"
    first = Told(call, "start", start, key_of(call, "start"), number=number,
                 facts={"direction": direction})  # fmt: skip
    told: list[Told | Unreadable] = [first]
    for kind, name, facts in (
        ("queued", "cc_queue_joined_epoch", {}),
        ("answer", "cc_queue_answered_epoch", {}),
        ("left", "cc_queue_canceled_epoch", _cancelled(values.get("cc_cancel_reason"))),
        ("hangup", "end_epoch", _hung_up(values)),
    ):
        at = epoch(str(values.get(name) or ""))
        if at is not None and at.timestamp() > 0:
            told.append(Told(call, kind, at, key_of(call, kind, at), agent, queue, facts=facts))
    return told


def _cancelled(reason: Any) -> dict[str, Any]:
    return {"reason": CANCELLED.get(str(reason or ""), "unknown")}


def _hung_up(values: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"by": ENDED_BY.get(str(values.get("sip_hangup_disposition")), "")}
    held = whole(values.get("hold_accum_seconds"))
    return facts | ({"hold": held} if held is not None else {})


def read_freeswitch_events(lines: Iterable[str]) -> Read:
    """What a file of events tells: text with an empty line between events, or JSON line by line."""
    for number, one in enumerate(_events(lines), start=1):
        if one is None:
            yield number, Unreadable("no_json")
        elif told := told_by_event(one):
            yield number, told


def _events(lines: Iterable[str]) -> Iterator[dict[str, str] | None]:
    waiting: dict[str, str] = {}
    for line in lines:
        text = line.strip()
        if text.startswith("{") and not waiting:
            found = _json(text)
            yield {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else None
        elif not text:
            if "Event-Name" in waiting:
                yield waiting
            waiting = {}
        else:
            name, _colon, value = text.partition(": ")
            waiting[name] = unquote(value)
    if "Event-Name" in waiting:
        yield waiting


Event = Mapping[str, str]


def told_by_event(one: Event) -> Told | Unreadable | None:
    """What an event of the socket tells; None for one that concerns no call and no agent."""
    at = _moment(one.get("Event-Date-Timestamp", ""))
    if at is None:
        return Unreadable("no_time")
    name = one.get("Event-Name", "")
    if name == "CUSTOM" and one.get("Event-Subclass") == "callcenter::info":
        make = OF_QUEUES.get(one.get("CC-Action", ""))
    else:
        make = OF_CHANNELS.get(name)
    told = make(one, at) if make else None
    if told is None or told.call or told.agent:
        return told
    return Unreadable("no_call")


def _moment(raw: str) -> datetime | None:
    """Microseconds since 1970."""
    return epoch(str(int(raw) / 1_000_000)) if raw.isdigit() else None


def _made(one: Event, at: datetime, kind: str, agent: str = "", **facts: Any) -> Told:
    call = one.get("CC-Member-Session-UUID") or one.get("Channel-Call-UUID") or _own(one)
    number = one.get("CC-Member-CID-Number", "")
    queue = one.get("CC-Queue", "").split("@")[0]
    key = key_of(call, kind, at, agent, _own(one))
    known = {name: value for name, value in facts.items() if value not in (None, "")}
    return Told(call, kind, at, key, agent_of(agent), queue, number, known)


def _own(one: Event) -> str:
    return one.get("Unique-ID", "")


def _is_first_leg(one: Event) -> bool:
    return one.get("Channel-Call-UUID", _own(one)) == _own(one)


def _created(one: Event, at: datetime) -> Told | None:
    if not _is_first_leg(one):
        return _made(one, at, "ring", one.get("Caller-Destination-Number", ""))
    direction = "out" if one.get("Call-Direction") == "outbound" else "in"
    told = _made(one, at, "start", direction=direction)
    number = one.get("Caller-Caller-ID-Number", "")
    return Told(told.call, "start", at, told.key, number=number, facts=told.facts)


def _bridged(one: Event, at: datetime) -> Told | None:
    agent = one.get("Other-Leg-Destination-Number") or one.get("Caller-Callee-ID-Number", "")
    return _made(one, at, "answer", agent)


def _hung_up_event(one: Event, at: datetime) -> Told | None:
    if not _is_first_leg(one):
        return None
    by = ENDED_BY.get(one.get("variable_sip_hangup_disposition", ""), "")
    return _made(one, at, "hangup", by=by)


def _queue_ended(one: Event, at: datetime) -> Told | None:
    if one.get("CC-Cause") != "Cancel":
        return None
    return _made(one, at, "left", **_cancelled(one.get("CC-Cancel-Reason")))


def _status(one: Event, at: datetime) -> Told | None:
    state = STATUS.get(one.get("CC-Agent-Status", "")) or STATE.get(one.get("CC-Agent-State", ""))
    if state is None:
        return None
    agent = agent_of(one.get("CC-Agent", "").split("@")[0])
    key = key_of(agent, state, at)
    return Told("", "state", at, key, agent, facts={"state": state, "reason": ""})


def _of_agent(kind: str) -> Callable[[Event, datetime], Told]:
    return lambda one, at: _made(one, at, kind, one.get("CC-Agent", "").split("@")[0])


OF_QUEUES: dict[str, Callable[[Event, datetime], Told | None]] = {
    "member-queue-start": lambda one, at: _made(one, at, "queued"),
    "agent-offering": _of_agent("ring"),
    "bridge-agent-fail": _of_agent("no_answer"),
    "bridge-agent-start": _of_agent("answer"),
    "bridge-agent-end": _of_agent("leg_end"),
    "member-queue-end": _queue_ended,
    "agent-status-change": _status,
    "agent-state-change": _status,
}
OF_CHANNELS: dict[str, Callable[[Event, datetime], Told | None]] = {
    "CHANNEL_CREATE": _created,
    "CHANNEL_BRIDGE": _bridged,
    "CHANNEL_HOLD": lambda one, at: _made(one, at, "hold"),
    "CHANNEL_UNHOLD": lambda one, at: _made(one, at, "unhold"),
    "CHANNEL_HANGUP_COMPLETE": _hung_up_event,
}
