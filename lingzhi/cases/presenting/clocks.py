"""A clock explained line by line: what was counted, what was given back, and the running sum."""

from dataclasses import dataclass

from lingzhi.cases.models import Clock
from lingzhi.cases.queries.ledgers import Times, ledger_of
from lingzhi.core.clock import now
from lingzhi_engine.clock import Line, NotPublished, explain


@dataclass(frozen=True, slots=True)
class Explained:
    """The lines and their sum in seconds; `unpublished_on` where a day is not known."""

    lines: tuple[Line, ...] = ()
    counted: int = 0
    unpublished_on: object = None
    has_calendar: bool = True


def explained(clock: Clock) -> Explained:
    """What the clock counted until now, or until it ended."""
    try:
        ledger = ledger_of(clock, clock.events.all(), Times())
        if ledger is None:
            return Explained(has_calendar=False)
        lines = explain(ledger, now())
    except NotPublished as problem:
        return Explained(unpublished_on=problem.day)
    return Explained(lines, lines[-1].counted if lines else 0)
