"""What a clause demands of conversations, as versions of rules.

A clause that names rules is judged by whatever version of them was in force when a conversation
was judged. A clause with a list of words is judged by the versions with exactly these words, so
that a new list never moves what the old one said.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lingzhi.core.controls import Binding
from lingzhi.inspections.models import RuleVersion, Snapshot
from lingzhi.inspections.phrases import demand_of, demanded_in

PHRASES = "phrases."


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a snapshot; a credit is kept by a hit, anything else by a miss."""

    at: int
    is_credit: bool


@dataclass(frozen=True, slots=True)
class Demand:
    """The versions that judge a control: `{version id: (rule id, since when, is a credit)}`."""

    versions: Mapping[int, tuple[int, datetime, bool]]

    def columns(self, version_ids: Iterable[int]) -> tuple[Column, ...]:
        """The columns of a snapshot that count, one a rule.

        Of two versions of a rule the one that came into force first counts: the other was in
        shadow when this snapshot judged.
        """
        chosen: dict[int, tuple[datetime, int, bool]] = {}
        for at, version in enumerate(version_ids):
            if version in self.versions:
                rule, since, is_credit = self.versions[version]
                candidate = (since, at, is_credit)
                chosen[rule] = min(chosen.get(rule, candidate), candidate)
        return tuple(sorted((Column(at, credit) for _s, at, credit in chosen.values()), key=_at))

    def by_snapshot(self, snapshots: Mapping[int, list[int]]) -> dict[int, tuple[Column, ...]]:
        """Of `{snapshot id: version ids}` those in which any of the versions judged."""
        found = {pk: self.columns(ids) for pk, ids in snapshots.items()}
        return {pk: columns for pk, columns in found.items() if columns}

    @property
    def key(self) -> frozenset[int]:
        """The same for two demands that are judged by the same versions."""
        return frozenset(self.versions)


def _at(column: Column) -> int:
    return column.at


class DemandBook:
    """Every version that was ever in force and every snapshot, read once for many controls."""

    def __init__(self) -> None:
        rows = RuleVersion.objects.exclude(activated_at=None).select_related("rule")
        self._by_code: dict[str, list[RuleVersion]] = {}
        for version in rows:
            self._by_code.setdefault(version.rule.code, []).append(version)
        self.snapshots = dict(Snapshot.objects.order_by("pk").values_list("pk", "version_ids"))

    def demand(self, binding: Binding) -> Demand:
        """What `binding` demands; without versions where nothing judges it yet."""
        if binding.kind == "phrases":
            return _of(self._saying(binding.values))
        return self.of_rules(binding.values.get("rules", ()))

    def of_rules(self, codes: Collection[str]) -> Demand:
        """The demand of a clause that names these rules."""
        return _of(version for code in codes for version in self._by_code.get(code, ()))

    def _saying(self, values: Mapping[str, Any]) -> Iterable[RuleVersion]:
        wanted = demand_of(values)
        for code, versions in self._by_code.items():
            if code.startswith(PHRASES):
                yield from (one for one in versions if demanded_in(one.body) == wanted)


def _of(versions: Iterable[RuleVersion]) -> Demand:
    found = {}
    for version in versions:
        if version.activated_at is not None:
            is_credit = version.kind == RuleVersion.Kind.CREDIT
            found[version.pk] = (version.rule_id, version.activated_at, is_credit)
    return Demand(found)
