"""The questions about rules that sums are kept for: each rule, each group that can be asked."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries.asking import RuleFilters
from lingzhi.inspections.queries.holding import Holding
from lingzhi.inspections.queries.rules import Counting, judging_versions, rules_in_force
from lingzhi.org.models import Unit
from lingzhi.surveys.queries.voice import rules_by_dimension


@dataclass(frozen=True)
class InForce:
    """The rules in force, which of their versions count, and where.

    `shadows` are versions in shadow that are looked at besides: what they say counts for nobody.
    """

    versions: list[RuleVersion]
    counting: Counting
    holding: Holding
    shadows: tuple[RuleVersion, ...] = ()

    @classmethod
    def now(cls) -> "InForce":
        return cls(list(rules_in_force()), Counting.now(), Holding.now())

    @classmethod
    def with_shadows(cls) -> "InForce":
        shadows = judging_versions().filter(state=RuleVersion.State.SHADOW)
        return replace(cls.now(), shadows=tuple(shadows))


@dataclass(frozen=True)
class Columns:
    """One column a rule in force, one a version in shadow, one a group that can be asked for.

    Groups are by dimension, kind and severity (`RuleFilters`), and `voices`: the rules that speak
    of one dimension of surveys; the same rules are one column.
    """

    in_force: InForce
    voices: tuple[frozenset[str], ...] = ()

    @classmethod
    def now(cls) -> "Columns":
        return cls(InForce.with_shadows(), tuple(rules_by_dimension().values()))

    @property
    def versions(self) -> list[RuleVersion]:
        return self.in_force.versions

    @property
    def singles(self) -> list[RuleVersion]:
        """The versions with a column of their own, in the order of the columns."""
        return [*self.versions, *self.in_force.shadows]

    def __len__(self) -> int:
        return len(self.singles) + len(self._groups)

    def place(self, asked: RuleFilters) -> int | None:
        """The column that answers, None where no rule in force is asked about."""
        members = self._members(asked)
        if len(members) < 2:
            return members[0] if members else None
        return len(self.singles) + self._groups[members]

    def _members(self, asked: RuleFilters) -> tuple[int, ...]:
        return tuple(at for at, version in enumerate(self.versions) if asked.wants(version))

    @cached_property
    def _groups(self) -> dict[tuple[int, ...], int]:
        found: dict[tuple[int, ...], int] = {}
        for asked in self._askable():
            members = self._members(asked)
            if len(members) > 1:
                found.setdefault(members, len(found))
        return found

    def _askable(self) -> Iterator[RuleFilters]:
        dimensions = {"", *(version.dimension for version in self.versions)}
        severities, kinds = ["", *RuleVersion.Severity.values], ["", *RuleVersion.Kind.values]
        for dimension, severity, kind in product(sorted(dimensions), severities, kinds):
            yield RuleFilters(dimension=dimension, severity=severity, kind=kind)
        for codes in sorted(self.voices, key=sorted):
            yield RuleFilters(codes=codes)

    @cached_property
    def membership(self) -> npt.NDArray[np.float32]:
        """Single versions by groups: 1 where the version belongs to the group."""
        found = np.zeros((len(self.singles), len(self._groups)), np.float32)
        for members, at in self._groups.items():
            found[list(members), at] = 1
        return found

    @cached_property
    def meaning(self) -> str:
        """A digest of all that sums depend on beside the judgements themselves.

        Bindings hold for paths of units, so where there are any, moving a unit changes it, too.
        """
        rules = [(one.pk, one.kind, one.severity, one.dimension) for one in self.singles]
        bindings = sorted(self.in_force.holding.bindings.items())
        units = list(Unit.objects.order_by("pk").values_list("pk", "path")) if bindings else []
        voices = sorted(self._members(RuleFilters(codes=one)) for one in self.voices)
        rule_of = sorted(self.in_force.counting.rule_of.items())
        said = repr((rules, rule_of, bindings, units, voices))
        return hashlib.sha256(said.encode()).hexdigest()
