"""How a plan's sample is drawn: a pure function of what there was, the design, and the seed.

So anybody with the stored frame can draw the sample again (`lingzhi_engine.stats.sampling`).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lingzhi_engine.stats import (
    Sample,
    inclusion_probabilities,
    proportional_allocation,
    risk_weighted_sample,
    simple_sample,
    spread_sample,
    stratified_sample,
)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
NOT = -1  # of no must-check
WHOLE = ""  # the key of a shortfall that belongs to nobody


@dataclass(frozen=True, slots=True)
class Frame:
    """What there was to choose from, one entry a conversation, in the order of their ids.

    `stratum` and `must` are places in `strata` and `musts` (NOT: of no must-check); `agent` is 0
    where nobody knows who it was; `weight` is 1 or more; `nonhit` are those judged without a hit.
    """

    ids: Ints
    stratum: Ints
    must: Ints
    agent: Ints
    week: Ints
    weight: Floats
    nonhit: Mask
    strata: tuple[str, ...]
    musts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def packed(self) -> bytes:
        """The frame as bytes, compressed."""
        file = BytesIO()
        np.savez_compressed(file, **self._arrays())  # type: ignore[arg-type]
        return file.getvalue()

    @classmethod
    def unpacked(cls, data: bytes) -> "Frame":
        """What `packed` gave."""
        with np.load(BytesIO(data), allow_pickle=False) as read:
            values: dict[str, Any] = {name: read[name] for name in read.files}
        for name in ("strata", "musts"):
            values[name] = tuple(json.loads(values[name].tobytes()))
        return cls(**values)

    def like(self, contact: int, *, of_the_agent: bool) -> Ints:
        """The other conversations that chance could have taken in the place of this one.

        Those of its stratum (or of its agent) on the same side of hits and non-hits that were no
        must-check; none where this one is not in the frame.
        """
        [at] = np.flatnonzero(self.ids == contact)[:1] if contact in self.ids else [NOT]
        if at == NOT:
            return self.ids[:0]
        parts = self.agent if of_the_agent else self.stratum
        same = (parts == parts[at]) & (self.nonhit == self.nonhit[at]) & (self.must == NOT)
        same[at] = False
        return self.ids[same]

    @property
    def sha256(self) -> str:
        """Of the content, whatever the compression made of it."""
        found = hashlib.sha256()
        for name, column in sorted(self._arrays().items()):
            found.update(name.encode() + b"\0" + np.ascontiguousarray(column).tobytes())
        return found.hexdigest()

    def _arrays(self) -> dict[str, npt.NDArray[Any]]:
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        for name in ("strata", "musts"):
            found[name] = np.frombuffer(json.dumps(found[name]).encode(), np.uint8)
        return found


@dataclass(frozen=True, slots=True)
class Design:
    """The numbers of a plan that decide a draw; `carried` are shortfalls of the draw before."""

    method: str
    size: int = 0
    per_agent: int = 0
    most_musts: int | None = None
    nonhit_ratio: float = 0.0
    carried: Mapping[str, int] = field(default_factory=dict)

    @property
    def wanted(self) -> int:
        """How many are to be drawn beside the must-checks, where the whole is named."""
        return self.size + self.carried.get(WHOLE, 0)


class Drawn(NamedTuple):
    """One conversation of a sample: why it was taken and with which chance (0-1)."""

    contact: int
    reason: str
    must: str
    stratum: str
    inclusion: float


class Result(NamedTuple):
    """A sample, and how many could not be found: by agent, or WHOLE."""

    drawn: list[Drawn]
    shortfalls: dict[str, int]


def draw(frame: Frame, design: Design, seed: int) -> Result:
    """The must-checks, and beside them the sample by the method of the design."""
    is_must = frame.must != NOT
    found = _musts(frame, is_must, design, seed)
    rest = np.flatnonzero(~is_must)
    if design.method == "spread":
        found += _spread(frame, rest, design, seed)
        return Result(found, _missing_by_agent(frame, rest, design))
    found += _sampled(frame, rest, design, seed)
    missing = design.wanted - min(design.wanted, len(rest))
    return Result(found, {WHOLE: missing} if missing else {})


def _musts(frame: Frame, is_must: Mask, design: Design, seed: int) -> list[Drawn]:
    rows = np.flatnonzero(is_must)
    most = len(rows) if design.most_musts is None else design.most_musts
    sample = simple_sample(frame.ids[rows].tolist(), most, seed=seed)
    return list(_rows(frame, rows, sample, "must"))


def _sampled(frame: Frame, rest: Ints, design: Design, seed: int) -> list[Drawn]:
    """By the method; where that would take too few non-hits, these are a stratum of their own."""
    n = min(design.wanted, len(rest))
    without = rest[frame.nonhit[rest]]
    least = min(len(without), int(np.ceil(design.nonhit_ratio * n)))
    if not least or _expected(frame, rest, design, n) >= least:
        return _by_method(frame, rest, design, n, seed)
    others = rest[~frame.nonhit[rest]]
    least = max(least, n - len(others))
    sample = simple_sample(frame.ids[without].tolist(), least, seed=seed)
    return [
        *_by_method(frame, others, design, n - least, seed),
        *_rows(frame, without, sample, "nonhit"),
    ]


def _expected(frame: Frame, rest: Ints, design: Design, n: int) -> float:
    """How many non-hits the method alone would take."""
    weights = frame.weight[rest] if design.method == "risk" else np.ones(len(rest))
    return float(inclusion_probabilities(weights, n)[frame.nonhit[rest]].sum())


def _by_method(frame: Frame, rows: Ints, design: Design, n: int, seed: int) -> list[Drawn]:
    ids = frame.ids[rows].tolist()
    if design.method == "risk":
        sample = risk_weighted_sample(ids, frame.weight[rows], n, seed=seed)
        return list(_rows(frame, rows, sample, "risk"))
    if design.method == "simple":
        return list(_rows(frame, rows, simple_sample(ids, n, seed=seed), "random"))
    names = _coarse([frame.strata[at] for at in frame.stratum[rows]], n)
    shares = proportional_allocation(Counter(names), n, at_least=1)
    sample = stratified_sample(ids, names, shares, seed=seed)
    return list(_rows(frame, rows, sample, "random", strata=names))


def _coarse(names: list[str], n: int) -> list[str]:
    """Strata so coarse that each can be drawn from: one without a draw could not be spoken for."""
    while len(set(names)) > n and any("/" in name for name in names):
        names = [name.rpartition("/")[0] for name in names]
    return names if len(set(names)) <= n else ["random"] * len(names)


def _spread(frame: Frame, rest: Ints, design: Design, seed: int) -> Iterator[Drawn]:
    """So many of each known agent over the weeks; who had too few before has more to give now."""
    agents = frame.agent[rest]
    quota = _quotas(agents, design)
    for n in sorted(set(quota.values())):
        people = [agent for agent, one in quota.items() if one == n]
        rows = rest[np.isin(agents, people)]
        names = [f"agent:{agent}" for agent in frame.agent[rows]]
        ids = frame.ids[rows].tolist()
        sample = spread_sample(ids, names, frame.week[rows], n, seed=seed)
        for at, chance in zip(sample.rows, sample.probability, strict=True):
            yield Drawn(int(frame.ids[rows[at]]), "random", "", names[at], float(chance))


def _quotas(agents: Ints, design: Design) -> dict[int, int]:
    known = np.unique(agents[agents > 0]).tolist()
    return {agent: design.per_agent + design.carried.get(str(agent), 0) for agent in known}


def _missing_by_agent(frame: Frame, rest: Ints, design: Design) -> dict[str, int]:
    agents = frame.agent[rest]
    found = {}
    for agent, quota in _quotas(agents, design).items():
        missing = quota - min(quota, int((agents == agent).sum()))
        if missing:
            found[str(agent)] = missing
    return found


def _rows(
    frame: Frame, rows: Ints, sample: Sample, reason: str, strata: Sequence[str] = ()
) -> Iterator[Drawn]:
    for place, chance in zip(sample.rows.tolist(), sample.probability.tolist(), strict=True):
        at = rows[place]
        must = frame.musts[frame.must[at]] if frame.must[at] != NOT else ""
        yield Drawn(int(frame.ids[at]), reason, must, strata[place] if strata else reason, chance)
