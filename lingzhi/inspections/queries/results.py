"""Rates of hits by rule, agent, team, channel or day, each with its exact interval.

`na` and `unknown` count neither as hit nor as miss. For a group of rules a conversation is a hit
if any of them hit, and was judged if any of them could be judged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from lingzhi.contacts.queries import published
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries.verdicts import (
    HIT,
    MISS,
    NA,
    UNKNOWN,
    Letters,
    Verdicts,
    verdicts_of,
)
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


def _day(started_at: datetime | None) -> date | None:
    return timezone.localdate(started_at) if started_at else None


def _same(value: Any) -> Any:
    return value


# name: (the column read, what the group is)
GROUPINGS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "agent": ("contact__agent_id", _same),
    "unit": ("contact__unit_id", _same),
    "channel": ("contact__channel_id", _same),
    "day": ("contact__started_at", _day),
}


def by_rule(verdicts: Verdicts) -> list[Line]:
    """One line a rule."""
    counts = [
        (verdicts.letters == letter).sum(axis=0).tolist() for letter in (HIT, MISS, NA, UNKNOWN)
    ]
    return [
        Line(version, Tally(*several))
        for version, *several in zip(verdicts.versions, *counts, strict=True)
    ]


def number_of_hits() -> int:
    """How often any rule in force hit, in the latest judgement of every conversation."""
    return sum(line.tally.hits for line in by_rule(verdicts_of(published())))


def by_group(verdicts: Verdicts, by: str) -> list[Line]:
    """One line an agent, team, channel or day; `verdicts` must have been read with its column."""
    column, group = GROUPINGS[by]
    places: dict[Any, int] = {}
    codes = np.array(
        [places.setdefault(group(key), len(places)) for key in verdicts.keys[column]], np.int64
    )
    tallies = _tallies(of_conversations(verdicts.letters), codes, len(places))
    return [Line(key, tallies[at]) for key, at in places.items()]


def overall(verdicts: Verdicts) -> Tally:
    """All conversations as one group."""
    one_group = np.zeros(len(verdicts), np.int64)
    return _tallies(of_conversations(verdicts.letters), one_group, 1)[0]


def _tallies(letters: Letters, codes: npt.NDArray[np.int64], groups: int) -> list[Tally]:
    counts = [
        np.bincount(codes[letters == letter], minlength=groups).tolist()
        for letter in (HIT, MISS, NA, UNKNOWN)
    ]
    return [Tally(*several) for several in zip(*counts, strict=True)]


def of_conversations(letters: Letters) -> Letters:
    """One letter a conversation: hit, else miss if any rule was judged, else unknown, else na."""
    found = np.full(len(letters), NA, np.uint8)
    for letter in (UNKNOWN, MISS, HIT):
        found[(letters == letter).any(axis=1)] = letter
    return found


def is_severe(version: RuleVersion) -> bool:
    """Whether a hit is a severe problem."""
    return (
        version.severity == RuleVersion.Severity.SEVERE
        and version.kind == RuleVersion.Kind.VIOLATION
    )


def is_severe_signal(version: RuleVersion) -> bool:
    """Whether a hit is a severe risk that somebody must look at."""
    return (
        version.severity == RuleVersion.Severity.SEVERE and version.kind == RuleVersion.Kind.SIGNAL
    )


def share_unknown(verdicts: Verdicts) -> float | None:
    """Of all verdicts of rules that applied, the share that could not be given."""
    counts = np.bincount(verdicts.letters.ravel(), minlength=128)
    concerned = int(counts[HIT] + counts[MISS] + counts[UNKNOWN])
    return int(counts[UNKNOWN]) / concerned if concerned else None
