"""Which script and which language a text is in, by the kinds of its letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

LANGUAGES = ("zh", "en", "yue", "mixed", "other")
SCRIPTS = ("han", "latin", "other")
# Characters of written Cantonese that Mandarin does not use; 唔 and 係 are left out, which it does.
CANTONESE = "嘅咗喺冇嚟啲佢哋嗰嘢咁啩㗎嚿攞搵瞓嗌乜噉冚畀嬲孖掟揸踎諗谂喐"
MOSTLY = 0.8  # what has this share of one script is in its language
HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
LATIN = (
    (0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F), (0xFF21, 0xFF3A),
    (0xFF41, 0xFF5A),
)  # fmt: skip


def _inside(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)


_HAN = re.compile(f"[{_inside(HAN)}]")
_LATIN = re.compile(f"[{_inside(LATIN)}]+")
_REST = re.compile(f"[^{_inside(HAN)}{_inside(LATIN)}]")


@dataclass(frozen=True, slots=True)
class Signs:
    """How many Han characters, words of Latin letters and other letters a text has."""

    han: int
    latin: int
    other: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.han + self.latin + self.other


def signs(text: str) -> Signs:
    """The signs of ``text``; digits and marks are none."""
    rest = sum(1 for char in _REST.findall(text) if char.isalpha())
    return Signs(len(_HAN.findall(text)), len(_LATIN.findall(text)), rest)


def language(counted: Signs, cantonese: int) -> str:
    """One of ``LANGUAGES``: that of four fifths of the signs, else mixed; other by half of them.

    ``cantonese`` characters make Chinese Cantonese (yue), Mandarin being zh.
    """
    if counted.other * 2 >= counted.total:
        return "other"
    if counted.han >= counted.total * MOSTLY:
        return "yue" if cantonese else "zh"
    return "en" if counted.latin >= counted.total * MOSTLY else "mixed"
