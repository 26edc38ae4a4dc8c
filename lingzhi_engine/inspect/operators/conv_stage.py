"""``conv.stage``: the stages a conversation passes through (会话阶段)."""

from __future__ import annotations

from ..params import Param, Values
from ..problems import FieldProblem, did_you_mean
from ..specs import Stages
from .base import FOLD, Operator
from .ranges import limits


def build(values: Values) -> Stages:
    """A length needs its stage and one end of the range."""
    names = [stage.name for stage in values["stages"]]
    wanted = tuple(map(str, values["stage"] or names))
    for name in wanted:
        if name not in names:
            raise FieldProblem(
                "bad_choice", "stage", hint=did_you_mean(name, names), choices=", ".join(names)
            )
    if values["test"] == "length":
        limits(values, "")
        if len(wanted) != 1:
            raise FieldProblem("wrong_type", "stage", expected="one stage")
    return Stages(
        values["stages"],
        values["test"],
        wanted,
        values["measure"],
        values["min"],
        values["max"],
        values["label"] == "last",
    )


OPERATOR = Operator(
    name="conv.stage",
    summary="Turns are labelled with stages; one is missing, out of order, or of some length.",
    params=(
        Param(
            "stages",
            "phrase_list",
            "The stages in their order: {name, role, words, pattern}, what is said where they "
            "begin.",
            required=True,
        ),
        Param(
            "test",
            "choice",
            "missing: one of the stages does not occur; present: all do; out_of_order: an earlier "
            "stage begins behind a later one; length: a stage lasts min to max.",
            default="missing",
            choices=("missing", "present", "out_of_order", "length"),
        ),
        Param("stage", "value", "The names of the stages that are asked for; all if left out."),
        Param(
            "measure",
            "choice",
            "How the length is measured: turns, ms of speaking, or their share of the whole, 0 to "
            "1.",
            default="turns",
            choices=("turns", "ms", "share_of_turns", "share_of_time"),
        ),
        Param("min", "number", "A hit from this length on.", minimum=0),
        Param("max", "number", "A hit up to this length.", minimum=0),
        Param(
            "label",
            "choice",
            "Which stage a turn begins that speaks of several: the one said first, or last.",
            default="first",
            choices=("first", "last"),
        ),
        FOLD,
    ),
    build=build,
)
