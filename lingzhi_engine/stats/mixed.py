"""The mixed model under `leniency`: score = mean + agent + inspector + conversation + rest.

Agents, inspectors and conversations are random effects. Conversations are many, so they are taken
out by hand: scores of one conversation have a common covariance, whose inverse is known. What is
left are Henderson's equations over the mean, the agents and the inspectors.

References: see `leniency`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]

# Ratios of a facet's variance to the residual one are searched between these powers of e.
SMALLEST, LARGEST = -12.0, 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Facets:
    """Agent, inspector and conversation of every score, as codes into their sorted names."""

    agent_names: list[str]
    inspector_names: list[str]
    agent: Codes
    inspector: Codes
    conversation: Codes

    @classmethod
    def of(
        cls, agents: Sequence[str], inspectors: Sequence[str], conversations: Sequence[str]
    ) -> Facets:
        """Number the names."""
        agent_names, agent = np.unique(np.asarray(agents, dtype=str), return_inverse=True)
        names, inspector = np.unique(np.asarray(inspectors, dtype=str), return_inverse=True)
        _, talk = np.unique(np.asarray(conversations, dtype=str), return_inverse=True)
        return cls(agent_names.tolist(), names.tolist(), agent, inspector, talk)

    def owners(self) -> Codes:
        """The agent of each conversation. Raises ValueError where one has two."""
        owner = np.zeros(int(self.conversation.max()) + 1, dtype=np.intp)
        owner[self.conversation] = self.agent
        if not np.array_equal(owner[self.conversation], self.agent):
            raise ValueError("a conversation belongs to two agents")
        return owner


class Fit(NamedTuple):
    """Predicted effects with the covariance of their errors, and the variances behind them."""

    mean: float
    agents: Floats
    inspectors: Floats
    inspector_errors: Floats
    conversation_variance: float
    residual_variance: float


class _Solved(NamedTuple):
    mean_and_inspectors: Floats
    agents: Floats
    inverse: Floats
    residual: float
    deviance: float


class _Sums(NamedTuple):
    """Sums of squares and products over some rows, each of one agent.

    ``own`` (agents) and ``crossed`` (agents × rest) and ``rest`` (rest × rest) are the left side
    of the equations, rest being the mean and the inspectors; an agent never meets another one.
    """

    own: Floats
    crossed: Floats
    rest: Floats
    own_right: Floats
    rest_right: Floats
    square: float

    @classmethod
    def over(cls, owner: Codes, agents: int, table: Floats, points: Floats) -> _Sums:
        """``table`` is rows × (mean, inspectors); its first column is also the agent's."""
        size = table[:, 0]
        crossed = np.zeros((agents, table.shape[1]))
        np.add.at(crossed, owner, size[:, None] * table)
        return cls(
            np.bincount(owner, size**2, minlength=agents).astype(float),
            crossed,
            table.T @ table,
            np.bincount(owner, size * points, minlength=agents).astype(float),
            table.T @ points,
            float(points @ points),
        )

    def less(self, share: float, other: _Sums) -> _Sums:
        """These sums less a share of others."""
        return _Sums(
            self.own - share * other.own,
            self.crossed - share * other.crossed,
            self.rest - share * other.rest,
            self.own_right - share * other.own_right,
            self.rest_right - share * other.rest_right,
            self.square - share * other.square,
        )


def fitted(points: Floats, facets: Facets) -> Fit:
    """Fit by REML. Variance components that the data do not show end near zero."""
    from scipy.optimize import minimize  # noqa: PLC0415 (half a second)

    equations = _Equations(points, facets)
    # Without a conversation scored twice its variance cannot be told from the rest.
    repeated = bool((equations.sizes > 1).any())
    start = np.zeros(3 if repeated else 2)
    found = minimize(
        lambda logs: equations.solve(logs).deviance,
        start,
        method="L-BFGS-B",
        bounds=[(SMALLEST, LARGEST)] * len(start),
    )
    solved = equations.solve(found.x)
    return Fit(
        float(solved.mean_and_inspectors[0]),
        solved.agents,
        solved.mean_and_inspectors[1:],
        solved.residual * solved.inverse[1:, 1:],
        solved.residual * float(np.exp(found.x[2])) if repeated else 0.0,
        solved.residual,
    )


class _Equations:
    """Henderson's equations for any ratios of variances, with the sums that never change."""

    def __init__(self, points: Floats, facets: Facets) -> None:
        self.scores = len(points)
        self.agents, self.inspectors = len(facets.agent_names), len(facets.inspector_names)
        owner = facets.owners()
        table = np.zeros((len(points), 1 + self.inspectors))
        table[:, 0] = 1.0
        table[np.arange(len(points)), 1 + facets.inspector] = 1.0
        self.plain = _Sums.over(facets.agent, self.agents, table, points)
        per_talk = np.zeros((len(owner), table.shape[1]))
        np.add.at(per_talk, facets.conversation, table)
        total = np.bincount(facets.conversation, points)
        self.sizes, group, self.talks = np.unique(
            per_talk[:, 0], return_inverse=True, return_counts=True
        )
        self.by_size = []
        for one in range(len(self.sizes)):
            rows = group == one
            self.by_size.append(_Sums.over(owner[rows], self.agents, per_talk[rows], total[rows]))

    def solve(self, logs: Floats) -> _Solved:
        """Effects and −2 × the restricted log-likelihood, the residual variance profiled out.

        ``logs`` are logs of the variances of agents, inspectors and, where it can be told,
        conversations, over the residual variance.
        """
        talk = float(np.exp(logs[2])) if len(logs) > 2 else 0.0
        sums = self.plain
        for size, other in zip(self.sizes, self.by_size, strict=True):
            sums = sums.less(talk / (1 + size * talk), other)
        own = sums.own + np.exp(-logs[0])
        weights = sums.crossed / own[:, None]
        left = sums.rest - sums.crossed.T @ weights
        left[np.arange(1, len(left)), np.arange(1, len(left))] += np.exp(-logs[1])
        inverse = np.linalg.inv(left)
        rest = inverse @ (sums.rest_right - weights.T @ sums.own_right)
        agents = (sums.own_right - sums.crossed @ rest) / own
        spread = sums.square - float(agents @ sums.own_right + rest @ sums.rest_right)
        residual = max(spread, 1e-9 * max(sums.square, 1e-9)) / max(self.scores - 1, 1)
        determinants = float(np.log(own).sum()) + float(np.linalg.slogdet(left)[1])
        priors = self.agents * logs[0] + self.inspectors * logs[1]
        talks = float(self.talks @ np.log1p(self.sizes * talk))
        deviance = max(self.scores - 1, 1) * np.log(residual) + determinants + priors + talks
        return _Solved(rest, agents, inverse, residual, float(deviance))
