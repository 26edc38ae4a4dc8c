"""What is proposed for a clause, and the words it was found in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lingzhi.rulebook.regulation_text.force import simplified
from lingzhi.rulebook.regulation_text.numerals import HAN, narrow, number_in
from lingzhi.rulebook.regulation_text.tables import BETWEEN


@dataclass(frozen=True, slots=True)
class Found:
    """A figure of a proposal. No value: the regulation leaves it open and `ask` asks for it.

    `is_assumed`: the text does not say it; the value is only an example. `blank` is the place of
    the words that leave it open, in the clause's text.
    """

    value: Any = None
    unit: str = ""
    ask: str = ""
    is_assumed: bool = False
    blank: tuple[int, int] | None = None

    @property
    def mark(self) -> str:
        if self.value is None:
            return "placeholder"
        return "example" if self.is_assumed else "normative"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A control that a clause's words suggest. `start` and `end` bound them in its text."""

    start: int
    end: int
    kind: str
    title: str
    fixed: Mapping[str, Any]
    figures: Mapping[str, Found]

    def with_figures(self, **figures: Found) -> "Proposal":
        return replace(self, figures={**self.figures, **figures})

    def over(self, start: int, end: int) -> "Proposal":
        """The same proposal, its words stretched to hold this place too."""
        return replace(self, start=min(self.start, start), end=max(self.end, end))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that belong to the adopter: names of posts, each with its code."""

    posts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause, simplified and narrow, and where it stands.

    `above` is what stands before it in the clause: its title and earlier sentences.
    """

    text: str
    offset: int
    above: str = ""
    title: str = ""

    @property
    def lead(self) -> str:
        """For an item of a list (（一）…): the sentence that the list belongs to, else ""."""
        if not ITEM.match(self.text):
            return ""
        lines = [line for line in self.above.splitlines() if not ITEM.match(line)]
        return lines[-1] if lines else ""

    def heads(self) -> list[str]:
        """For a row of a table: the cells of its head, in order."""
        rows: list[str] = []
        for line in reversed(self.above.splitlines()):
            if BETWEEN not in line:
                break
            rows.append(line)
        return rows[-1].split(BETWEEN) if rows else []

    def place(self, found: re.Match[str], group: int | str = 0) -> tuple[int, int]:
        """Where a match lies in the clause's text."""
        return self.offset + found.start(group), self.offset + found.end(group)


LONGEST = 600  # characters of a sentence; what is longer is read in parts
REACH = 4000  # characters before a sentence that are looked at for its context
ITEM = re.compile(rf"\s*(?:[（(][{HAN}\d]{{1,3}}[）)]|\d{{1,2}}[.、)）]|[①-⑳]|[-•·*])")
_ENDS = re.compile(r"[。；;！!？?\n]")
_QUOTE_ENDS = {"“": "”", "「": "」", "『": "』", "《": "》"}


def sentences_of(text: str, title: str = "") -> Iterator[Sentence]:
    """The sentences of a clause; marks inside quotes do not end one."""
    words = simplified(narrow(text))
    start, closing = 0, ""
    for at, char in enumerate(words):
        if closing:
            closing = "" if char in {closing, "\n"} else closing
        elif char in _QUOTE_ENDS and _QUOTE_ENDS[char] in words[at : at + 80]:
            closing = _QUOTE_ENDS[char]
        if (not closing and _ENDS.match(char)) or at - start >= LONGEST:
            yield from _sentence(words, start, at, title)
            start = at + 1
    yield from _sentence(words, start, len(words), title)


def _sentence(words: str, start: int, end: int, title: str) -> Iterator[Sentence]:
    if words[start:end].strip():
        above = words[max(start - REACH, 0) : start]
        yield Sentence(words[start:end], start, f"{title}\n{above}", title)


def figure(sentence: Sentence, found: re.Match[str], group: str, ask: str, unit: str = "") -> Found:
    """The number of a match's group, or the blank that stands in its place."""
    value = number_in(found[group])
    if value is None:
        return Found(unit=unit, ask=ask, blank=sentence.place(found, group))
    return Found(int(value) if value == int(value) else value, unit)


def zh(text: str) -> dict[str, str]:
    """A text as a pack holds it."""
    return {"zh-Hans": text}


def spans_overlap(one: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(one[0] < end and start < one[1] for start, end in others)
