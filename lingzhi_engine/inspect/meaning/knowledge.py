"""What was asked and answered, held against the entries of a knowledge base, without any model.

Questions are compared by the cosine of their letters and pairs of letters (``likeness``).
Answers are compared clause by clause: two clauses speak of the same thing when enough of the
shorter one's letters and pairs stand in the other, words of negation, figures and empty words
aside. They contradict each other when one denies and the other does not, or when both give figures
of one unit and none is the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..fold import fold
from ..likeness import grams, letters_of, likeness
from ..quantities import figures

AGREES, CONTRADICTS, DIFFERS = "agrees", "contradicts", "differs"
UNANSWERED, NOT_IN_BASE = "unanswered", "not_in_base"
OUTCOMES = (AGREES, CONTRADICTS, DIFFERS, UNANSWERED, NOT_IN_BASE)

_ASKS = re.compile(
    r"[?？]|[吗嘛么]\s*[。，,]?$|怎么|怎样|如何|多少|多久|多长|什么|啥|哪[里儿个些种天家]|几[天个点号次块元]"
    r"|为何|能不能|可不可以|可以不|行不行|是不是|有没有|要不要|会不会|好不好|能否|是否|可否"
)
_FILLERS = re.compile(
    r"请问一?下?|麻烦|想?问一?下|我想|我要|你们|您们?|咱们|那个|就是|一下|[的了吗呢啊呀吧嘛么哦嗯您你]"
)
_CLAUSES = re.compile(r"[，。！？；、,!?;：:\s]+|但是|不过|而且|并且|所以")
_DENIES = re.compile(
    r"(?:不(?!仅|但|光|客气|好意思|用客气)|没有?|无需|无法|别|勿|未|非(?!常)|禁止|拒绝)"
)
_DOUBLE = re.compile(r"不能不|不得不|不是不|没有不|非[^，。]{1,6}不可")
_FIGURE_SIGNS = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千万亿半.%％]+")
_EMPTY = re.compile(
    r"非常|[的了吗呢啊呀吧嘛么哦嗯您你我们这那边是就都也还会要能可以之后在有个为由给请到哈]"
)
_SHORTEST, _SHORTEST_WITH_EMPTY = 2, 3  # letters; less cannot be told to be about one thing


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the base: ways to ask, and the answer."""

    id: str
    questions: tuple[str, ...]
    answer: str

    @classmethod
    def of(cls, record: Mapping[str, Any], place: int) -> Entry | None:
        """The entry in a record ``{id, question, answer}``; ``question`` may be a list of them."""
        asked = record.get("question")
        questions = [str(one) for one in (asked if isinstance(asked, list) else [asked]) if one]
        if not questions or not record.get("answer"):
            return None
        return cls(str(record.get("id") or f"#{place}"), tuple(questions), str(record["answer"]))


@dataclass(frozen=True, slots=True)
class Compared:
    """How an answer stands to an entry, how alike they are, and where (in the text said)."""

    outcome: str
    likeness: float
    start: int = 0
    end: int = 0


def asks(text: str) -> bool:
    """Does ``text`` look like a question?"""
    return bool(_ASKS.search(fold(text)))


def asked_entry(text: str, entries: Sequence[Entry]) -> tuple[Entry | None, float]:
    """The entry whose question is most like ``text``, and how like it is (0-1)."""
    mine = _asked(text)
    best: tuple[Entry | None, float] = (None, 0.0)
    for entry in entries:
        alike = max(likeness(mine, _asked(question), "ngram") for question in entry.questions)
        if alike > best[1]:
            best = (entry, alike)
    return best


def _asked(text: str) -> str:
    return letters_of(_FILLERS.sub("", fold(text)))


def compare(said: str, answer: str, threshold: float) -> Compared:
    """Whether ``said`` agrees with ``answer``; a contradiction outweighs what agrees."""
    right = [_Clause.of(fold(answer), *span) for span in _spans(answer)]
    found = Compared(DIFFERS, 0.0)
    for span in _spans(said):
        clause = _Clause.of(fold(said), *span)
        alike, other = max(
            ((_overlap(clause, one), one) for one in right),
            key=lambda pair: pair[0],
            default=(0.0, None),
        )
        if other is None or alike < threshold:
            if found.outcome == DIFFERS and alike > found.likeness:
                found = Compared(DIFFERS, alike, *span)
        elif clause.contradicts(other):
            return Compared(CONTRADICTS, alike, *span)
        elif found.outcome != AGREES or alike > found.likeness:
            found = Compared(AGREES, alike, *span)
    return found


@dataclass(frozen=True, slots=True)
class _Clause:
    letters: str  # that tell what it is about
    every: str  # also those of empty words
    denies: bool
    figures: frozenset[str]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Clause:
        words = _DOUBLE.sub("", text[start:end])
        denied = len(_DENIES.findall(words)) % 2 == 1
        bare = _FIGURE_SIGNS.sub("", _DENIES.sub("", words))
        letters, every = letters_of(_EMPTY.sub("", bare)), letters_of(bare)
        return cls(letters, every, denied, frozenset(figures(words)))

    def contradicts(self, other: _Clause) -> bool:
        """Denied here and not there, or other figures of the same unit."""
        if self.denies != other.denies:
            return True
        mine, theirs = _by_unit(self.figures), _by_unit(other.figures)
        return any(not mine[unit] & theirs[unit] for unit in mine.keys() & theirs.keys())


def _by_unit(given: frozenset[str]) -> dict[str, set[str]]:
    units: dict[str, set[str]] = {}
    for figure in given:
        number = re.match(r"[\d.e+]*", figure)
        size = number.end() if number else 0
        units.setdefault(figure[size:], set()).add(figure[:size])
    return units


def _spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each clause that holds anything."""
    found, start = [], 0
    for mark in [*_CLAUSES.finditer(text), None]:
        end = len(text) if mark is None else mark.start()
        if any(map(str.isalnum, text[start:end])):
            found.append((start, end))
        start = end if mark is None else mark.end()
    return found


def _overlap(one: _Clause, other: _Clause) -> float:
    """The share of the shorter one's letters and pairs that stand in the other.

    Where one is all but empty (不可以退), its empty words are all there is to go by.
    """
    if min(len(one.letters), len(other.letters)) >= _SHORTEST:
        return _shared(one.letters, other.letters)
    if min(len(one.every), len(other.every)) >= _SHORTEST_WITH_EMPTY:
        return _shared(one.every, other.every)
    return 0.0


def _shared(one: str, other: str) -> float:
    mine, theirs = grams(one, "ngram"), grams(other, "ngram")
    return (mine & theirs).total() / min(mine.total(), theirs.total())
