"""The verdicts that count for the figures of a day: each by the version of its rule of that day.

Results show the latest judgement. A figure of a past day must not move when a rule changes, or
when old conversations are judged by it again, so for each conversation counts, of every rule,
* of the versions that a clause brought in: where and while the clause holds, whatever came later;
* of the others: the version that was in force when the conversation began. Where that one did not
  judge it, because it came in late, the latest judgement counts.
Before the first version of a rule in force a conversation is looked back at: there, too, the
latest judgement counts. A clause is not looked back from.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Inspection, RuleVersion, Snapshot
from lingzhi.inspections.queries.holding import PLACE, Holding, Mask, Places
from lingzhi.inspections.queries.verdicts import ABSENT, Letters, Verdicts

Moments = npt.NDArray[np.float64]  # seconds since 1970; NaN where the time is not known
Masks = dict[int, Mask]  # for each version of which conversations it counts
Wanted = Callable[[RuleVersion], bool]


@dataclass(frozen=True, slots=True)
class _Read:
    """Every judgement of some conversations: for each snapshot the conversations and letters."""

    moments: Moments
    places: Places
    keys: dict[str, list[Any]]
    judged: list[tuple[list[int], npt.NDArray[np.int64], Letters]]  # version ids, rows, letters


def verdicts_of_their_day(
    contacts: QuerySet[Contact], keys: tuple[str, ...], wanted: Wanted
) -> Verdicts:
    """The verdicts on `contacts` of the wanted versions, one column a rule that ever counted."""
    rules = _rules(wanted)
    versions = {version.pk: version for several in rules.values() for version in several}
    read = _read(contacts, keys)
    column = {rule: at for at, rule in enumerate(rules)}
    found = np.full((len(read.moments), len(rules)), ABSENT, np.uint8)
    for masks in _masks(rules, read):
        for ids, rows, letters in read.judged:
            for at in [at for at, pk in enumerate(ids) if pk in masks]:
                version = versions[ids[at]]
                counts = masks[version.pk][rows]
                said = letters[counts, at] if wanted(version) else ABSENT
                found[rows[counts], column[version.rule_id]] = said
    return Verdicts([several[-1] for several in rules.values()], found, read.keys)


def _rules(wanted: Wanted) -> dict[int, list[RuleVersion]]:
    """The rules any of whose versions is wanted, each with all that were ever in force."""
    rows = RuleVersion.objects.exclude(activated_at=None).select_related("rule")
    found: dict[int, list[RuleVersion]] = defaultdict(list)
    for version in rows.order_by("rule__code", "number"):
        found[version.rule_id].append(version)
    return {rule: several for rule, several in found.items() if any(map(wanted, several))}


def _read(contacts: QuerySet[Contact], keys: tuple[str, ...]) -> _Read:
    rows = Inspection.objects.filter(contact__in=contacts.order_by()).order_by("snapshot_id", "pk")
    at_of: dict[int, int] = {}
    columns: list[tuple[Any, ...]] = []
    grouped: dict[int, tuple[list[int], list[str]]] = defaultdict(lambda: ([], []))
    asked = rows.values_list("snapshot_id", "contact_id", "verdicts", *PLACE, *keys)
    for snapshot, contact, verdicts, *values in asked.iterator(chunk_size=5000):
        if contact not in at_of:
            at_of[contact] = len(at_of)
            columns.append(tuple(values))
        places, lines = grouped[snapshot]
        places.append(at_of[contact])
        lines.append(verdicts)
    ids = dict(Snapshot.objects.filter(pk__in=grouped).values_list("pk", "version_ids"))
    judged = [(ids[pk], *_matrix(*several)) for pk, several in grouped.items()]
    by_column = list(zip(*columns, strict=True)) or [()] * (len(PLACE) + len(keys))
    return _Read(
        _moments(by_column[0]),
        Places.of(*by_column[: len(PLACE)]),
        {key: list(one) for key, one in zip(keys, by_column[len(PLACE) :], strict=True)},
        judged,
    )


def _moments(starts: Iterable[datetime | None]) -> Moments:
    return np.array([at.timestamp() if at else np.nan for at in starts], np.float64)


def _matrix(rows: list[int], lines: list[str]) -> tuple[npt.NDArray[np.int64], Letters]:
    whole = np.frombuffer("".join(lines).encode("ascii"), np.uint8)
    return np.array(rows, np.int64), whole.reshape(len(lines), -1)


def _masks(rules: Mapping[int, list[RuleVersion]], read: _Read) -> tuple[Masks, Masks]:
    """Of which conversations each version counts: if nothing better judged them, and first."""
    holding = Holding.now()
    otherwise: Masks = {}
    properly: Masks = {}
    for versions in rules.values():
        masks = {version.pk: _mask(version, holding, read) for version in versions}
        somehow = _looked_back(versions, holding, read.moments)
        for mask in masks.values():
            somehow = somehow | mask
        properly |= masks
        otherwise |= {pk: somehow for pk in masks if pk not in holding}
    return otherwise, properly


def _mask(version: RuleVersion, holding: Holding, read: _Read) -> Mask:
    if version.pk in holding:
        return holding.mask(version.pk, read.places)
    return _in_force(version, read.moments)


def _in_force(version: RuleVersion, moments: Moments) -> Mask:
    """What began while a version was in force."""
    since, until = version.activated_at, version.retired_at
    begun = np.zeros(len(moments), bool) if since is None else moments >= since.timestamp()
    return begun if until is None else begun & (moments < until.timestamp())


def _looked_back(versions: list[RuleVersion], holding: Holding, moments: Moments) -> Mask:
    """What began before the first version of a rule in force, or nobody knows when."""
    first = min(versions, key=lambda one: (one.activated_at, one.number))
    is_in_force = any(one.state == RuleVersion.State.ACTIVE for one in versions)
    if not is_in_force or first.pk in holding or first.activated_at is None:
        return np.zeros(len(moments), bool)
    return ~(moments >= first.activated_at.timestamp())
