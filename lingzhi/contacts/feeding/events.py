"""The events of a feed: a conversation opened, something said, a conversation closed.

    {"type": "opened", "id": "c1", "channel": "phone", "agent": "8002", "started_at": "…"}
    {"type": "turn", "id": "c1", "seq": 1, "role": "customer", "text": "…", "start_ms": 0,
     "end_ms": 900}
    {"type": "closed", "id": "c1", "ended_at": "…", "ended_by": "customer", "meta": {}}

`opened` and `closed` carry the fields that an import knows. Events of phone systems stand beside
them (see `calls`). All problems are named at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.channels import channel_words
from lingzhi.contacts.delivery import BY_NAME
from lingzhi.contacts.feeding.calls import is_of_phone, read_told
from lingzhi.contacts.phone.told import Told
from lingzhi.contacts.transcripts import DeliveredTurn, read_turns
from lingzhi.core.intake import Problem, Wrong

MOST_EVENTS = 500
_OWN = {"type", "id"}
_OF_TURN = {"seq", "role", "text", "start_ms", "end_ms", "confidence", "emotion", "energy"}
_OF_CONVERSATION = BY_NAME.keys() - {"external_id", "turns"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation begins; `record` is as delivered, `values` as read."""

    id: str
    record: dict[str, Any]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of it, numbered from 1 without gaps."""

    id: str
    seq: int
    turn: DeliveredTurn


@dataclass(frozen=True, slots=True)
class Closed:
    """It is over; `record` are the facts known only now."""

    id: str
    record: dict[str, Any]


Event = Opened | Said | Closed | Told


@dataclass
class Refused(Exception):
    """Nothing was taken: `(number of the event from 1, problem)` for everything that is wrong."""

    problems: list[tuple[int, Problem]] = field(default_factory=list)


def read_events(data: object) -> list[Event]:
    """The events of a message. Raises Refused with every problem."""
    given = data.get("events") if isinstance(data, Mapping) else None
    if not isinstance(given, list) or not given:
        raise Refused([(0, Problem("events", _("The message must hold a list of events.")))])
    if len(given) > MOST_EVENTS:
        sentence = _("A message may hold at most %(limit)d events.")
        raise Refused([(0, Problem("events", sentence, {"limit": MOST_EVENTS}))])
    channels = channel_words()
    events: list[Event] = []
    refused = Refused()
    for number, one in enumerate(given, start=1):
        found = _read(one, channels)
        if isinstance(found, list):
            refused.problems += [(number, problem) for problem in found]
        elif found is not None:
            events.append(found)
    if refused.problems:
        raise refused
    return events


def _read(one: object, channels: Mapping[str, str]) -> Event | list[Problem] | None:
    if not isinstance(one, Mapping):
        return [Problem("", _("An event must be an object."))]
    return read_told(one) if is_of_phone(one) else _of_words(one, channels)


def _of_words(one: Mapping[str, Any], channels: Mapping[str, str]) -> Event | list[Problem]:
    number = one.get("id")
    if not isinstance(number, str) or not 0 < len(number.strip()) <= 120:
        return [Problem("id", _("This must be given."))]
    match one.get("type"):
        case "opened":
            return _opened(number, one, channels)
        case "turn":
            return _said(number, one)
        case "closed":
            return _closed(number, one, channels)
    return [Problem("type", _("This type of event is not known."))]


def _opened(
    number: str, one: Mapping[str, Any], channels: Mapping[str, str]
) -> Event | list[Problem]:
    values, problems = _values(one, channels)
    if values.get("channel") is None and not any(p.field == "channel" for p in problems):
        problems.append(Problem("channel", _("This must be given.")))
    return problems or Opened(number, _record(one), values)


def _closed(
    number: str, one: Mapping[str, Any], channels: Mapping[str, str]
) -> Event | list[Problem]:
    _read_values, problems = _values(one, channels)
    return problems or Closed(number, _record(one))


def _record(one: Mapping[str, Any]) -> dict[str, Any]:
    """What is known; a field that is null or empty says nothing."""
    return {
        name: value for name, value in one.items() if name not in _OWN and value not in (None, "")
    }


def _values(
    one: Mapping[str, Any], channels: Mapping[str, str]
) -> tuple[dict[str, Any], list[Problem]]:
    problems = _unknown(one, _OF_CONVERSATION)
    values: dict[str, Any] = {}
    for name in _OF_CONVERSATION & one.keys():
        if one[name] in (None, ""):
            continue
        try:
            values[name] = BY_NAME[name].read(one[name])
        except ValueError as error:
            problems.append(Problem.of(name, error))
    if "channel" in values:
        code = channels.get(values["channel"])
        if code is None:
            problems.append(Problem("channel", _("This channel is not known.")))
        values["channel"] = code
    return values, problems


def _said(number: str, one: Mapping[str, Any]) -> Event | list[Problem]:
    problems = _unknown(one, _OF_TURN)
    seq = one.get("seq")
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 1:
        problems.append(Problem("seq", _("The number of the turn must be a whole number from 1.")))
    try:
        said: Sequence[DeliveredTurn] = read_turns([{k: v for k, v in one.items() if k != "seq"}])
    except Wrong as wrong:
        problems.append(Problem.of("text", wrong))
    else:
        if not said or not said[0].text:
            problems.append(Problem("text", _("This must be given.")))
    return problems or Said(number, int(one["seq"]), said[0])


def _unknown(one: Mapping[str, Any], known: Any) -> list[Problem]:
    return [
        Problem(str(name)[:60], _("This field is not known."))
        for name in one
        if name not in known and name not in _OWN
    ]
