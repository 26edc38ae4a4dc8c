"""Rates of hits by rule, agent, team, channel or day, each with its exact interval.

`na` and `unknown` count neither as hit nor as miss. For a group of rules a conversation is a hit
if any of them hit, and was judged if any of them could be judged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from lingzhi.contacts.days import UNDATED
from lingzhi.contacts.queries import published
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries.asking import RuleFilters
from lingzhi.inspections.queries.tallies import Tallies, tallies_of
from lingzhi.inspections.queries.tallying import LETTERS, Key, Numbers
from lingzhi.inspections.queries.verdicts import HIT, MISS, NA, UNKNOWN, Letters
from lingzhi_engine.stats import Interval, clopper_pearson

ENOUGH = 30  # fewer judged conversations than this are too few to say anything


@dataclass(frozen=True, slots=True)
class Tally:
    """How many conversations hit, missed, did not apply or could not be judged."""

    hits: int = 0
    misses: int = 0
    na: int = 0
    unknown: int = 0

    @property
    def judged(self) -> int:
        return self.hits + self.misses

    @property
    def ratio(self) -> float | None:
        """Hits of judged, 0–1; None when nothing was judged."""
        return self.hits / self.judged if self.judged else None

    @property
    def interval(self) -> Interval | None:
        """The exact (Clopper–Pearson) 95 % interval of the ratio."""
        return clopper_pearson(self.hits, self.judged) if self.judged else None

    @property
    def low(self) -> float | None:
        """What the ratio is at least."""
        return self.interval.low if self.interval else None

    @property
    def high(self) -> float | None:
        """What the ratio is at most."""
        return self.interval.high if self.interval else None

    @property
    def is_enough(self) -> bool:
        """Whether the ratio may be shown as a statement about somebody."""
        return self.judged >= ENOUGH


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a result page: the key of its group (a RuleVersion for groups by rule)."""

    key: Any
    tally: Tally


def _day(key: Key) -> date | None:
    return None if key.day == UNDATED else key.day


GROUPINGS: dict[str, Callable[[Key], Any]] = {
    "agent": lambda key: key.agent_id,
    "unit": lambda key: key.unit_id,
    "channel": lambda key: key.channel_id,
    "day": _day,
}
EVERY_RULE = RuleFilters()
SEVERE = RuleFilters(kind=RuleVersion.Kind.VIOLATION, severity=RuleVersion.Severity.SEVERE)
SEVERE_SIGNALS = RuleFilters(kind=RuleVersion.Kind.SIGNAL, severity=RuleVersion.Severity.SEVERE)
VIOLATIONS = RuleFilters(kind=RuleVersion.Kind.VIOLATION)


def by_rule(tallies: Tallies, asked: RuleFilters = EVERY_RULE) -> list[Line]:
    """One line a rule that is asked about."""
    versions = tallies.columns.versions
    sums = tallies.numbers[:, : len(versions)].sum(axis=0, dtype=np.int64)
    return [
        Line(version, _tally(numbers))
        for version, numbers in zip(versions, sums, strict=True)
        if asked.wants(version)
    ]


def by_version(tallies: Tallies) -> dict[int, Tally]:
    """What each rule in force and each version in shadow said, by the id of the version."""
    versions = tallies.columns.singles
    sums = tallies.numbers[:, : len(versions)].sum(axis=0, dtype=np.int64)
    return {one.pk: _tally(numbers) for one, numbers in zip(versions, sums, strict=True)}


def number_of_hits() -> int:
    """How often any rule in force hit, in the latest judgement of every conversation."""
    return sum(line.tally.hits for line in by_rule(tallies_of(published())))


def by_group(tallies: Tallies, by: str, asked: RuleFilters = EVERY_RULE) -> list[Line]:
    """One line an agent, team, channel or day with judged conversations."""
    places: dict[Any, int] = {}
    codes = [places.setdefault(GROUPINGS[by](key), len(places)) for key in tallies.keys]
    sums = np.zeros((len(places), len(LETTERS)), np.int64)
    np.add.at(sums, np.array(codes, np.int64), tallies.asked(asked))
    return [Line(key, _tally(sums[at])) for key, at in places.items() if sums[at].any()]


def overall(tallies: Tallies, asked: RuleFilters = EVERY_RULE) -> Tally:
    """All conversations as one group."""
    return _tally(tallies.asked(asked).sum(axis=0, dtype=np.int64))


def _tally(numbers: Numbers) -> Tally:
    return Tally(*(int(number) for number in numbers))


def of_conversations(letters: Letters) -> Letters:
    """One letter a conversation: hit, else miss if any rule was judged, else unknown, else na."""
    found = np.full(len(letters), NA, np.uint8)
    for letter in (UNKNOWN, MISS, HIT):
        found[(letters == letter).any(axis=1)] = letter
    return found


def is_severe(version: RuleVersion) -> bool:
    """Whether a hit is a severe problem."""
    return SEVERE.wants(version)


def is_severe_signal(version: RuleVersion) -> bool:
    """Whether a hit is a severe risk that somebody must look at."""
    return SEVERE_SIGNALS.wants(version)


def share_unknown(tallies: Tallies) -> float | None:
    """Of all verdicts of rules that applied, the share that could not be given."""
    lines = by_rule(tallies)
    unknown = sum(line.tally.unknown for line in lines)
    concerned = unknown + sum(line.tally.judged for line in lines)
    return unknown / concerned if concerned else None
