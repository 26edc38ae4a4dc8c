"""What a change of rules changes: how verdicts move, for whom, and samples to look at.

Differences of parts of an archive merge into the difference of the whole, in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from .logic import CODE, VERDICTS
from .model import Evidence, Finding, Verdict

SAMPLES = 20
MOST_EVIDENCE = 10  # pieces kept for one finding of a sample
Counts = npt.NDArray[np.int64]
WAYS = len(VERDICTS) ** 2
NO_WAYS = np.zeros(WAYS, np.int64)


class Kind(StrEnum):
    """How a verdict changed: a hit came, a hit went, or something changed without a hit."""

    GAINED = "gained"
    LOST = "lost"
    OTHER = "other"


def way(before: Verdict, after: Verdict) -> int:
    """The place of a pair of verdicts among the sixteen."""
    return len(VERDICTS) * CODE[before] + CODE[after]


def kind_of(before: Verdict, after: Verdict) -> Kind | None:
    """The kind of change, ``None`` where there is none."""
    if before == after:
        return None
    if Verdict.HIT in (before, after):
        return Kind.GAINED if after == Verdict.HIT else Kind.LOST
    return Kind.OTHER


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """How many conversations went from which verdict to which: ``counts[way(before, after)]``."""

    counts: Counts

    def number(self, before: Verdict, after: Verdict) -> int:
        """How many went from ``before`` to ``after``."""
        return int(self.counts[way(before, after)])

    def before(self, *verdicts: Verdict) -> int:
        """How many had one of these verdicts before."""
        table = self.counts.reshape(len(VERDICTS), -1)
        return int(table[[CODE[one] for one in verdicts]].sum())

    def after(self, *verdicts: Verdict) -> int:
        """How many have one of these verdicts afterwards."""
        table = self.counts.reshape(len(VERDICTS), -1)
        return int(table[:, [CODE[one] for one in verdicts]].sum())

    def changed(self, kind: Kind) -> int:
        """How many changed in this way."""
        return sum(
            self.number(before, after)
            for before in VERDICTS
            for after in VERDICTS
            if kind_of(before, after) == kind
        )

    def as_json(self) -> dict[str, dict[str, int]]:
        """``{before: {after: number}}`` without zeros."""
        found = {
            before.value: {
                after.value: number for after in VERDICTS if (number := self.number(before, after))
            }
            for before in VERDICTS
        }
        return {before: row for before, row in found.items() if row}


def counts_of(stored: Mapping[str, Mapping[str, int]]) -> Counts:
    """The counts that ``Pairs.as_json`` wrote."""
    counts = NO_WAYS.copy()
    for before, row in stored.items():
        for after, number in row.items():
            counts[way(Verdict(before), Verdict(after))] = number
    return counts


@dataclass(frozen=True, slots=True)
class Sample:
    """A conversation whose verdict changed; ``None`` for the side that lacks the rule."""

    rank: int
    conversation: str
    before: Finding | None
    after: Finding | None


def rank(rule: str, conversation: str) -> int:
    """The same for the same rule and conversation, and by nothing foreseen: small ones are kept."""
    digest = blake2b(f"{rule}\0{conversation}".encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest())


def kept(samples: Iterable[Sample], most: int) -> tuple[Sample, ...]:
    """The ``most`` samples of the smallest ranks, in their order."""
    known = {one.conversation: one for one in samples}
    return tuple(sorted(known.values(), key=_by_rank)[:most])


def _by_rank(sample: Sample) -> tuple[int, str]:
    return sample.rank, sample.conversation


@dataclass(frozen=True, slots=True)
class Compared:
    """A rule and its versions on both sides; ``None`` where a side lacks it."""

    rule: str
    before_version: int | None
    after_version: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Counts by rule and member of a group; "" is a member nobody knows."""

    names: tuple[str, ...]
    counts: Counts  # rules × names × ways

    def merged(self, other: Groups) -> Groups:
        """The sums of both."""
        names = tuple(sorted({*self.names, *other.names}))
        place = {name: at for at, name in enumerate(names)}
        counts = np.zeros((len(self.counts), len(names), WAYS), np.int64)
        for one in (self, other):
            counts[:, [place[name] for name in one.names]] += one.counts
        return Groups(names, counts)


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """What changes about one rule: in all, by member of each group, and samples."""

    compared: Compared
    pairs: Pairs
    groups: Mapping[str, Mapping[str, Pairs]]
    samples: Mapping[Kind, tuple[Sample, ...]]

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "rule": self.compared.rule,
            "before_version": self.compared.before_version,
            "after_version": self.compared.after_version,
            "gained": self.pairs.changed(Kind.GAINED),
            "lost": self.pairs.changed(Kind.LOST),
            "pairs": self.pairs.as_json(),
            "groups": {
                group: {name: pairs.as_json() for name, pairs in members.items()}
                for group, members in self.groups.items()
            },
            "samples": {
                kind.value: [_sample_as_json(one) for one in several]
                for kind, several in self.samples.items()
            },
        }


Suspended = tuple[str, str, str, str]  # before | after, rule, condition, what happened


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What changes when one rule set takes the place of another, over some conversations.

    A rule that a side lacks applies to nothing there: its verdict is ``na``. ``suspended`` names
    the conditions of either side that cost too much, and are unknown for that.
    """

    compared: tuple[Compared, ...]
    conversations: int
    counts: Counts  # rules × ways
    groups: Mapping[str, Groups]
    samples: Mapping[tuple[int, Kind], tuple[Sample, ...]]
    suspended: frozenset[Suspended] = field(default_factory=frozenset)
    most: int = SAMPLES

    def merged(self, other: Difference) -> Difference:
        """The difference over the conversations of both. Raises ``ValueError`` for other rules."""
        if self.compared != other.compared:
            raise ValueError("differences of other rules do not add up")
        return Difference(
            self.compared,
            self.conversations + other.conversations,
            self.counts + other.counts,
            {name: self.groups[name].merged(other.groups[name]) for name in self.groups},
            {
                key: kept((*self.samples.get(key, ()), *other.samples.get(key, ())), self.most)
                for key in sorted({*self.samples, *other.samples})
            },
            self.suspended | other.suspended,
            self.most,
        )

    def __iter__(self) -> Iterator[RuleDifference]:
        """Each rule, those of the later set first, in the order of their sets."""
        for number, compared in enumerate(self.compared):
            yield RuleDifference(
                compared,
                Pairs(self.counts[number]),
                {name: _members(group, number) for name, group in self.groups.items()},
                {kind: self.samples.get((number, kind), ()) for kind in Kind},
            )

    def as_json(self) -> dict[str, Any]:
        """Plain data, from which ``from_json`` makes the difference again."""
        return {
            "conversations": self.conversations,
            "most": self.most,
            "suspended": sorted(map(list, self.suspended)),
            "rules": [one.as_json() for one in self],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Difference:
        """The difference that ``as_json`` wrote."""
        rules = stored["rules"]
        names = list(rules[0]["groups"]) if rules else []
        return cls(
            tuple(Compared(r["rule"], r["before_version"], r["after_version"]) for r in rules),
            stored["conversations"],
            np.array([counts_of(r["pairs"]) for r in rules], np.int64).reshape(-1, WAYS),
            {name: _groups([r["groups"][name] for r in rules]) for name in names},
            {
                (number, Kind(kind)): tuple(_sample(rule["rule"], one) for one in several)
                for number, rule in enumerate(rules)
                for kind, several in rule["samples"].items()
                if several
            },
            frozenset(
                (side, rule, name, detail) for side, rule, name, detail in stored["suspended"]
            ),
            stored["most"],
        )


def _members(group: Groups, number: int) -> dict[str, Pairs]:
    rows = group.counts[number]
    return {
        name: Pairs(row) for name, row in zip(group.names, rows, strict=True) if bool(row.any())
    }


def _groups(rows: Sequence[Mapping[str, Any]]) -> Groups:
    names = tuple(sorted({name for row in rows for name in row}))
    place = {name: at for at, name in enumerate(names)}
    counts = np.zeros((len(rows), len(names), WAYS), np.int64)
    for number, row in enumerate(rows):
        for name, pairs in row.items():
            counts[number, place[name]] = counts_of(pairs)
    return Groups(names, counts)


_PLACED = ("turn", "start", "end", "value", "threshold", "confidence", "reason", "detail")


def _sample_as_json(sample: Sample) -> dict[str, Any]:
    return {
        "conversation": sample.conversation,
        "before": _finding_as_json(sample.before),
        "after": _finding_as_json(sample.after),
    }


def _finding_as_json(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    pieces = finding.evidence[:MOST_EVIDENCE]
    found = {
        "version": finding.version,
        "verdict": finding.verdict.value,
        "reason": finding.reason,
        "detail": finding.detail,
        "evidence": [_known({n: getattr(one, n) for n in _PLACED}) for one in pieces],
    }
    return _known(found)


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [])}


def _sample(rule: str, stored: Mapping[str, Any]) -> Sample:
    name = stored["conversation"]
    sides = (_finding(rule, name, stored[side]) for side in ("before", "after"))
    return Sample(rank(rule, name), name, *sides)


def _finding(rule: str, conversation: str, stored: Mapping[str, Any] | None) -> Finding | None:
    if stored is None:
        return None
    return Finding(
        conversation,
        rule,
        stored["version"],
        Verdict(stored["verdict"]),
        tuple(Evidence(**one) for one in stored.get("evidence", ())),
        stored.get("reason"),
        stored.get("detail"),
    )
