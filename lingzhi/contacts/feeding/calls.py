"""What any phone system may tell of calls and agents through a feed (neutral webhook).

    {"type": "ring", "id": "c1", "at": "…", "agent": "8002", "number": "…", "queue": "售后"}
    {"type": "state", "at": "…", "agent": "8002", "state": "on_break", "reason": "午休"}

Events of FreeSWITCH's event socket are taken as they are (`Event-Name`). The same event told again
is known again: it is the same when all its fields are.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.delivery import EARLIEST
from lingzhi.contacts.models import AgentState
from lingzhi.contacts.phone.freeswitch import told_by_event
from lingzhi.contacts.phone.told import COMMAND, KINDS, Told, Unreadable, key_of
from lingzhi.contacts.readers import direction, ended_by, free
from lingzhi.core.clock import now
from lingzhi.core.intake import Problem, Words, Wrong
from lingzhi.core.readers import count, moment, reference, text

CALLS = frozenset(KINDS) - {"record"}
OF_NO_CALL = {"state", COMMAND}
TYPES = CALLS | OF_NO_CALL
WHY: dict[str, Words] = {
    "too_short": _("The line has too few parts."),
    "no_time": _("It has no time."),
    "no_call": _("It names no call."),
    "no_agent": _("It names no agent."),
    "no_json": _("It is no JSON of this kind."),
    "unknown_event": _("This event is not known."),
}


def possible(raw: Any) -> datetime:
    """A time at which something can have been told: not before 1990, not after tomorrow."""
    at = moment(raw)
    if not EARLIEST <= at <= now() + timedelta(days=1):
        raise Wrong(_("This date cannot be."))
    return at


def _truth(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise Wrong(_("This must be true or false."))
    return raw


def _state(raw: Any) -> str:
    if raw not in AgentState.State.values:
        raise Wrong(_("This state is not known."))
    return str(raw)


def _end_of_command(raw: Any) -> str:
    if raw not in ("done", "refused"):
        raise Wrong(_("This state is not known."))
    return str(raw)


COMMON: dict[str, Callable[[Any], Any]] = {
    "at": possible, "agent": reference(80), "queue": text(60), "number": reference(40),
    "direction": direction, "notice": _truth, "consent": _truth, "meta": free,
}  # fmt: skip
OWN: dict[str, dict[str, Callable[[Any], Any]]] = {
    "answer": {"rings": count(1_000), "waited": count(86_400), "rang": count(86_400)},
    "no_answer": {"rang": count(86_400)},
    "transfer": {"to": reference(80), "is_over": _truth},
    "left": {"reason": text(20)},
    "hangup": {"by": ended_by, "hold": count(86_400), "transfers": count(100)},
    "state": {"state": _state, "reason": text(60)},
    COMMAND: {"state": _end_of_command, "reason": text(20)},
}
NEEDED = {
    COMMAND: ("state",),
    "state": ("agent", "state"),
    "ring": ("agent",),
    "answer": ("agent",),
}


def is_of_phone(one: Mapping[str, Any]) -> bool:
    """Whether an event of a feed tells of the phone rather than of what is said."""
    return one.get("type") in TYPES or "Event-Name" in one


def read_told(one: Mapping[str, Any]) -> Told | list[Problem] | None:
    """The event, None where it concerns nobody, or everything that is wrong with it."""
    if "Event-Name" in one:
        found = told_by_event({str(name): str(value) for name, value in one.items()})
        return [Problem("", WHY[found.why])] if isinstance(found, Unreadable) else found
    kind, call = str(one["type"]), str(one.get("id") or "").strip()
    readers = COMMON | OWN.get(kind, {})
    values, problems = _values(one, readers)
    for name in ("at", *NEEDED.get(kind, ())):
        if values.get(name) in (None, "") and not any(p.field == name for p in problems):
            problems.append(Problem(name, _("This must be given.")))
    if kind != "state" and not 0 < len(call) <= 120:
        problems.append(Problem("id", _("This must be given.")))
    if problems:
        return problems
    named = {name: values.pop(name, "") for name in ("agent", "queue", "number")}
    at = values.pop("at")
    key = key_of(kind, call, at, *named.values(), sorted(values.items(), key=str))
    if kind == COMMAND:
        values["command"] = call
    return Told("" if kind in OF_NO_CALL else call, kind, at, key, facts=values, **named)


def _values(
    one: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]]
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, raw in one.items():
        if name in {"type", "id"} or raw in (None, ""):
            continue
        read = readers.get(name)
        if read is None:
            problems.append(Problem(str(name)[:60], _("This field is not known.")))
            continue
        try:
            values[name] = read(raw)
        except ValueError as error:
            problems.append(Problem.of(name, error))
    return values, problems
