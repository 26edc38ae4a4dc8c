"""A morning at the phone (data/phone), told as each phone system would tell it, and the demo's day.

The story is made by chance from a seed; the same seed gives the same bytes. It holds what real
logs hold: calls given up, queues that give up, a transfer that is never told, one to nowhere, a
call without an end, a second break without the end of the first.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.utils import timezone

from lingzhi.accounts.models import User
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.feeds import open_feed
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import BreakReason, Call, CallQueue
from lingzhi.contacts.queries.floor import leaders_of
from lingzhi.contacts.services import floor, source_named
from lingzhi.contacts.services.queues import assign_lost, give_queue
from lingzhi.contacts.services.states import force_state
from lingzhi.core.clock import now
from lingzhi.org.models import Assignment, Unit

BEGIN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # nine in the morning in Shanghai
AGENTS = ("8002", "8003", "8004", "8005")
QUEUES = ("售前", "售后")
CALLS = 24
GIVEN_UP = 0.2
BREAKS = (("小休", 15, 30, 2), ("午休", 60, 60, 4), ("培训", None, None, None))


@dataclass(frozen=True, slots=True)
class Story:
    """One call: times are seconds from the beginning, None did not happen."""

    call: str
    number: str
    queue: str
    agent: str
    queued: int
    rang: int | None = None
    answered: int | None = None
    ended: int | None = None
    by: str = ""
    trap: str = ""  # untold_transfer, nowhere, endless

    def at(self, second: int | None, begin: datetime) -> datetime:
        return begin + timedelta(seconds=second or 0)


def stories(seed: int = 1, calls: int = CALLS, agents: Sequence[str] = AGENTS) -> list[Story]:
    """The calls of a morning; an agent talks to one customer at a time."""
    rng = random.Random(f"phone/{seed}")  # noqa: S311 a demo needs no secrets
    free = dict.fromkeys(agents, 0)
    found, second = [], 0
    for number in range(1, calls + 1):
        second += rng.randint(10, 100)
        agent = min(free, key=lambda one: (free[one], one))
        wait = max(rng.randint(3, 25), free[agent] - second)
        patience = rng.randint(20, 90)
        story = Story(
            f"{int(BEGIN.timestamp()) + second}.{number}", f"1380000{2000 + number}",
            rng.choice(QUEUES), agent, second, by=rng.choice(("agent", "customer", "customer")),
        )  # fmt: skip
        if wait > patience or rng.random() < GIVEN_UP:
            found.append(replace(story, agent="", ended=second + patience, by="customer"))
            continue
        rang = second + wait - min(wait, rng.randint(2, 6))
        ended = second + wait + rng.randint(30, 240)
        free[agent] = ended + 15
        found.append(replace(story, rang=rang, answered=second + wait, ended=ended))
    return _with_traps(found)


def _with_traps(found: list[Story]) -> list[Story]:
    """The third, the fifth and the seventh answered call are told badly."""
    taken = [at for at, one in enumerate(found) if one.answered is not None]
    for place, trap in ((2, "untold_transfer"), (4, "nowhere"), (6, "endless")):
        if place < len(taken):
            found[taken[place]] = replace(found[taken[place]], trap=trap)
    return found


def queue_log(found: Sequence[Story]) -> list[str]:
    """The lines of Asterisk's queue_log."""
    begin = int(BEGIN.timestamp())
    lines = [
        (begin - 60, "NONE", "NONE", "NONE", "QUEUESTART", ""),
        *((begin - 30, "NONE", one, f"PJSIP/{a}", "ADDMEMBER", "") for a in AGENTS
          for one in QUEUES),
        (begin + 900, "NONE", "NONE", f"PJSIP/{AGENTS[3]}", "PAUSEALL", "小休"),
        (begin + 1200, "NONE", "NONE", f"PJSIP/{AGENTS[3]}", "PAUSEALL", "培训"),
        (begin + 1500, "NONE", "NONE", f"PJSIP/{AGENTS[3]}", "UNPAUSEALL", ""),
    ]  # fmt: skip
    for one in found:
        lines += _logged(one, begin)
    return ["|".join(map(str, line)) for line in sorted(lines, key=lambda line: line[0])]


def _logged(one: Story, begin: int) -> Iterator[tuple[Any, ...]]:
    yield begin + one.queued, one.call, one.queue, "NONE", "ENTERQUEUE", "", one.number, 1
    if one.answered is None:
        waited = (one.ended or 0) - one.queued
        yield begin + (one.ended or 0), one.call, one.queue, "NONE", "ABANDON", 1, 1, waited
        return
    line = f"PJSIP/{one.agent}"
    waited, rang = one.answered - one.queued, one.answered - (one.rang or one.answered)
    yield begin + one.answered, one.call, one.queue, line, "CONNECT", waited, f"{one.call}9", rang
    talked = (one.ended or 0) - one.answered
    if one.trap == "nowhere":
        ended = begin + (one.ended or 0)
        yield ended, one.call, one.queue, line, "BLINDTRANSFER", "", "internal", waited, talked, 1
    elif one.trap != "endless":
        how = "COMPLETEAGENT" if one.by == "agent" else "COMPLETECALLER"
        yield begin + (one.ended or 0), one.call, one.queue, line, how, waited, talked, 1


def asterisk_cdr(found: Sequence[Story]) -> list[str]:
    """Rows of Asterisk's Master.csv; the untold transfer shows here as a leg of its own."""
    rows = []
    for one in found:
        rows.append(_cdr(one, one.agent, one.queued, one.answered, "Queue"))
        if one.trap == "untold_transfer" and one.answered and one.ended:
            other = next(agent for agent in AGENTS if agent != one.agent)
            begin = (one.answered + one.ended) // 2
            rows.append(_cdr(one, other, begin, begin + 3, "Dial"))
    return rows


def _cdr(one: Story, agent: str, start: int, answer: int | None, application: str) -> str:
    def when(second: int | None) -> str:
        if second is None:
            return ""
        return f"{timezone.localtime(BEGIN + timedelta(seconds=second)):%Y-%m-%d %H:%M:%S}"

    end, answered = one.ended, answer is not None
    billed = (end or 0) - (answer or end or 0)
    cells = (
        "", one.number, "4000", "queue", f'""{one.number}"" <{one.number}>', "PJSIP/trunk-01",
        f"PJSIP/{agent}-02" if agent else "", application, one.queue, when(start), when(answer),
        when(end), (end or 0) - start, billed, "ANSWERED" if answered else "NO ANSWER",
        "DOCUMENTATION", one.call, "",
    )  # fmt: skip
    return ",".join(f'"{cell}"' for cell in cells)


def freeswitch_json(found: Sequence[Story]) -> list[str]:
    """A record of mod_json_cdr a line."""
    begin = int(BEGIN.timestamp())
    lines = []
    for one in found:
        values: dict[str, Any] = {
            "uuid": one.call, "direction": "inbound", "caller_id_number": one.number,
            "start_epoch": str(begin + one.queued), "cc_side": "member",
            "cc_queue": one.queue, "cc_queue_joined_epoch": str(begin + one.queued),
            "end_epoch": str(begin + (one.ended or 0)),
            "sip_hangup_disposition": "recv_bye" if one.by == "customer" else "send_bye",
        }  # fmt: skip
        if one.answered is None:
            values["cc_queue_canceled_epoch"] = values["end_epoch"]
            values["cc_cancel_reason"] = "BREAK_OUT"
        else:
            values["cc_queue_answered_epoch"] = str(begin + one.answered)
            values["cc_agent"] = one.agent
        lines.append(json.dumps({"variables": values}, ensure_ascii=False))
    return lines


def freeswitch_events(found: Sequence[Story]) -> list[str]:
    """The events of mod_callcenter and of the callers' channels, as text."""
    blocks: list[tuple[int, dict[str, str]]] = []
    for one in found:
        common = {"CC-Queue": one.queue, "CC-Member-Session-UUID": one.call}
        entered = {**common, "CC-Action": "member-queue-start", "CC-Member-CID-Number": one.number}
        blocks.append((one.queued, entered))
        if one.answered is None:
            left = {"CC-Action": "member-queue-end", "CC-Cause": "Cancel"}
            cause = {"CC-Cancel-Reason": "BREAK_OUT"}
            blocks.append((one.ended or 0, {**common, **left, **cause}))
            continue
        agent = {**common, "CC-Agent": one.agent}
        blocks.append((one.rang or 0, {**agent, "CC-Action": "agent-offering"}))
        blocks.append((one.answered, {**agent, "CC-Action": "bridge-agent-start"}))
        by = "recv_bye" if one.by == "customer" else "send_bye"
        gone = {"Event-Name": "CHANNEL_HANGUP_COMPLETE", "Unique-ID": one.call}
        blocks.append((one.ended or 0, {**gone, "variable_sip_hangup_disposition": by}))
    lines = []
    for second, values in sorted(blocks, key=lambda block: block[0]):
        custom = {"Event-Name": "CUSTOM", "Event-Subclass": "callcenter::info"}
        moment = {"Event-Date-Timestamp": f"{int(BEGIN.timestamp()) + second}000000"}
        for name, value in {**custom, **moment, **values}.items():
            lines.append(f"{name}: {quote(value, safe='')}")
        lines.append("")
    return lines


def told(
    found: Sequence[Story], begin: datetime = BEGIN, *, source: str = ""
) -> list[dict[str, Any]]:
    """The events of the neutral webhook, in the order of time."""
    events = []
    for one in found:
        queued = {"type": "queued", "queue": one.queue, "number": one.number}
        steps: list[tuple[int | None, dict[str, Any]]] = [(one.queued, queued)]
        if one.answered is None:
            steps.append((one.ended, {"type": "left", "reason": "abandoned"}))
        else:
            rings = 1 + (one.answered - (one.rang or one.answered)) // 4
            steps.append((one.rang, {"type": "ring", "agent": one.agent}))
            answer = {"type": "answer", "agent": one.agent, "rings": rings, "notice": True}
            steps.append((one.answered, answer))
            if one.trap == "nowhere":
                steps.append((one.ended, {"type": "transfer", "agent": one.agent}))
            if one.trap != "endless" and one.ended is not None:
                steps.append((one.ended, {"type": "hangup", "by": one.by}))
                steps.append((one.ended + 15, {"type": "wrapup", "agent": one.agent}))
        for second, event in steps:
            at = one.at(second, begin).isoformat()
            events.append({"id": f"{source}{one.call}", "at": at, **event})
    return sorted(events, key=lambda event: str(event["at"]))


def write(folder: Path, seed: int = 1) -> None:
    """All files of data/phone."""
    found = stories(seed)
    files = {
        "queue_log": queue_log(found),
        "asterisk_cdr.csv": asterisk_cdr(found),
        "freeswitch_cdr.jsonl": freeswitch_json(found),
        "freeswitch_events.txt": freeswitch_events(found),
        "webhook.json": [json.dumps({"events": told(found)}, ensure_ascii=False, indent=1)],
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def seed_phone() -> None:
    """The last hours at the phone, what goes on now, breaks, a raised hand."""
    if Call.objects.exists():
        return
    agents = _agents()
    if len(agents) < 8:
        return
    numbers = [one.staff_no for one in agents]
    begin = now() - timedelta(hours=1)
    found = [
        one
        for one in stories(7, 60, numbers[:6])
        if (one.ended or 0) < 3500 and one.trap != "endless"
    ]
    events = told(found, begin, source="demo-")
    events += [*_going_on(numbers), *_states(numbers, begin)]
    source = source_named("pbx", "云栖话务台")
    open_feed(source, by=None)  # it takes no commands: the floor says why there are no buttons
    for at in range(0, len(events), 200):
        take_events(source, read_events({"events": events[at : at + 200]}))
    unit = Unit.objects.filter(kind="centre").order_by("path")[0]
    for queue in CallQueue.objects.filter(source=source):
        give_queue(queue, unit, by=agents[0])
        assign_lost(queue)
    for name, each, a_day, at_once in BREAKS:
        reason = BreakReason(
            unit=unit, name=name, minutes_each=each, minutes_a_day=a_day, at_once=at_once,
            needs_approval=name == "培训",
        )  # fmt: skip
        floor.keep_break_reason(reason, by=agents[0])
    floor.raise_hand("客户坚持要求主管接听", by=agents[4])
    leader = next(iter(leaders_of(agents[5])), None)
    if leader is not None:
        force_state(agents[5], "busy", reason="投诉案例复盘", by=leader)


def _agents() -> list[User]:
    rows = Assignment.objects.filter(role="agent", to_on=None).select_related("person")
    return [row.person for row in rows.order_by("person__staff_no")]


def _going_on(numbers: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Two talk, one rings, two wait."""
    for place, (seconds, agent) in enumerate(
        ((200, numbers[0]), (90, numbers[1]), (20, numbers[2]), (35, ""), (12, ""))
    ):
        call, begin = f"demo-now-{place}", now() - timedelta(seconds=seconds)
        at = begin.isoformat()
        yield {"type": "queued", "id": call, "at": at, "queue": "售后",
               "number": f"1380000{2001 + place}"}  # fmt: skip
        if agent:
            yield {"type": "ring", "id": call, "at": (begin + timedelta(seconds=6)).isoformat(),
                   "agent": agent}  # fmt: skip
        if place < 2:
            yield {"type": "answer", "id": call, "at": (begin + timedelta(seconds=10)).isoformat(),
                   "agent": agent, "rings": 1, "notice": True}  # fmt: skip


def _states(numbers: Sequence[str], begin: datetime) -> Iterator[dict[str, Any]]:
    """Everybody signs in before; some are on a break now, one for too long."""
    for number in numbers:
        at = (begin - timedelta(minutes=30)).isoformat()
        yield {"type": "state", "at": at, "agent": number, "state": "ready"}
    for number, minutes, reason in ((numbers[6], 4, "小休"),
                                    (numbers[7], 22, "小休")):  # fmt: skip
        at = (now() - timedelta(minutes=minutes)).isoformat()
        yield {"type": "state", "at": at, "agent": number, "state": "on_break", "reason": reason}
