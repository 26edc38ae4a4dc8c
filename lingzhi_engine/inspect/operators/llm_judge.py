"""``llm.judge``: a large language model judges by criteria and quotes what it rests on (大模型)."""

from __future__ import annotations

from ..meaning.prompt import CANNOT_TELL, Brief
from ..params import Param, Values
from ..problems import FieldProblem, did_you_mean
from ..specs import Judged
from .base import Operator

ARROW = "=>"


def build(values: Values) -> Judged:
    """Answers to hit on must be among the choices, and so must those of the examples."""
    choices = _texts(values["choices"])
    if len(choices) < 2 or CANNOT_TELL in choices:
        raise FieldProblem("wrong_type", "choices", expected="two or more answers")
    hit_when = tuple(_among(one, choices, "hit_when") for one in _texts(values["hit_when"]))
    brief = Brief(
        criteria=_texts(values["criteria"]),
        choices=choices,
        scene=values["scene"] or "",
        dimension=values["dimension"] or "",
        examples=tuple(_example(one, choices) for one in _texts(values["examples"] or ())),
    )
    return Judged(brief, hit_when, values["needs_quote"], values["context"])


def _texts(values: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value).strip() for value in values))


def _among(answer: str, choices: tuple[str, ...], field: str) -> str:
    if answer not in choices:
        hint = did_you_mean(answer, choices)
        raise FieldProblem("bad_choice", field, hint=hint, choices=", ".join(choices))
    return answer


def _example(text: str, choices: tuple[str, ...]) -> tuple[str, str]:
    said, arrow, answer = text.rpartition(ARROW)
    if not arrow or not said.strip():
        raise FieldProblem("wrong_type", "examples", expected=f"words {ARROW} answer")
    return said.strip(), _among(answer.strip(), choices, "examples")


OPERATOR = Operator(
    name="llm.judge",
    summary="A large language model gives one of the answers by the criteria, with its quotes.",
    params=(
        Param("criteria", "value", "By what it judges; one criterion an entry.", required=True),
        Param("scene", "text", "Where such conversations take place."),
        Param("dimension", "text", "What the conversation is looked at for."),
        Param("choices", "value", "The answers it may give, two or more.", default=("yes", "no")),
        Param("hit_when", "value", "The answers that are a hit.", default=("yes",)),
        Param("examples", "value", f"Words with the right answer, each as words {ARROW} answer."),
        Param("needs_quote", "flag", "A hit without any quote is unknown.", default=True),
        Param("context", "flag", "It sees all turns, not only those of the scope.", default=True),
    ),
    build=build,
    needs=("text", "judge"),
)
