"""What if another calendar or limit had held: which clocks would stand otherwise."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lingzhi_engine.clock.calendar import NotPublished
from lingzhi_engine.clock.events import Event, Rule, RuleChanged
from lingzhi_engine.clock.ledger import Ledger
from lingzhi_engine.clock.replay import replay


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: its first rule and its events; `key` is for the caller to know it by."""

    key: Hashable
    rule: Rule
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Compared:
    """A clock as it is and as it would be; None where the calendar is not published so far."""

    key: Hashable
    as_is: Ledger | None
    as_if: Ledger | None

    @property
    def flips(self) -> bool:
        """Whether it stands otherwise: met, late, running, paused, cancelled, or unknown."""
        outcomes = [ledger and ledger.outcome for ledger in (self.as_is, self.as_if)]
        return outcomes[0] != outcomes[1]


def what_if(
    clocks: Iterable[Clock], change: Callable[[Rule], Rule], until: datetime
) -> Iterator[Compared]:
    """Every clock at `until`, by its own rules and by those that `change` makes of them."""
    for clock in clocks:
        events = [_changed(event, change) for event in clock.events]
        as_is = _ledger(clock.rule, clock.events, until)
        yield Compared(clock.key, as_is, _ledger(change(clock.rule), events, until))


def _changed(event: Event, change: Callable[[Rule], Rule]) -> Event:
    return replace(event, rule=change(event.rule)) if isinstance(event, RuleChanged) else event


def _ledger(rule: Rule, events: Sequence[Event], until: datetime) -> Ledger | None:
    try:
        return replay(rule, events, until)
    except NotPublished:
        return None
