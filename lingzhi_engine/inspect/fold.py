"""Which characters count as the same: simplified and traditional, full and half width, case.

Folding maps one character to one character, so offsets in the original text stay true. Patterns
are folded into character classes when they are compiled; the text itself is never rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt
import opencc

# Characters that stand for each other in practice although they are not a simplified and a
# traditional form (异体字): what is written -> what it is read as.
_VARIANTS = {
    "妳": "你",
    "牠": "它",
    "祂": "他",
    "著": "着",
    "祇": "只",
    "衹": "只",
    "隻": "只",
    "綫": "线",
    "喫": "吃",
    "噉": "啖",
    "倂": "并",
    "並": "并",
    "併": "并",
    "佈": "布",
    "佔": "占",
    "唸": "念",
    "彙": "汇",
    "週": "周",
    "麽": "么",
    "嚒": "么",
    "叁": "三",
}
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
_LETTERS = ((0x41, 0x250), (0x370, 0x530))
_WIDE = range(0xFF01, 0xFF5F)
_WIDE_SIGNS = {"　": " ", "￠": "¢", "￡": "£", "￥": "¥", "￦": "₩"}


def canonical(char: str) -> str:
    """The one character that stands for all characters counting as the same as ``char``."""
    return _canonical_of().get(char, char)


def variants(char: str, *, case: bool = False) -> tuple[str, ...]:
    """All characters that count as the same as ``char``, itself included, in code point order.

    With ``case``, capital letters and small ones do not count as the same.
    """
    folded = canonical(char)
    found = _variants_of().get(folded, (folded,))
    return tuple(form for form in found if has_case_of(form, char)) if case else found


def has_case_of(char: str, other: str) -> bool:
    """Whether both are capitals, both small letters, or both neither; width aside."""
    one, two = _narrow(char), _narrow(other)
    return (one.isupper(), one.islower()) == (two.isupper(), two.islower())


def fold(text: str) -> str:
    """``text`` with every character in its canonical form; the length does not change."""
    table = _canonical_of()
    return "".join([table.get(char, char) for char in text])


@cache
def code_points() -> npt.NDArray[np.uint32]:
    """The canonical code point for each of the 0x110000 code points, for folding in bulk."""
    table = np.arange(0x110000, dtype=np.uint32)
    for char, folded in _canonical_of().items():
        table[ord(char)] = ord(folded)
    return table


@cache
def _canonical_of() -> Mapping[str, str]:
    chars = list(_foldable())
    simplified = opencc.OpenCC("t2s").convert("\n".join(map(_narrow_lower, chars))).split("\n")
    step = {c: s for c, s in zip(chars, simplified, strict=True) if len(s) == 1 and c != s}
    step.update({char: step.get(read_as, read_as) for char, read_as in _VARIANTS.items()})
    return {char: _end_of_chain(step, char) for char in step}


@cache
def _variants_of() -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, set[str]] = {}
    for char, folded in _canonical_of().items():
        groups.setdefault(folded, {folded}).add(char)
    return {folded: tuple(sorted(chars)) for folded, chars in groups.items()}


def _foldable() -> Iterator[str]:
    for low, high in (*_LETTERS, *_HAN):
        yield from map(chr, range(low, high))
    yield from map(chr, _WIDE)
    yield from _WIDE_SIGNS


def _narrow_lower(char: str) -> str:
    """Half width and small letter, where that is still one character."""
    narrow = _narrow(char)
    lower = narrow.lower()
    return lower if len(lower) == 1 else narrow


def _narrow(char: str) -> str:
    return chr(ord(char) - 0xFEE0) if ord(char) in _WIDE else _WIDE_SIGNS.get(char, char)


def _end_of_chain(step: Mapping[str, str], char: str) -> str:
    seen = set()
    while char in step and char not in seen:
        seen.add(char)
        char = step[char]
    return char
