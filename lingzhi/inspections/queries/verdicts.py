"""The verdicts of many conversations as one matrix of letters.

The letters of all latest judgements, whatever snapshot they are of, are brought to the same
columns: one a rule in force. A rule that did not judge a conversation has the letter `-` there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Inspection, RuleVersion, Snapshot
from lingzhi.inspections.queries.rules import Counting, rules_in_force

Letters = npt.NDArray[np.uint8]
HIT, MISS, NA, UNKNOWN, ABSENT = (ord(letter) for letter in "hmnu-")
KEYS = ("contact__agent_id", "contact__unit_id", "contact__channel_id", "contact__started_at")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """`letters[i, j]` is what rule `versions[j]` says about conversation i.

    `keys` has, for each of the columns asked for, one value a conversation.
    """

    versions: list[RuleVersion]
    letters: Letters
    keys: dict[str, list[Any]]

    def __len__(self) -> int:
        return len(self.letters)

    def narrowed(self, wanted: Callable[[RuleVersion], bool]) -> "Verdicts":
        """Only the rules that are wanted."""
        kept = [at for at, version in enumerate(self.versions) if wanted(version)]
        return Verdicts([self.versions[at] for at in kept], self.letters[:, kept], self.keys)


def verdicts_of(contacts: QuerySet[Contact], keys: tuple[str, ...] = ()) -> Verdicts:
    """The latest verdicts of every rule in force on `contacts`, as far as they were judged."""
    versions = list(rules_in_force())
    place = {version.rule_id: at for at, version in enumerate(versions)}
    counting = Counting.now()
    parts: list[Letters] = []
    columns: dict[str, list[Any]] = {key: [] for key in keys}
    for snapshot, (lines, values) in _by_snapshot(contacts, keys).items():
        counted = counting.of(snapshot.version_ids)
        moved = {column: place[rule] for rule, column in counted.items()}
        parts.append(_aligned(lines, moved, len(versions)))
        for key, several in zip(keys, values, strict=True):
            columns[key].extend(several)
    empty = np.empty((0, len(versions)), np.uint8)
    return Verdicts(versions, np.concatenate(parts) if parts else empty, columns)


def _by_snapshot(
    contacts: QuerySet[Contact], keys: tuple[str, ...]
) -> dict[Snapshot, tuple[list[str], list[tuple[Any, ...]]]]:
    rows = (
        Inspection.objects.filter(is_latest=True, contact__in=contacts.order_by())
        .order_by()
        .values_list("snapshot_id", "verdicts", *keys)
    )
    grouped: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows.iterator(chunk_size=5000):
        grouped.setdefault(row[0], []).append(row)
    snapshots = Snapshot.objects.in_bulk(list(grouped))
    return {
        snapshots[key]: (list(lines), values)
        for key, several in grouped.items()
        for _ids, lines, *values in [list(zip(*several, strict=True))]
    }


def _aligned(lines: list[str], place: dict[int, int], width: int) -> Letters:
    """The letters of one snapshot, column `key` of it in the column `place[key]`."""
    whole = np.frombuffer("".join(lines).encode("ascii"), np.uint8).reshape(len(lines), -1)
    aligned = np.full((len(lines), width), ABSENT, np.uint8)
    aligned[:, list(place.values())] = whole[:, list(place)]
    return aligned
