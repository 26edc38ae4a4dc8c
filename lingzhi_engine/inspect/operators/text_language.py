"""``text.language``: in which language or script it is said (语种)."""

from __future__ import annotations

from ..params import Param, Values
from ..pattern import pattern as patterns
from ..problems import FieldProblem
from ..scripts import CANTONESE, LANGUAGES, SCRIPTS
from ..specs import Language, Letters, Phrases, Spec
from .base import Operator, needs_one
from .ranges import limits


def build(values: Values) -> Spec:
    """A question about languages, or about the share of a script."""
    needs_one(values, "language", "script")
    if values["script"] and values["language"]:
        raise FieldProblem("conflict", fields="language, script")
    if values["script"]:
        limits(values, "")
        return Letters(values["script"], values["min"], values["max"])
    cantonese = patterns.expression(f"[{CANTONESE}]", fold=False)
    return Language(
        tuple(sorted(set(values["language"]))),
        Phrases((cantonese,), name="cantonese"),
        values["per"] == "turn",
        values["min_length"],
    )


OPERATOR = Operator(
    name="text.language",
    summary="Turns are in a language, or the share of a script lies in a range.",
    params=(
        Param(
            "language",
            "choices",
            "zh: Mandarin; yue: Cantonese, by characters such as 嘅咗喺冇; en: Latin letters; "
            "mixed: no script has four fifths; other: other letters have half.",
            choices=LANGUAGES,
        ),
        Param(
            "per",
            "choice",
            "Whether single turns are in the language, or all of them taken together.",
            default="turn",
            choices=("turn", "conversation"),
        ),
        Param(
            "min_length",
            "integer",
            "Fewer Han characters, Latin words and other letters have no language.",
            default=2,
            minimum=1,
        ),
        Param(
            "script",
            "choice",
            "In place of the language: the script whose share is measured over the scope; a word "
            "of Latin letters counts as one sign.",
            choices=SCRIPTS,
        ),
        Param("min", "number", "A hit from this share on, 0 to 1.", minimum=0, maximum=1),
        Param("max", "number", "A hit up to this share, 0 to 1.", minimum=0, maximum=1),
    ),
    build=build,
)
