"""A questionnaire that was read: frozen, and such that each question can be reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Texts = Mapping[str, str]
# What was answered, by the place of the answer: the code of the question, in a matrix
# `question.row`. A judgement is its number as text, a choice its code.
Given = Mapping[str, Sequence[str]]
PAGE = 4  # questions on one page of a phone
LONGEST = 2000  # characters of a text


class Kind(StrEnum):
    """What an answer looks like."""

    SCALE = "scale"
    CHOICE = "choice"
    CHOICES = "choices"
    MATRIX = "matrix"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. `title` by language."""

    code: str
    title: Texts


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a matrix, with the dimension it is about."""

    code: str
    title: Texts
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class AskIf:
    """A question is asked where an earlier one got one of these answers."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, asked in its order unless `ask_if` says no.

    `numbers` are those of its scale. A judgement of `low_at` or less calls for somebody who sets it
    right; None where none does.
    """

    code: str
    kind: Kind
    title: Texts
    dimension: str = ""
    is_required: bool = False
    scale: str = ""
    numbers: range = range(0)
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    ask_if: AskIf | None = None
    low_at: int | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The answers it takes; empty where it takes any words."""
        if self.kind in (Kind.SCALE, Kind.MATRIX):
            return tuple(map(str, self.numbers))
        return tuple(one.code for one in self.options)

    @property
    def places(self) -> tuple[str, ...]:
        """Where its answers stand in what was given."""
        if self.kind is Kind.MATRIX:
            return tuple(f"{self.code}.{row.code}" for row in self.rows)
        return (self.code,)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What it is about."""
        about = (row.dimension for row in self.rows) if self.rows else (self.dimension,)
        return tuple(filter(None, about))

    def takes(self, given: Sequence[str]) -> bool:
        """Whether this is an answer to it, or to one of its rows."""
        if self.kind is Kind.TEXT:
            return len(given) == 1 and len(given[0]) <= LONGEST
        if self.kind is Kind.CHOICES:
            return len(set(given)) == len(given) and set(given) <= set(self.values)
        return len(given) == 1 and given[0] in self.values

    def is_answered(self, given: Given) -> bool:
        """Whether something was said to it, in a matrix to every row."""
        return all(any(text.strip() for text in given.get(place, ())) for place in self.places)

    def is_low(self, given: Given) -> bool:
        """Whether a judgement was so bad that it calls for somebody."""
        if self.low_at is None or self.kind not in (Kind.SCALE, Kind.MATRIX):
            return False
        said = (text for place in self.places for text in given.get(place, ()))
        return any(int(text) <= self.low_at for text in said if text in self.values)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The questions in their order. Conditions look back only, so it ends."""

    questions: tuple[Question, ...]

    @property
    def pages(self) -> tuple[tuple[Question, ...], ...]:
        """What stands together: a few questions of which none waits for another one."""
        pages: list[list[Question]] = []
        for one in self.questions:
            here = {before.code for before in pages[-1]} if pages else set()
            waits = one.ask_if is not None and one.ask_if.question in here
            if not pages or len(pages[-1]) >= PAGE or waits:
                pages.append([])
            pages[-1].append(one)
        return tuple(tuple(page) for page in pages)

    def asked(self, given: Given) -> list[Question]:
        """The questions of somebody who gave these answers. An answer to a question that is not
        asked any more counts for nothing."""
        found: list[Question] = []
        for one in self.questions:
            if one.ask_if is None or self._fits(one.ask_if, given, found):
                found.append(one)
        return found

    @staticmethod
    def _fits(condition: AskIf, given: Given, asked: list[Question]) -> bool:
        if condition.question not in {one.code for one in asked}:
            return False
        return bool(set(given.get(condition.question, ())) & set(condition.answers))

    def kept(self, given: Given) -> dict[str, list[str]]:
        """The answers to questions that are asked, empty ones left out."""
        places = (place for one in self.asked(given) for place in one.places)
        said = {place: [text for text in given.get(place, ()) if text.strip()] for place in places}
        return {place: texts for place, texts in said.items() if texts}

    def wrong(self, given: Given) -> list[str]:
        """Codes of questions whose answer is none of theirs."""
        return [
            one.code
            for one in self.questions
            if any(given.get(place) and not one.takes(given[place]) for place in one.places)
        ]

    def missing(self, given: Given, among: Sequence[Question] | None = None) -> list[str]:
        """Codes of questions that are asked, want an answer, and got none."""
        looked_at = self.asked(given)
        if among is not None:
            looked_at = [one for one in looked_at if one in among]
        return [one.code for one in looked_at if one.is_required and not one.is_answered(given)]

    def low(self, given: Given) -> list[str]:
        """Codes of questions that were answered so badly that somebody has to look at it."""
        return [one.code for one in self.asked(given) if one.is_low(given)]

    @property
    def dimensions(self) -> set[str]:
        """Everything it asks about."""
        return {name for one in self.questions for name in one.dimensions}
