"""Rates of hits by rule, agent, team, channel or day, each with its exact interval.

The verdict letters of all judgements become one byte matrix per snapshot; groups are counted with
NumPy. `na` and `unknown` count neither as hit nor as miss.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone
from lingzhi_engine.stats import Interval, clopper_pearson

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Inspection, RuleVersion, Snapshot

ENOUGH = 30
HIT, MISS, NA, UNKNOWN = (ord(letter) for letter in "hmnu")


@dataclass(slots=True)
class Tally:
    """How often one or more rules hit, missed, did not apply or could not be judged."""

    hits: int = 0
    misses: int = 0
    na: int = 0
    unknown: int = 0

    def __iadd__(self, other: "Tally") -> "Tally":
        self.hits += other.hits
        self.misses += other.misses
        self.na += other.na
        self.unknown += other.unknown
        return self

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
    def is_enough(self) -> bool:
        """Whether the ratio may be shown as a statement about somebody."""
        return self.judged >= ENOUGH


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a result page: the key of its group, or the version for groups by rule."""

    key: Any
    tally: Tally
    contacts: int


def _day(started_at: datetime | None) -> date | None:
    return timezone.localdate(started_at) if started_at else None


# name: (the column read, what the group is)
GROUPINGS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "agent": ("contact__agent_id", lambda value: value),
    "unit": ("contact__unit_id", lambda value: value),
    "channel": ("contact__channel_id", lambda value: value),
    "day": ("contact__started_at", _day),
}


def result_lines(
    contacts: QuerySet[Contact], *, by: str, versions: set[int] | None = None
) -> list[Line]:
    """Lines of the latest judgements of `contacts`, by `rule` or one of GROUPINGS.

    `versions` narrows to some rule versions; None means every active one.
    """
    wanted = versions if versions is not None else _active()
    matrices = _matrices(contacts, by)
    if by == "rule":
        return _by_rule(matrices, wanted)
    return _by_group(matrices, wanted, GROUPINGS[by][1])


def _active() -> set[int]:
    active = RuleVersion.objects.filter(state=RuleVersion.State.ACTIVE)
    return set(active.values_list("pk", flat=True))


type_of_matrix = tuple[list[int], np.ndarray, list[Any]]


def _matrices(contacts: QuerySet[Contact], by: str) -> list[type_of_matrix]:
    """For each snapshot its versions, the verdict letters (conversations × versions), and keys."""
    column = GROUPINGS[by][0] if by in GROUPINGS else "contact_id"
    rows = (
        Inspection.objects.filter(is_latest=True, contact__in=contacts.order_by())
        .order_by()
        .values_list("snapshot_id", "verdicts", column)
    )
    letters: dict[int, list[str]] = defaultdict(list)
    keys: dict[int, list[Any]] = defaultdict(list)
    for snapshot, verdicts, key in rows.iterator(chunk_size=5000):
        letters[snapshot].append(verdicts)
        keys[snapshot].append(key)
    snapshots = Snapshot.objects.in_bulk(list(letters))
    return [
        (
            snapshots[key].version_ids,
            np.frombuffer("".join(lines).encode(), np.uint8).reshape(len(lines), -1),
            keys[key],
        )
        for key, lines in letters.items()
    ]


def _tally(letters: np.ndarray) -> Tally:
    counts = np.bincount(letters.ravel(), minlength=128)
    return Tally(*(int(counts[letter]) for letter in (HIT, MISS, NA, UNKNOWN)))


def _by_rule(matrices: list[type_of_matrix], wanted: set[int]) -> list[Line]:
    tallies: dict[int, Tally] = defaultdict(Tally)
    contacts: dict[int, int] = defaultdict(int)
    for version_ids, letters, _keys in matrices:
        for at, version in enumerate(version_ids):
            if version in wanted:
                tallies[version] += _tally(letters[:, at])
                contacts[version] += len(letters)
    versions = RuleVersion.objects.select_related("rule").in_bulk(list(tallies))
    return [Line(versions[key], tally, contacts[key]) for key, tally in tallies.items()]


def _by_group(
    matrices: list[type_of_matrix], wanted: set[int], group: Callable[[Any], Any]
) -> list[Line]:
    """Conversations in which at least one wanted rule hit, of those in which any was judged."""
    tallies: dict[Any, Tally] = defaultdict(Tally)
    for version_ids, letters, keys in matrices:
        columns = [at for at, version in enumerate(version_ids) if version in wanted]
        if not columns:
            continue
        verdicts = _of_conversations(letters[:, columns])
        groups, places = np.unique(np.array([str(group(key)) for key in keys]), return_inverse=True)
        originals = {str(group(key)): group(key) for key in keys}
        for at, name in enumerate(groups):
            tallies[originals[str(name)]] += _tally(verdicts[places == at])
    return [
        Line(key, tally, tally.judged + tally.na + tally.unknown) for key, tally in tallies.items()
    ]


def _of_conversations(letters: np.ndarray) -> np.ndarray:
    """One letter each: hit if any rule hit, else unknown if any is, else miss, else na."""
    verdicts = np.full(len(letters), NA, np.uint8)
    for letter in (MISS, UNKNOWN, HIT):
        verdicts[(letters == letter).any(axis=1)] = letter
    return verdicts
