"""How alike two texts are by the letters they share, and by letters that follow each other."""

from __future__ import annotations

import math
from collections import Counter

from .fold import fold

METHODS = ("ngram", "dice", "contained")


def letters_of(text: str) -> str:
    """The folded letters and digits of ``text``."""
    return "".join(char for char in fold(text) if char.isalnum())


def pairs(letters: str) -> set[str]:
    """The different pairs of neighbouring letters."""
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def grams(letters: str, method: str) -> Counter[str]:
    """What is compared: pairs of neighbouring letters, for ``ngram`` the letters too, counted."""
    if method != "ngram":
        return Counter(dict.fromkeys(pairs(letters), 1))
    return Counter(letters) + Counter(letters[i : i + 2] for i in range(len(letters) - 1))


def likeness(letters: str, example: str, method: str) -> float:
    """0 to 1: the cosine of the counts for ``ngram`` (Salton's vector model), for ``dice`` twice
    what is shared over what there is (Dice 1945), for ``contained`` the share of the example.
    """
    one, other = grams(letters, method), grams(example, method)
    shared = sum(count * other[gram] for gram, count in one.items())
    if not shared:
        return 0.0
    if method == "ngram":
        squares = [sum(count * count for count in counts.values()) for counts in (one, other)]
        return shared / math.sqrt(squares[0] * squares[1])
    return shared / len(other) if method == "contained" else 2 * shared / (len(one) + len(other))
