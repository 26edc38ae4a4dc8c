"""``kb.answer``: was the answer right by the knowledge base? (知识库答案核对)"""

from __future__ import annotations

from ..meaning.knowledge import OUTCOMES
from ..params import Param, Values
from ..specs import Knowledge
from .base import Operator


def build(values: Values) -> Knowledge:
    """The outcomes that are a hit, and how alike is alike."""
    return Knowledge(
        values["hit_when"],
        values["asked_by"],
        tuple(str(entry) for entry in values["entries"] or ()),
        values["question_threshold"],
        values["answer_threshold"],
        values["sentences"],
        by_judge=values["method"] == "llm",
    )


OPERATOR = Operator(
    name="kb.answer",
    summary="An answer agrees with the knowledge base, contradicts it, or is not in it.",
    params=(
        Param(
            "hit_when",
            "choices",
            "agrees; contradicts: another figure, or yes for no; differs: not alike; unanswered; "
            "not_in_base: a question that no entry answers.",
            default=("contradicts",),
            choices=OUTCOMES,
        ),
        Param("asked_by", "roles", "Whose questions count.", default=("customer",)),
        Param("entries", "value", "Only entries of the base with these ids."),
        Param(
            "question_threshold",
            "number",
            "From which likeness on a turn asks what an entry asks (0-1).",
            default=0.5,
            minimum=0,
            maximum=1,
        ),
        Param(
            "answer_threshold",
            "number",
            "From which likeness on two clauses speak of the same thing (0-1).",
            default=0.5,
            minimum=0,
            maximum=1,
        ),
        Param(
            "sentences",
            "integer",
            "How many turns of the scope behind the question are its answer.",
            default=3,
            minimum=1,
        ),
        Param(
            "method",
            "choice",
            "offline compares letters and figures; llm asks the judge about the entries found.",
            default="offline",
            choices=("offline", "llm"),
        ),
    ),
    build=build,
    needs=("text", "roles", "knowledge"),
)
