"""What ``model.sentiment``, ``model.intent``, ``model.topic`` and ``model.classifier`` share."""

from __future__ import annotations

from collections.abc import Callable

from ..params import Param, Values
from ..problems import FieldProblem
from ..specs import Certainty, Classified

PER = Param(
    "per",
    "choice",
    "Whether single turns are looked at or all that is said, taken together.",
    default="turn",
    choices=("turn", "conversation"),
)
MIN_COUNT = Param(
    "min_count", "integer", "How many turns must be so, with per turn.", default=1, minimum=1
)


def sure_param(doc: str, default: float | None = None) -> Param:
    """The upper limit of a probability."""
    return Param("sure", "number", doc, default=default, minimum=0, maximum=1)


def ruled_out_param(doc: str) -> Param:
    """The lower limit of a probability."""
    return Param("ruled_out", "number", doc, minimum=0, maximum=1)


def certainty(values: Values, usual: float | None = None) -> Certainty:
    """The two limits, the lower one ``usual`` where it is not given and fits.

    Raises a ``FieldProblem`` when they are the wrong way round.
    """
    sure, ruled_out = values["sure"], values["ruled_out"]
    if ruled_out is None and usual is not None:
        ruled_out = min(usual, sure)
    if sure is not None and ruled_out is not None and ruled_out > sure:
        raise FieldProblem("too_large", "ruled_out", maximum=sure)
    return Certainty(sure, ruled_out)


def params(labels: str, model: str | None, *, per: str = "turn") -> tuple[Param, ...]:
    """The parameters of an operator that asks a classifier for ``labels``."""
    return (
        Param(
            "model",
            "text",
            "The name of the classifier.",
            required=model is None,
            default=model,
        ),
        Param(
            labels, "value", "The labels that count, as the classifier learned them.", required=True
        ),
        sure_param("The probability from which on a label is given; else the classifier's own."),
        ruled_out_param("The probability down from which it is not given; unknown between."),
        Param(PER.name, PER.kind, PER.doc, default=per, choices=PER.choices),
        Param("min_chars", "integer", "Turns of fewer letters do not count.", default=2, minimum=1),
        MIN_COUNT,
    )


def build_by(labels: str) -> Callable[[Values], Classified]:
    """A ``build`` that reads the labels from the parameter of that name."""

    def build(values: Values) -> Classified:
        return Classified(
            values["model"],
            tuple(str(label) for label in values[labels]),
            certainty(values),
            per_turn=values["per"] == "turn",
            min_chars=values["min_chars"],
            min_count=values["min_count"],
        )

    return build
