"""What a clock counted, line by line, so that anybody can add it up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lingzhi_engine.clock.dues import effective_pauses
from lingzhi_engine.clock.ledger import Kind, Ledger, Outcome, Pause


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of working time that was counted, or a pause with the working time it gave back.

    `counted` is the sum of what was counted up to the end of the line, in seconds like `seconds`.
    """

    kind: Kind
    start: datetime
    end: datetime
    seconds: int
    counted: int
    reason: str = ""


def explain(ledger: Ledger, until: datetime) -> tuple[Line, ...]:
    """The lines of this cycle by the rule in force, from its begin to `until` or its end.

    Every stretch of working time is a line; what lies between lines is not working time. An
    earlier cycle or rule is explained by the ledger of the events up to then. Raises NotPublished.
    """
    lines: list[Line] = []
    counted = 0
    for kind, start, end, seconds, reason in _pieces(ledger, _last(ledger, until)):
        counted += seconds if kind is Kind.COUNTED else 0
        lines.append(Line(kind, start, end, seconds, counted, reason))
    return tuple(lines)


def _last(ledger: Ledger, until: datetime) -> datetime:
    is_over = ledger.state in (Outcome.MET, Outcome.CANCELLED)
    return min(until, ledger.since) if is_over else until


def _pieces(ledger: Ledger, until: datetime) -> Iterator[tuple[Kind, datetime, datetime, int, str]]:
    time, at = ledger.rule.time, ledger.opened_at
    for pause in _pauses(ledger, until):
        for stretch in time.stretches(at, pause.start):
            yield Kind.COUNTED, *stretch, stretch.seconds, ""
        seconds = time.between(pause.start, pause.end)
        yield Kind.PAUSED, pause.start, pause.end, seconds, pause.reason
        at = pause.end
    for stretch in time.stretches(at, until):
        yield Kind.COUNTED, *stretch, stretch.seconds, ""


def _pauses(ledger: Ledger, until: datetime) -> list[Pause]:
    """The pauses that began before `until`, cut off there, the cap kept."""
    pauses = list(ledger.pauses)
    if ledger.paused_at is not None:
        pauses.append(Pause(ledger.paused_at, until, ledger.paused_for))
    begun = [Pause(p.start, min(p.end, until), p.reason) for p in pauses if p.start < until]
    return effective_pauses(ledger.rule, begun)
