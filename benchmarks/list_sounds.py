# ruff: noqa: E402  # the path must be set before anything is imported
"""Lists how the characters of GB 2312 are read, out of the dictionary of pypinyin (MIT).

Compares the list with `lingzhi_engine/inspect/data/sounds.txt`; with `--write` it renews that file.
A line is a syllable, the characters that are read so when they stand alone, and behind a slash
those that are read so in two or more words; a line with # is a word of which some character is
read otherwise than alone. pypinyin loads for two seconds, this list in some milliseconds.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

import json

import pypinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_normal

from lingzhi_engine.inspect.pattern.sounds import FILE, WORDS, sounds

USUAL = 2  # words of the dictionary that must use a reading for it to count as usual


def characters() -> list[str]:
    """The 6,763 characters of GB 2312-1980."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [char for pair in rows if (char := pair.decode("gb2312", "ignore"))]


def readings() -> dict[str, list[str]]:
    """The words of the dictionary with the reading of each character."""
    return {
        word: [plain(said) for (said, *_) in given]
        for word, given in PHRASES_DICT.items()
        if len(word) == len(given)
    }


def plain(reading: str) -> str:
    """A reading without its tone."""
    return str(to_normal(reading)).replace("ü", "v")


def lines() -> list[str]:
    """The file."""
    alone = {c: pypinyin.pinyin(c, style=pypinyin.Style.NORMAL)[0][0] for c in characters()}
    words = readings()
    used = Counter(pair for word, said in words.items() for pair in zip(word, said, strict=True))
    also = {
        (char, sound)
        for (char, sound), number in used.items()
        if number >= USUAL and alone.get(char, sound) != sound
    }
    found = []
    for sound in sorted({*alone.values(), *(sound for _, sound in also)}):
        first = "".join(char for char in alone if alone[char] == sound)
        further = "".join(char for char in alone if (char, sound) in also)
        found.append(f"{sound} {first}/{further}" if further else f"{sound} {first}")
    odd = sorted(
        f"{WORDS} {word} {' '.join(said)}"
        for word, said in words.items()
        if set(word) <= alone.keys() and said != [alone[char] for char in word]
    )
    return found + odd


def main() -> None:
    """Write or compare, and say how often words are read as pypinyin reads them."""
    text = "\n".join(lines()) + "\n"
    if "--write" in sys.argv:
        FILE.write_text(text, encoding="utf-8", newline="\n")
    known = sounds()
    words = [word for word in readings() if set(word) <= known.first.keys()]
    same = sum(
        known.read(word) == [s for (s,) in pypinyin.pinyin(word, style=pypinyin.Style.NORMAL)]
        for word in words
    )
    figures = {
        "same_file": FILE.read_text(encoding="utf-8") == text,
        "characters": len(known.first),
        "words_listed": len(known.words),
        "words_read_alike": round(same / len(words), 5),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
