"""How characters are read, without tones (不带声调的拼音): the tables of ``data/sounds.txt``.

``benchmarks/list_sounds.py`` makes that file and says how; the characters are those of GB 2312.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "sounds.txt"
WORDS = "#"  # the sign of the lines with words, behind those with syllables


@dataclass(frozen=True, slots=True)
class Sounds:
    """The readings of characters and of words.

    ``first`` has the reading of a character that stands alone, ``usual`` all that are in use,
    ``words`` the readings of words that contain a character read otherwise than alone.
    """

    first: Mapping[str, str]
    usual: Mapping[str, frozenset[str]]
    words: Mapping[str, tuple[str, ...]]

    def read(self, text: str) -> list[str]:
        """The reading of each character in its word, "" for what is no known character."""
        found: list[str] = []
        longest = max(map(len, self.words))
        while len(found) < len(text):
            at = len(found)
            pieces = (text[at : at + length] for length in range(longest, 1, -1))
            word = next((piece for piece in pieces if piece in self.words), None)
            found += self.words[word] if word else (self.first.get(text[at], ""),)
        return found


@cache
def sounds() -> Sounds:
    """The tables of ``FILE``, read when they are first asked for."""
    first: dict[str, str] = {}
    usual: dict[str, set[str]] = {}
    words: dict[str, tuple[str, ...]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        name, *parts = line.split()
        if name == WORDS:
            words[parts[0]] = tuple(parts[1:])
            continue
        alone, _, also = parts[0].partition("/")
        first |= dict.fromkeys(alone, name)
        for char in alone + also:
            usual.setdefault(char, set()).add(name)
    return Sounds(first, {char: frozenset(found) for char, found in usual.items()}, words)
