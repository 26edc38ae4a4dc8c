"""How a clock stands between its events: what is left, and when it changes by itself."""

from contextlib import suppress
from datetime import datetime, timedelta

from lingzhi_engine.clock.calendar import NotPublished
from lingzhi_engine.clock.dues import due_of, given_back
from lingzhi_engine.clock.ledger import Ledger, Outcome

_SECOND = timedelta(seconds=1)


def over_at(ledger: Ledger) -> datetime | None:
    """When it is over; of a paused clock, if it had run on. None where it is unknown."""
    if ledger.state is not Outcome.PAUSED:
        return ledger.due_at
    with suppress(NotPublished):
        return due_of(ledger.rule, ledger.opened_at, ledger.extensions, ledger.pauses)
    return None


def seconds_left(ledger: Ledger, moment: datetime) -> int | None:
    """Working time that is left, negative when it is over; None where the end is unknown.

    Of an ended clock, what was left then. Raises NotPublished for a moment beyond the calendar.
    """
    due_at = over_at(ledger)
    if due_at is None:
        return None
    has_ended = ledger.state in (Outcome.MET, Outcome.CANCELLED)
    return ledger.rule.time.between(ledger.since if has_ended else _stop(ledger, moment), due_at)


def changes_at(ledger: Ledger) -> datetime | None:
    """The next moment at which it stands otherwise though nothing happens, for a timer.

    A running clock becomes late, a paused one has used up its cap. None if neither will be, or it
    is not known when.
    """
    if ledger.state is Outcome.PAUSED and ledger.paused_at and ledger.rule.cap is not None:
        with suppress(NotPublished):
            left = ledger.rule.cap - given_back(ledger.rule, ledger.pauses)
            return ledger.rule.time.add(ledger.paused_at, left)
    if ledger.state is not Outcome.RUNNING or ledger.is_judged or ledger.due_at is None:
        return None
    return ledger.due_at + _SECOND if ledger.rule.limit.is_inclusive else ledger.due_at


def _stop(ledger: Ledger, moment: datetime) -> datetime:
    return ledger.paused_at if ledger.state is Outcome.PAUSED and ledger.paused_at else moment
