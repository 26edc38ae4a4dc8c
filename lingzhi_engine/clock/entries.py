"""What is written into a ledger: finished intervals, verdicts, due times."""

from dataclasses import replace
from datetime import datetime

from lingzhi_engine.clock.calendar import NotPublished
from lingzhi_engine.clock.dues import due_of
from lingzhi_engine.clock.ledger import Due, Interval, Kind, Ledger, Outcome, Verdict
from lingzhi_engine.clock.standing import over_at

_KINDS = {Outcome.RUNNING: Kind.COUNTED, Outcome.PAUSED: Kind.PAUSED}


def with_interval(ledger: Ledger, at: datetime, reason: str) -> Ledger:
    """The interval that began at `since` is finished at `at`; the next one is for `reason`."""
    if at <= ledger.since:
        return replace(ledger, reason=reason)
    kind = _KINDS.get(ledger.state, Kind.CLOSED)
    seconds = 0 if kind is Kind.CLOSED else ledger.rule.time.between(ledger.since, at)
    done = Interval(ledger.cycle, kind, ledger.since, at, seconds, ledger.reason, ledger.rule)
    return replace(ledger, since=at, reason=reason, intervals=(*ledger.intervals, done))


def with_verdict(
    ledger: Ledger, outcome: Outcome, at: datetime, *, was_over_before: bool = False
) -> Ledger:
    """The verdict of the rule in force on this cycle."""
    verdict = Verdict(ledger.cycle, outcome, at, over_at(ledger), ledger.rule, was_over_before)
    return replace(ledger, verdicts=(*ledger.verdicts, verdict))


def with_due(ledger: Ledger, reason: str) -> Ledger:
    """The due time that holds from `since` on: none while paused."""
    due = Due(ledger.cycle, ledger.since, None, reason)
    if ledger.state is not Outcome.PAUSED:
        due = _running_due(ledger, reason)
    return replace(ledger, due=due, dues=(*ledger.dues, due))


def _running_due(ledger: Ledger, reason: str) -> Due:
    """When it would be over if the clock ran from `since` on."""
    try:
        due = due_of(ledger.rule, ledger.opened_at, ledger.extensions, ledger.past_pauses)
    except NotPublished as problem:
        return Due(ledger.cycle, ledger.since, None, reason, problem.day)
    return Due(ledger.cycle, ledger.since, due, reason)
