"""Two rule sets over the same conversations: what would change (回测)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .batch import Batch
from .difference import (
    SAMPLES,
    WAYS,
    Compared,
    Counts,
    Difference,
    Groups,
    Kind,
    Sample,
    Suspended,
    kept,
    kind_of,
    rank,
)
from .findings import Findings
from .logic import NA, VERDICTS
from .meaning.asking import Asking
from .model import Finding, RuleSet
from .plan import Plan, compile

SIDES = ("before", "after")
Cell = tuple[int, int]  # the number of the rule, and of the conversation
Members = Mapping[str, Sequence[str | None]]
_KIND_OF_WAY = [kind_of(before, after) for before in VERDICTS for after in VERDICTS]


def backtest(
    before: RuleSet, after: RuleSet, batches: Iterable[Batch], *, samples: int = SAMPLES
) -> Difference:
    """What changes over ``batches`` when ``after`` takes the place of ``before``.

    Rules are compared by their id. The order of the batches, and where one ends and the next
    begins, make no difference. ``samples`` conversations are kept for each rule and kind of change.
    """
    comparison = Comparison(before, after, samples=samples)
    found = map(comparison.of, batches)
    return reduce(Difference.merged, found, comparison.of(Batch.from_conversations(())))


class Comparison:
    """Two rule sets made ready to be compared batch by batch."""

    def __init__(
        self,
        before: RuleSet,
        after: RuleSet,
        *,
        samples: int = SAMPLES,
        cache: Path | None = None,
    ) -> None:
        self.plans = (compile(before, cache=cache), compile(after, cache=cache))
        self.most = samples
        places = [{rule.id: at for at, rule in enumerate(plan.rules)} for plan in self.plans]
        ids = [*places[1], *(one for one in places[0] if one not in places[1])]
        self._places = [[place.get(one, -1) for one in ids] for place in places]
        self.compared = tuple(
            Compared(one, *(_version(plan, one) for plan in self.plans)) for one in ids
        )

    def of(
        self, batch: Batch, members: Members | None = None, *, asking: Asking | None = None
    ) -> Difference:
        """What changes over one batch.

        ``members`` gives, for each group by its name, the member each conversation belongs to;
        without it the groups are ``agent`` and ``team`` as the conversations name them. ``asking``
        are the models that rules may ask; both sides share their budget and their answers.
        """
        findings = [plan.run(batch, asking=asking) for plan in self.plans]
        states = [self._states(side, findings[side], batch) for side in range(len(SIDES))]
        ways = states[0] * len(VERDICTS) + states[1]
        given = _agents_and_teams(batch) if members is None else members
        return Difference(
            self.compared,
            len(batch),
            _counted(ways),
            {name: _grouped(ways, several) for name, several in given.items()},
            self._samples(ways, findings, batch.conversations["id"].to_pylist()),
            self._suspended(),
            self.most,
        )

    def _states(self, side: int, findings: Findings, batch: Batch) -> Counts:
        """The verdict of each rule on each conversation, by its code."""
        found = np.full((len(self.compared), len(batch)), NA, np.int64)
        there = [number for number, at in enumerate(self._places[side]) if at >= 0]
        found[there] = findings.states()[[self._places[side][number] for number in there]]
        return found

    def _samples(
        self, ways: Counts, findings: Sequence[Findings], ids: Sequence[str]
    ) -> dict[tuple[int, Kind], tuple[Sample, ...]]:
        chosen = {
            (rule, kind): self._chosen(rule, np.flatnonzero(_is(kind)[row]), ids)
            for rule, row in enumerate(ways)
            for kind in Kind
        }
        cells = [(rule, at) for (rule, _kind), several in chosen.items() for at in several]
        sides = [self._findings(side, findings[side], cells) for side in range(len(SIDES))]
        return {
            (rule, kind): kept(
                (
                    Sample(
                        rank(self.compared[rule].rule, ids[at]),
                        ids[at],
                        sides[0].get((rule, at)),
                        sides[1].get((rule, at)),
                    )
                    for at in several
                ),
                self.most,
            )
            for (rule, kind), several in chosen.items()
            if several
        }

    def _chosen(self, rule: int, changed: npt.NDArray[np.int64], ids: Sequence[str]) -> list[int]:
        code = self.compared[rule].rule
        ordered = sorted((rank(code, ids[at]), ids[at], at) for at in changed.tolist())
        return [at for _rank, _name, at in ordered[: self.most]]

    def _findings(
        self, side: int, findings: Findings, cells: Sequence[Cell]
    ) -> dict[Cell, Finding]:
        places = self._places[side]
        there = [(rule, at) for rule, at in cells if places[rule] >= 0]
        found = findings.of([(places[rule], at) for rule, at in there])
        return dict(zip(there, found, strict=True))

    def _suspended(self) -> frozenset[Suspended]:
        return frozenset(
            (side, one.rule, one.condition, one.detail)
            for side, plan in zip(SIDES, self.plans, strict=True)
            for one in plan.suspended
        )


def _version(plan: Plan, rule_id: str) -> int | None:
    return next((rule.version for rule in plan.rules if rule.id == rule_id), None)


def _is(kind: Kind) -> npt.NDArray[np.bool_]:
    return np.array([one == kind for one in _KIND_OF_WAY], bool)


def _counted(ways: Counts) -> Counts:
    found = [np.bincount(row, minlength=WAYS) for row in ways]
    return np.array(found, np.int64).reshape(len(ways), WAYS)


def _grouped(ways: Counts, members: Sequence[str | None]) -> Groups:
    names = tuple(sorted({one or "" for one in members}))
    place = {name: at for at, name in enumerate(names)}
    codes = np.array([place[one or ""] for one in members], np.int64)
    size = len(names) * WAYS
    found = [np.bincount(codes * WAYS + row, minlength=size) for row in ways]
    return Groups(names, np.array(found, np.int64).reshape(len(ways), len(names), WAYS))


def _agents_and_teams(batch: Batch) -> Members:
    return {name: batch.conversations[name].to_pylist() for name in ("agent", "team")}
