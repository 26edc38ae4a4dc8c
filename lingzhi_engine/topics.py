"""Short texts grouped by what they are about: phrases that several of them share.

Chinese has no spaces, so phrases are found without a dictionary: every run of two to six characters
that comes in enough texts, is not merely a piece of a longer one that comes as often, and neither
begins nor ends with a word of grammar. English goes by words and pairs of words. Topics are then
picked greedily: each time the phrase that says most about the texts not yet taken. A topic is so
always a phrase that stands in its texts; nothing is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LONGEST = 6
PART = 0.8  # a phrase found at least so often within a longer one is only its part
ALIKE = 0.5  # share of common texts from which two phrases are one topic
RUN = re.compile(r"[一-鿿]+|[A-Za-z][A-Za-z']+")
# Characters that join and colour but name nothing: no phrase begins or ends with one.
GRAMMAR = frozenset(
    "的了是我你您他她它们在有和就也都很还吗呢啊吧把被给到对着过这那个要会能可以说真挺而且但又再从让请比与及或之其为"
)
OPEN = GRAMMAR | frozenset("太不没未无")  # these may begin a phrase, and end none
# Said in every talk, whatever it is about.
FILLERS = frozenset(
    {
        "怎么", "怎样", "一下", "什么", "谢谢", "您好", "你好", "麻烦", "请问", "这样", "那样",
        "就是", "还是", "知道", "现在", "时候", "不用", "可以",
    }
)  # fmt: skip
WORDS = frozenset(
    {
        "the", "and", "for", "was", "were", "are", "been", "its", "our", "you", "your", "they",
        "them", "she", "this", "that", "not", "very", "too", "had", "have", "has", "did", "from",
        "with", "but", "all", "one", "who", "what", "when", "how", "will", "would", "could",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """A phrase, others that go with it, and the places of the texts that have one of them."""

    phrase: str
    others: tuple[str, ...]
    texts: tuple[int, ...]


def topics_of(texts: Sequence[str], *, fewest: int = 2, most: int = 12) -> list[Topic]:
    """The topics of at least ``fewest`` texts, the largest first, at most ``most``.

    A text belongs to the first topic that has it, so the numbers add up.
    """
    places = _whole_phrases(_places(texts, fewest))
    left: set[int] = set(range(len(texts)))
    found: list[Topic] = []
    while len(found) < most:
        weights = {phrase: _weight(phrase, at & left) for phrase, at in places.items()}
        best = max(weights, key=lambda phrase: (weights[phrase], phrase), default="")
        taken = places.get(best, frozenset()) & left
        if len(taken) < fewest:
            break
        beside = _beside(best, places, left)
        taken = taken.union(*(places[one] & left for one in beside))
        found.append(Topic(best, tuple(beside), tuple(sorted(taken))))
        left -= taken
    return sorted(found, key=lambda topic: -len(topic.texts))


def _weight(phrase: str, texts: frozenset[int] | set[int]) -> float:
    """Texts count most; of phrases as frequent the longer one says more."""
    length = len(phrase) if not phrase.isascii() else 1 + len(phrase.split())
    return len(texts) * (1 + 0.15 * min(length, LONGEST))


def _beside(best: str, places: Mapping[str, frozenset[int]], left: set[int]) -> list[str]:
    """Phrases whose texts are for the most part those of the best one; long ones may be cut off."""
    own = places[best] & left
    found = []
    for phrase, at in places.items():
        there = at & left
        is_apart = len(phrase) < LONGEST - 1 and phrase not in best and best not in phrase
        if is_apart and there and len(own & there) >= ALIKE * len(own | there):
            found.append(phrase)
    return sorted(found, key=lambda one: (-len(places[one] & left), one))[:3]


def _places(texts: Sequence[str], fewest: int) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for at, text in enumerate(texts):
        for phrase in _phrases(text):
            found[phrase].add(at)
    return {phrase: frozenset(at) for phrase, at in found.items() if len(at) >= fewest}


def _phrases(text: str) -> Iterator[str]:
    english: list[str] = []
    for run in RUN.findall(text):
        if run.isascii():
            english.append(run.lower())
        else:
            yield from _pieces(run)
    yield from _english(english)


def _pieces(run: str) -> Iterator[str]:
    for first in range(len(run) - 1):
        for last in range(first + 2, min(len(run), first + LONGEST) + 1):
            piece = run[first:last]
            if piece[0] not in GRAMMAR and piece[-1] not in OPEN and piece not in FILLERS:
                yield piece


def _english(words: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        if word not in WORDS and len(word) > 2:
            yield word
            if at + 1 < len(words) and words[at + 1] not in WORDS:
                yield f"{word} {words[at + 1]}"


def _whole_phrases(places: Mapping[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    """Without those that are, nearly always, a piece of a longer phrase."""
    longer: dict[str, int] = defaultdict(int)
    for phrase, at in places.items():
        for piece in _inner(phrase):
            longer[piece] = max(longer[piece], len(at))
    return {phrase: at for phrase, at in places.items() if longer[phrase] < PART * len(at)}


def _inner(phrase: str) -> Iterable[str]:
    if phrase.isascii():
        return phrase.split() if " " in phrase else ()
    size = len(phrase)
    return {
        phrase[first:last]
        for first in range(size)
        for last in range(first + 2, size + 1)
        if last - first < size
    }
