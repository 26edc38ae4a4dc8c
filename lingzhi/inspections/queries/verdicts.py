"""The verdicts of many conversations as one matrix of letters.

The letters of all latest judgements, whatever snapshot they are of, are brought to the same
columns: one a rule in force. A rule that did not judge a conversation has the letter `-` there;
so has a rule that a clause brought in where no such clause holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Inspection, RuleVersion, Snapshot
from lingzhi.inspections.queries.columns import InForce
from lingzhi.inspections.queries.holding import PLACE, Holding, Places

Letters = npt.NDArray[np.uint8]
HIT, MISS, NA, UNKNOWN, ABSENT = (ord(letter) for letter in "hmnu-")


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


def verdicts_of(
    contacts: QuerySet[Contact], keys: tuple[str, ...] = (), in_force: InForce | None = None
) -> Verdicts:
    """The latest verdicts of every rule in force on `contacts`, as far as they were judged.

    The versions in shadow that `in_force` looks at have the last columns.
    """
    in_force = in_force or InForce.now()
    counting, holding = in_force.counting, in_force.holding
    place = {version.rule_id: at for at, version in enumerate(in_force.versions)}
    versions = [*in_force.versions, *in_force.shadows]
    shadows = {one.pk: at for at, one in enumerate(versions) if one in in_force.shadows}
    asked = (*keys, *PLACE) if holding.bindings else keys
    parts = [np.empty((0, len(versions)), np.uint8)]
    columns: dict[str, list[Any]] = {key: [] for key in keys}
    for snapshot, judged, values in latest_letters(contacts, asked):
        counted = counting.of(snapshot.version_ids)
        letters = _where_they_hold(judged, snapshot, holding, values[len(keys) :])
        aligned = np.full((len(letters), len(versions)), ABSENT, np.uint8)
        aligned[:, [place[rule] for rule in counted]] = letters[:, list(counted.values())]
        for at, version in enumerate(snapshot.version_ids):
            if version in shadows:
                aligned[:, shadows[version]] = judged[:, at]
        parts.append(aligned)
        for key, several in zip(keys, values[: len(keys)], strict=True):
            columns[key].extend(several)
    return Verdicts(versions, np.concatenate(parts), columns)


def _where_they_hold(
    letters: Letters, snapshot: Snapshot, holding: Holding, columns: list[Any]
) -> Letters:
    """The letters without those of clauses' rules where no clause asks for them."""
    concerned = [at for at, version in enumerate(snapshot.version_ids) if version in holding]
    if not concerned:
        return letters
    places, found = Places.of(*columns), letters.copy()
    for at in concerned:
        found[~holding.mask(snapshot.version_ids[at], places), at] = ABSENT
    return found


def latest_letters(
    contacts: QuerySet[Contact], keys: tuple[str, ...] = ()
) -> Iterator[tuple[Snapshot, Letters, list[tuple[Any, ...]]]]:
    """For each snapshot the latest letters, one row a conversation, and the values of `keys`."""
    rows = (
        Inspection.objects.filter(is_latest=True, contact__in=contacts.order_by())
        .order_by()
        .values_list("snapshot_id", "verdicts", *keys)
    )
    grouped: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows.iterator(chunk_size=5000):
        grouped.setdefault(row[0], []).append(row)
    snapshots = Snapshot.objects.in_bulk(list(grouped))
    for key, several in grouped.items():
        _ids, lines, *values = zip(*several, strict=True)
        whole = np.frombuffer("".join(lines).encode("ascii"), np.uint8)
        yield snapshots[key], whole.reshape(len(lines), -1), values
