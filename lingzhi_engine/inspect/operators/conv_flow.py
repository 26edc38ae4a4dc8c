"""``conv.flow``: a process with branches is followed (流程质检)."""

from __future__ import annotations

from itertools import pairwise

from .. import graphs
from ..params import Param, Values
from ..specs import Edge, Flow
from .base import FOLD, Operator


def build(values: Values) -> Flow:
    """Without edges the steps follow each other as they are written."""
    steps = values["nodes"]
    ways = values["edges"] or tuple(Edge(one.id, other.id) for one, other in pairwise(steps))
    interrupts = values["interrupts"]
    graphs.check(steps, "start", [("", values["start"])])
    graphs.check(steps, "edges", [(f"{n}.from", e.source) for n, e in enumerate(ways, start=1)])
    graphs.check(steps, "edges", [(f"{n}.to", e.target) for n, e in enumerate(ways, start=1)])
    graphs.check(
        steps, "interrupts", [(f"{n}.to", i.to) for n, i in enumerate(interrupts, start=1)]
    )
    return Flow(
        steps,
        ways,
        values["start"] or steps[0].id,
        interrupts,
        values["trigger"],
        values["min_share"],
        values["must_end"],
        values["ordered"],
        values["branch_turns"],
    )


OPERATOR = Operator(
    name="conv.flow",
    summary="The steps of a process with branches are followed; the path and what is missing.",
    params=(
        Param(
            "nodes",
            "nodes",
            "The steps: {id, role, words, pattern, score, optional, turns}; turns limits how far "
            "behind the step before it may be said.",
            required=True,
        ),
        Param(
            "edges",
            "edges",
            "The ways: {from, to, when, turns}; when is what must be said behind the step to go "
            "this way, within turns. One step after the other if left out.",
        ),
        Param("start", "text", "The id of the first step; the first of the list if left out."),
        Param(
            "interrupts",
            "nodes",
            "What breaks the process off: {id, role, words, pattern, turns, to}; the walk goes on "
            "at the step to, or ends, and the steps passed over are not asked for.",
            default=(),
        ),
        Param(
            "trigger",
            "phrases",
            "The process is asked for only where this is said, and from there on; always if left "
            "out.",
        ),
        Param(
            "min_share",
            "number",
            "The share of the score of the steps on the way that must be reached, 0 to 1.",
            default=1.0,
            minimum=0,
            maximum=1,
        ),
        Param("must_end", "flag", "The last step of the way must be taken.", default=False),
        Param("ordered", "flag", "The steps must follow each other.", default=True),
        Param(
            "branch_turns",
            "integer",
            "How many turns behind a step its branch is decided, where the way says nothing.",
            minimum=0,
        ),
        FOLD,
    ),
    build=build,
)
