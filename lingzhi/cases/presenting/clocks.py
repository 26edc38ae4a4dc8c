"""A clock explained line by line: what was counted, what was given back, and the running sum."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Clock
from lingzhi.cases.queries.ledgers import ledger_of, lines_of
from lingzhi.core.clock import now
from lingzhi_engine.clock import Line, NotPublished, Outcome, Verdict, explain


@dataclass(frozen=True, slots=True)
class Explained:
    """The lines and their sum in seconds; `unpublished_on` where a day is not known."""

    lines: tuple[Line, ...] = ()
    counted: int = 0
    unpublished_on: object = None
    has_calendar: bool = True
    verdicts: tuple["ShownVerdict", ...] = ()


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """One judgement of the ledger: in words, by which terms, and whether anybody could keep it."""

    verdict: Verdict
    words: str
    tone: str


WORDS = {
    Outcome.MET: (_("In time"), "good"),
    Outcome.LATE: (_("Too late"), "bad"),
    Outcome.CANCELLED: (_("Not needed any more"), "plain"),
    Outcome.REPLACED: (_("Other terms came before it was over"), "plain"),
}


def explained(clock: Clock) -> Explained:
    """What the clock counted until now, or until it ended."""
    try:
        ledger = ledger_of(clock, lines_of(clock))
        if ledger is None:
            return Explained(has_calendar=False)
        lines = explain(ledger, now())
    except NotPublished as problem:
        return Explained(unpublished_on=problem.day)
    verdicts = tuple(
        ShownVerdict(one, str(WORDS[one.outcome][0]), WORDS[one.outcome][1])
        for one in ledger.verdicts
    )
    return Explained(lines, lines[-1].counted if lines else 0, verdicts=verdicts)
