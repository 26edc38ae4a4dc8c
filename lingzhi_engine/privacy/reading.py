"""One text read three ways, all of the same length, so that every offset fits the original."""

import re
from dataclasses import dataclass
from functools import cached_property

SPOKEN_DIGITS = "零〇洞○一幺二两三四五六七八九拐勾"
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_WIDE |= dict.fromkeys(map(ord, "–—‐‑−"), ord("-"))
_SPOKEN = str.maketrans(SPOKEN_DIGITS + "叉", "00001122345678979X")
_SPELLED = re.compile(rf"[{SPOKEN_DIGITS}](?:[\s，,、。.\-]?[{SPOKEN_DIGITS}\d]){{4}}")
_NUMERAL = re.compile(f"[{SPOKEN_DIGITS}]")


@dataclass(frozen=True)
class Reading:
    """`text` as written; its other readings are made when first asked for."""

    text: str

    @cached_property
    def plain(self) -> str:
        """The text with full-width characters narrowed (１ -> 1, ＠ -> @)."""
        return self.text.translate(_WIDE)

    @cached_property
    def spoken(self) -> str | None:
        """`plain` with spoken numerals as digits (幺三八 -> 138); None where nobody spells."""
        if not _SPELLED.search(self.plain):
            return None
        return self.plain.translate(_SPOKEN)

    def is_spelled(self, start: int, end: int) -> bool:
        """Does a numeral character stand among these characters?"""
        return _NUMERAL.search(self.text, start, end) is not None
