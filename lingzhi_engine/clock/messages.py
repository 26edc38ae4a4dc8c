"""Clocks that follow from what was said and when: first response, next reply, periodic update."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from lingzhi_engine.clock.events import Cancelled, Event, Met, Opened, Reopened


class Author(StrEnum):
    """Who wrote or spoke."""

    CUSTOMER = "customer"
    AGENT = "agent"
    COLLEAGUE = "colleague"  # of the company, but not of those who answer: copied in, asked
    AUTOMATIC = "automatic"  # receipts and out-of-office replies
    BOT = "bot"


ANSWERING = frozenset({Author.AGENT})


@dataclass(frozen=True, slots=True)
class Message:
    """A message or a call. `is_public` says whether the customer sees or hears it."""

    at: datetime
    author: Author
    is_public: bool = True
    was_reached: bool = True  # False: a call that the customer did not take


def is_response(message: Message, answering: frozenset[Author] = ANSWERING) -> bool:
    """Whether it answers the customer: public, received, and by somebody who may answer.

    Internal notes, receipts, bots, copied colleagues and calls nobody took do not, unless their
    authors are in `answering`.
    """
    return message.is_public and message.was_reached and message.author in answering


def first_response(
    opened_at: datetime,
    messages: Iterable[Message],
    ended_at: datetime | None = None,
    answering: frozenset[Author] = ANSWERING,
) -> list[Event]:
    """From the opening to the first response, or to the end without one."""
    events: list[Event] = [Opened(opened_at)]
    responses = (m.at for m in _until(messages, ended_at) if is_response(m, answering))
    first = next((at for at in responses if at >= opened_at), None)
    if first is not None:
        return [*events, Met(first)]
    return _ended(events, ended_at)


def next_reply(
    messages: Iterable[Message],
    ended_at: datetime | None = None,
    answering: frozenset[Author] = ANSWERING,
) -> list[Event]:
    """From the oldest unanswered message of the customer to the answer, a cycle each.

    A second message before the answer starts nothing anew; the end of the case ends the wait.
    """
    events: list[Event] = []
    is_waiting = False
    for message in _until(messages, ended_at):
        if message.author is Author.CUSTOMER and not is_waiting:
            events.append(Reopened(message.at) if events else Opened(message.at))
            is_waiting = True
        elif is_waiting and is_response(message, answering):
            events.append(Met(message.at))
            is_waiting = False
    return _ended(events, ended_at) if is_waiting else events


def periodic_update(
    opened_at: datetime,
    messages: Iterable[Message],
    ended_at: datetime | None = None,
    answering: frozenset[Author] = ANSWERING,
) -> list[Event]:
    """From each word to the customer to the next one, a cycle each, while the case is open."""
    events: list[Event] = [Opened(opened_at)]
    for message in _until(messages, ended_at):
        if message.at >= opened_at and is_response(message, answering):
            events += [Met(message.at), Reopened(message.at)]
    return _ended(events, ended_at)


def _until(messages: Iterable[Message], ended_at: datetime | None) -> list[Message]:
    ordered = sorted(messages, key=lambda message: message.at.astimezone(UTC))
    return [m for m in ordered if ended_at is None or m.at <= ended_at]


def _ended(events: list[Event], ended_at: datetime | None) -> list[Event]:
    return events if ended_at is None else [*events, Cancelled(ended_at)]
