"""Asterisk's queue_log: `epoch|call|queue|line of the agent|event|parameters…`

The events and their parameters are those of the "Queue Logs" page of Asterisk's documentation.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lingzhi.contacts.phone.told import Told, Unreadable, agent_of, epoch, key_of, whole

Facts = dict[str, Any]
Made = tuple[str, Facts]
Parts = list[str]

# Said by the system about itself; no call and no agent is concerned.
SILENT = {
    "CONFIGRELOAD", "QUEUESTART", "DID", "INFO", "PENALTY", "MEMBERRINGINUSE", "JOINEMPTY", "FULL",
}  # fmt: skip


def _connect(parts: Parts) -> Made:
    """The ring time is in seconds; older writers give milliseconds, which is then longer than the
    whole wait could be.
    """
    waited, rang = whole(parts[0]), whole(parts[2])
    if waited is not None and rang is not None and rang > waited + 1 and rang >= 1000:
        rang = round(rang / 1000)
    return "answer", {"waited": waited, "rang": rang, "line": parts[1]}


def _complete(by: str) -> Callable[[Parts], Made]:
    return lambda parts: ("hangup", {"by": by, "talked": whole(parts[1])})


def _left(reason: str, waited_at: int) -> Callable[[Parts], Made]:
    return lambda parts: ("left", {"reason": reason, "waited": whole(parts[waited_at])})


def _not_answered(parts: Parts) -> Made:
    """Milliseconds."""
    rang = whole(parts[0])
    return "no_answer", {"rang": None if rang is None else round(rang / 1000)}


def _transfer(parts: Parts) -> Made:
    return "transfer", {"to": parts[0], "talked": whole(parts[3]), "is_over": True}


def _attended(parts: Parts) -> Made:
    """`BRIDGE|bridge`, `APP|application` or `LINK|channel|channel`, then the times."""
    to = parts[1] if parts[0] in {"APP", "LINK", "BRIDGE"} else parts[0]
    return "transfer", {"to": to, "way": parts[0], "is_over": True}


def _state(state: str) -> Callable[[Parts], Made]:
    return lambda parts: ("state", {"state": state, "reason": parts[0]})


def _login(is_in: bool) -> Callable[[Parts], Made]:
    return lambda _parts: ("state", {"state": "ready" if is_in else "signed_out", "reason": ""})


EVENTS: dict[str, Callable[[Parts], Made]] = {
    "ENTERQUEUE": lambda _parts: ("queued", {}),
    "CONNECT": _connect,
    "COMPLETEAGENT": _complete("agent"),
    "COMPLETECALLER": _complete("customer"),
    "AGENTDUMP": lambda _parts: ("hangup", {"by": "agent", "reason": "dumped"}),
    "SYSCOMPAT": lambda _parts: ("hangup", {"by": "system", "reason": "not_bridged"}),
    "ABANDON": _left("abandoned", 2),
    "EXITEMPTY": _left("no_agents", 2),
    "EXITWITHTIMEOUT": _left("timeout", 2),
    "EXITWITHKEY": _left("key", 3),
    "RINGNOANSWER": _not_answered,
    "RINGCANCELED": _not_answered,
    "TRANSFER": _transfer,
    "BLINDTRANSFER": _transfer,
    "ATTENDEDTRANSFER": _attended,
    "PAUSE": _state("on_break"),
    "PAUSEALL": _state("on_break"),
    "UNPAUSE": lambda parts: ("state", {"state": "unpaused", "reason": parts[0]}),
    "UNPAUSEALL": lambda parts: ("state", {"state": "unpaused", "reason": parts[0]}),
    "ADDMEMBER": lambda parts: ("member", {"is_in": True, "is_paused": parts[0] == "PAUSED"}),
    "REMOVEMEMBER": lambda _parts: ("member", {"is_in": False}),
    "AGENTLOGIN": _login(is_in=True),
    "AGENTCALLBACKLOGIN": _login(is_in=True),
    "AGENTLOGOFF": _login(is_in=False),
    "AGENTCALLBACKLOGOFF": _login(is_in=False),
}
ENDLESS = {"PAUSE", "UNPAUSE", "ADDMEMBER", "REMOVEMEMBER"}  # of one queue, not of all


def read_queue_log(lines: Iterable[str]) -> Iterator[tuple[int, Told | Unreadable]]:
    """What each line tells, with its number from 1; what concerns nobody is passed over."""
    for number, line in enumerate(lines, start=1):
        parts = [part.strip() for part in line.rstrip("\r\n").split("|")]
        if not any(parts) or (len(parts) > 4 and parts[4].upper() in SILENT):
            continue
        yield number, _read(parts)


def _read(parts: Parts) -> Told | Unreadable:
    if len(parts) < 5:
        return Unreadable("too_short")
    at = epoch(parts[0])
    if at is None:
        return Unreadable("no_time")
    make = EVENTS.get(parts[4].upper())
    if make is None:
        return Unreadable("unknown_event")
    kind, facts = make([*parts[5:], *[""] * 6])
    agent = agent_of(parts[3])
    if kind in {"state", "member"}:
        return _of_agent(parts, Told("", kind, at, key_of(*parts), agent, facts=facts))
    if parts[1].upper() in {"", "NONE"}:
        return Unreadable("no_call")
    number = parts[6] if kind == "queued" and len(parts) > 6 else ""
    facts = {name: value for name, value in facts.items() if value not in (None, "")}
    queue = "" if parts[2] == "NONE" else parts[2]
    return Told(parts[1], kind, at, key_of(*parts), agent, queue, number, facts)


def _of_agent(parts: Parts, told: Told) -> Told | Unreadable:
    if not told.agent:
        return Unreadable("no_agent")
    is_of_queue = parts[4].upper() in ENDLESS and parts[2] != "NONE"
    queue = parts[2] if is_of_queue else ""
    return Told("", told.kind, told.at, told.key, told.agent, queue, facts=told.facts)
