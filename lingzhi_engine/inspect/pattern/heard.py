"""Patterns widened to what may be heard in their place.

Speech recognition writes another character of the same sound (同音字), and people say digits in
words (幺三八). Both become character classes when a pattern is compiled, so the scan stays one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache

from ..entities import SPOKEN
from ..fold import fold, variants
from ..problems import FieldProblem
from .nodes import Chars, Choice, Group, Look, Node, Ranges, Repeat, Sequence
from .pattern import Pattern
from .sounds import sounds

# Sounds that speakers and recognition confuse (模糊音): what is written -> what it is read as.
_INITIALS = {
    "zh_z": ("zh", "z"),
    "ch_c": ("ch", "c"),
    "sh_s": ("sh", "s"),
    "n_l": ("n", "l"),
    "f_h": ("f", "h"),
    "r_l": ("r", "l"),
}
_FINALS = {"an_ang": ("ang", "an"), "en_eng": ("eng", "en"), "in_ing": ("ing", "in")}
FUZZY = (*_INITIALS, *_FINALS)
_NARROW = 256


def homophones(given: Pattern, fuzzy: Iterable[str] = (), *, written: bool = True) -> Pattern:
    """The word ``given`` with each character widened to all of the same toneless sound.

    Sounds named in ``fuzzy`` (one of ``FUZZY``) count as the same. Without ``written`` the word
    as it is written is left out. Characters are those of GB 2312 and their other forms.
    """
    confused = tuple(sorted(set(fuzzy)))
    read = sounds().read(fold(given.source))
    if not any(read):
        raise FieldProblem("wrong_type", expected="a word of Chinese characters")
    alike = _by_sound(confused)
    classes: list[Node] = [
        _one_of({form for c in alike[_confused(sound, confused)] for form in variants(c)} | {char})
        if sound
        else _one_of((char,))
        for char, sound in zip(given.source, read, strict=True)
    ]
    if not written:
        classes.insert(0, Look(given.folded, ahead=True, negated=True))
    heard = f"sound {','.join(confused)}{'' if written else ' only'}"
    return _as_heard(given, Sequence(tuple(classes)), heard)


def spoken(given: Pattern) -> Pattern:
    """``given`` with every digit also as it is said in words, and the other way round."""
    return _as_heard(given, _mapped(given.node, _with_spoken), f"{given.heard} digits")


def _as_heard(given: Pattern, node: Node, heard: str) -> Pattern:
    return given.with_node(node, heard.strip())


def _one_of(chars: Iterable[str]) -> Chars:
    return Chars(tuple(sorted((ord(char), ord(char)) for char in set(chars))))


def _mapped(node: Node, change: Callable[[Chars], Chars]) -> Node:
    match node:
        case Chars():
            return change(node)
        case Sequence(items):
            return Sequence(tuple(_mapped(item, change) for item in items))
        case Choice(options):
            return Choice(tuple(_mapped(option, change) for option in options))
        case Repeat(inner) | Group(_, inner) | Look(inner):
            return replace(node, node=_mapped(inner, change))
        case _:
            return node


def _with_spoken(chars: Chars) -> Chars:
    said: Ranges = tuple(
        (ord(form), ord(form))
        for low, high in chars.ranges
        if high - low < _NARROW
        for code in range(low, high + 1)
        for form in _forms_of_digit().get(chr(code), ())
    )
    return Chars(tuple(sorted({*chars.ranges, *said})), chars.negated)


@cache
def _forms_of_digit() -> Mapping[str, tuple[str, ...]]:
    """For a figure or a numeral all signs of the same digit."""
    digit_of = {**SPOKEN, **{digit: digit for digit in "0123456789"}}
    return {
        sign: tuple(other for other in digit_of if digit_of[other] == digit)
        for sign, digit in digit_of.items()
    }


def _confused(sound: str, fuzzy: tuple[str, ...]) -> str:
    for name in fuzzy:
        if name in _INITIALS:
            said, heard = _INITIALS[name]
            sound = heard + sound[len(said) :] if sound.startswith(said) else sound
        else:
            said, heard = _FINALS[name]
            sound = sound[: -len(said)] + heard if sound.endswith(said) else sound
    return sound


@cache
def _by_sound(fuzzy: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for char, readings in sounds().usual.items():
        for sound in readings:
            found.setdefault(_confused(sound, fuzzy), set()).add(char)
    return {sound: frozenset(chars) for sound, chars in found.items()}
