"""Stored conversations told once more as if they went on now, at the pace they once had."""

import heapq
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations, published

Event = dict[str, Any]


@dataclass(order=True, frozen=True, slots=True)
class Due:
    """An event and after how many seconds it is told."""

    at: float
    number: int
    event: Event


def talks(how_many: int, *, seed: int) -> list[Contact]:
    """Stored conversations with words and times, chosen by chance."""
    rows = conversations(published()).filter(turn_count__gte=6, turns__start_ms__isnull=False)
    keys = sorted(set(rows.values_list("pk", flat=True)[:5000]))
    chosen = random.Random(seed).sample(keys, min(how_many, len(keys)))  # noqa: S311
    return list(Contact.objects.filter(pk__in=chosen).select_related("channel", "agent"))


def told_anew(contact: Contact, *, name: str, delay: float) -> Iterator[tuple[float, Event]]:
    """The events of one conversation with the seconds at which each is told."""
    who = contact.agent.staff_no if contact.agent else contact.agent_reference
    opened = {"type": "opened", "id": name, "channel": contact.channel.code, "agent": who}
    yield delay, {**opened, "direction": contact.direction}
    at = delay
    for seq, turn in enumerate(contact.turns.order_by("seq"), start=1):
        at = max(at, delay + (turn.end_ms or 0) / 1000)
        said = {"seq": seq, "role": turn.role, "text": turn.spoken()}
        times = {"start_ms": turn.start_ms, "end_ms": turn.end_ms}
        yield at, {"type": "turn", "id": name, **said, **times}
    yield at + 1, {"type": "closed", "id": name, "ended_by": "customer"}


def replay(
    contacts: Sequence[Contact],
    tell: Callable[[list[Event]], object],
    *,
    speed: float,
    mark: str,
) -> int:
    """Tell all of them, a new one every few seconds, `speed` times as fast; the turns told."""
    due = [
        Due(at / speed, place, event)
        for number, contact in enumerate(contacts)
        for place, (at, event) in enumerate(
            told_anew(contact, name=f"{mark}-{number + 1}", delay=number * 3.0), number * 10_000
        )
    ]
    heapq.heapify(due)
    began, told = time.monotonic(), 0
    while due:
        time.sleep(max(0.0, began + due[0].at - time.monotonic()))
        together = [heapq.heappop(due).event]
        while due and due[0].at <= time.monotonic() - began and len(together) < 100:
            together.append(heapq.heappop(due).event)
        tell(together)
        told += sum(event["type"] == "turn" for event in together)
    return told
