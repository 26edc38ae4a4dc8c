"""What the operators that look for words have in common: where they count, and what is heard."""

from __future__ import annotations

from collections.abc import Iterable

from ..params import Param, Values
from ..pattern.heard import FUZZY, homophones, spoken
from ..pattern.pattern import Pattern
from ..problems import FieldProblem
from ..specs import Find, Phrases, Spec, Together

UNIT = Param(
    "unit",
    "choice",
    "Whether the words are counted within one sentence, within one turn, within a window of "
    "neighbouring ones, or over the whole scope.",
    choices=("sentence", "turn", "window", "conversation"),
)
WINDOW = Param(
    "window",
    "distance",
    "For the unit window: how many neighbouring sentences or turns of the scope.",
    choices=("sentences", "turns"),
    minimum=1,
)
PINYIN = Param(
    "pinyin",
    "flag",
    "Characters of the same sound match too, as speech recognition confuses them.",
    default=False,
)
FUZZY_SOUNDS = Param(
    "fuzzy",
    "choices",
    "Sounds that count as the same (模糊音): initials zh/z, ch/c, sh/s, n/l, f/h, r/l; finals "
    "an/ang, en/eng, in/ing.",
    default=(),
    choices=FUZZY,
)
SPOKEN_DIGITS = Param(
    "spoken",
    "flag",
    "Digits match digits said in words (幺三八, 两), and the other way round.",
    default=False,
)


def counted(
    groups: tuple[Phrases, ...], values: Values, *, needed: int = 1, negated: bool = False
) -> Spec:
    """The question whether enough of ``groups`` is said within the unit of ``values``."""
    unit, size = window(values)
    if unit:
        return Together(groups, needed, values["min_hits"], unit, size, negated, values["exclude"])
    return Find(
        groups,
        needed,
        values["min_hits"],
        per_turn=values["unit"] == "turn",
        negated=negated,
        exclude=values["exclude"],
    )


def window(values: Values) -> tuple[str, int]:
    """Of what, and how many of them, a window is; no unit where there are no windows."""
    if values["unit"] == "sentence":
        return "sentences", 1
    if values["unit"] != "window":
        if values["window"]:
            raise FieldProblem("conflict", fields="window, unit")
        return "", 0
    if values["window"] is None:
        raise FieldProblem("missing", "window")
    unit, size = values["window"]
    return unit, int(size)


def heard(patterns: Iterable[Pattern], values: Values) -> tuple[Pattern, ...]:
    """``patterns`` widened to other characters of the same sound and to digits in words."""
    found = tuple(patterns)
    if values.get("pinyin"):
        found = tuple(_sounding(pattern, values["fuzzy"]) for pattern in found)
    if values.get("spoken"):
        found = tuple(spoken(pattern) for pattern in found)
    return tuple(dict.fromkeys(found))


def _sounding(pattern: Pattern, fuzzy: tuple[str, ...]) -> Pattern:
    """Words without a character of Chinese stay as they are."""
    try:
        return homophones(pattern, fuzzy)
    except FieldProblem:
        return pattern
