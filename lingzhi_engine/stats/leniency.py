"""How lenient inspectors are, and what agents' scores would be with all inspectors alike.

A score is taken apart into the mean, the agent, the inspector, the conversation and the rest.
Conversations that several inspectors scored tell inspectors apart most sharply; the others help,
because each inspector meets many agents. Effects are shrunk towards zero by as much as the data
say they vary (REML): an inspector with five scores is not called lenient for one kind evening.

Adjusted scores stand beside the raw ones; they never replace them and never go into pay.

References
    C. R. Henderson, "Best linear unbiased estimation and prediction under a selection model",
    Biometrics 31(2), 1975, 423–447: the mixed-model equations.
    H. D. Patterson and R. Thompson, "Recovery of inter-block information when block sizes are
    unequal", Biometrika 58(3), 1971, 545–554: REML.
    J. M. Linacre, Many-Facet Rasch Measurement, 1989: facets and connected designs; here on the
    scale of the scores instead of logits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from lingzhi_engine.stats.connectedness import connected_groups
from lingzhi_engine.stats.measured import Kind, Measured
from lingzhi_engine.stats.mixed import Facets, Fit, fitted

Floats = NDArray[np.float64]


class Adjusted(NamedTuple):
    """An agent's mean as scored, and as it would be had average inspectors scored."""

    raw: float
    adjusted: Measured


@dataclass(frozen=True, slots=True)
class Leniency:
    """What scores say of inspectors and agents.

    ``inspectors`` in points above (lenient) or below (severe) the average inspector. ``groups``
    are inspectors who can be compared, through agents or conversations they have in common; with
    more than one the design is not connected, and inspectors of different groups only compare if
    their agents were equally good. ``shared`` counts conversations with two scores or more.
    """

    inspectors: dict[str, Measured]
    agents: dict[str, Adjusted]
    groups: list[frozenset[str]]
    shared: int

    @property
    def is_connected(self) -> bool:
        """Can all inspectors be compared?"""
        return len(self.groups) <= 1


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """One score a row: points, whose conversation, by which inspector, which conversation.

    Raises ValueError where lengths differ or a score is missing.
    """

    points: Floats
    agents: Sequence[str]
    inspectors: Sequence[str]
    conversations: Sequence[str]

    @classmethod
    def of(
        cls,
        points: ArrayLike,
        agents: Sequence[str],
        inspectors: Sequence[str],
        conversations: Sequence[str],
    ) -> Scores:
        """Check and keep the rows."""
        values = np.asarray(points, dtype=float)
        if not len(values) == len(agents) == len(inspectors) == len(conversations):
            raise ValueError("points, agents, inspectors and conversations differ in length")
        if len(values) == 0 or np.isnan(values).any():
            raise ValueError("no score, or one without points")
        return cls(values, agents, inspectors, conversations)


def estimate_leniency(scores: Scores, level: float = 0.95) -> Leniency:
    """Leniency of inspectors and adjusted means of agents, with intervals (kind: REML).

    Standard errors take the variance components as known, so with very few inspectors (three or
    fewer) intervals are somewhat short.
    """
    facets = Facets.of(scores.agents, scores.inspectors, scores.conversations)
    fit = fitted(scores.points, facets)
    z = float(ndtri(0.5 + level / 2))
    inspectors = _inspectors(facets, fit, z)
    raw, adjusted = _agents(scores.points, facets, fit, z)
    return Leniency(
        inspectors,
        {
            name: Adjusted(float(plain), figure)
            for name, plain, figure in zip(facets.agent_names, raw, adjusted, strict=True)
        },
        connected_groups(scores.inspectors, scores.agents),
        int((np.bincount(facets.conversation) > 1).sum()),
    )


def _inspectors(facets: Facets, fit: Fit, z: float) -> dict[str, Measured]:
    names = facets.inspector_names
    centred = np.eye(len(names)) - 1 / len(names)
    value = centred @ fit.inspectors
    error = np.sqrt(np.maximum(np.diag(centred @ fit.inspector_errors @ centred.T), 0.0))
    counts = np.bincount(facets.inspector)
    return {
        name: Measured(
            float(value[one]),
            float(value[one] - z * error[one]),
            float(value[one] + z * error[one]),
            Kind.REML,
            int(counts[one]),
        )
        for one, name in enumerate(names)
    }


def _agents(points: Floats, facets: Facets, fit: Fit, z: float) -> tuple[Floats, list[Measured]]:
    """Raw means, and means of the scores less their inspectors' leniency.

    The variance adds that of the agent's own scores, where scores of one conversation are not
    independent, and that of the leniencies taken off.
    """
    size = len(facets.agent_names)
    counts = np.bincount(facets.agent, minlength=size)
    centred = np.eye(len(facets.inspector_names)) - 1 / len(facets.inspector_names)
    lenient = centred @ fit.inspectors
    errors = centred @ fit.inspector_errors @ centred.T
    raw = np.bincount(facets.agent, points) / counts
    adjusted = np.bincount(facets.agent, points - lenient[facets.inspector]) / counts
    mix = np.zeros((size, len(facets.inspector_names)))
    np.add.at(mix, (facets.agent, facets.inspector), 1.0)
    mix /= counts[:, None]
    per_talk = np.bincount(facets.conversation).astype(float)
    owner = np.zeros(len(per_talk), dtype=np.intp)
    owner[facets.conversation] = facets.agent
    squares = np.bincount(owner, per_talk**2, minlength=size)
    own = (fit.conversation_variance * squares + fit.residual_variance * counts) / counts**2
    error = np.sqrt(own + np.einsum("ai,ij,aj->a", mix, errors, mix))
    return raw, [
        Measured(float(one), float(one - z * wide), float(one + z * wide), Kind.REML, int(n))
        for one, wide, n in zip(adjusted, error, counts, strict=True)
    ]
