"""What each person said about one thing: the answers on scales, one word a person.

Several answers of one person about the same thing are one word: the mean of their places on their
scales, satisfied from the mean of the cut-offs on. So no figure counts a person twice, and every
interval rests on people.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from lingzhi.surveys.models import Answer, Answering, Scale

OVERALL = "overall"
Kind = Scale.Kind
JUDGED = (Kind.CSAT, Kind.SCALE)
COLUMNS = (
    "answering_id", "at", "answering__unit_id", "agent", "channel", "answering__mode",
)  # fmt: skip
MARK = (
    "number", "scale__lowest", "scale__highest", "scale__satisfied_from", "scale__dissatisfied_to",
    "scale__kind", "dimension",
)  # fmt: skip


class Mark(NamedTuple):
    """One answer on a scale."""

    number: int
    lowest: int
    highest: int
    satisfied_from: int
    dissatisfied_to: int
    kind: str = Kind.SCALE
    dimension: str = ""

    def place(self, number: int) -> float:
        """Where a number lies between the ends of the scale, 0–1."""
        return (number - self.lowest) / ((self.highest - self.lowest) or 1)


@dataclass(frozen=True, slots=True)
class Word:
    """What one person said. `unit_id` and `agent_id` are of whom is judged."""

    answering_id: int
    at: datetime
    unit_id: int | None
    agent_id: int | None
    channel: str
    mode: str
    marks: tuple[Mark, ...]

    @property
    def place(self) -> float:
        """0–1: from the worst answer possible to the best."""
        return sum(one.place(one.number) for one in self.marks) / len(self.marks)

    @property
    def is_satisfied(self) -> bool:
        cut = sum(one.place(one.satisfied_from) for one in self.marks) / len(self.marks)
        return self.place >= cut - 1e-9

    @property
    def is_dissatisfied(self) -> bool:
        cut = sum(one.place(one.dissatisfied_to) for one in self.marks) / len(self.marks)
        return self.place <= cut + 1e-9

    @property
    def promotes(self) -> int:
        """1 of a promoter, −1 of a detractor, 0 between."""
        return int(self.is_satisfied) - int(self.is_dissatisfied)


def words(answerings: QuerySet[Answering], dimension: str = OVERALL) -> Iterator[Word]:
    """How satisfied each person is with one dimension, or all in all.

    All in all is what was asked as such or on a CSAT scale; who was not asked so, but about single
    dimensions, is taken by these together.
    """
    kinds = Q(scale__kind__in=JUDGED)
    if dimension == OVERALL:
        return _words(answerings, kinds, all_in_all)
    return _words(answerings, kinds & Q(dimension=dimension), lambda marks: marks)


def by_dimension(answerings: QuerySet[Answering]) -> dict[str, list[Word]]:
    """`words` of every dimension anybody judged, read once; `OVERALL` first."""
    found: dict[str, list[Word]] = {OVERALL: []}
    for one in _words(answerings, Q(scale__kind__in=JUDGED), lambda marks: marks):
        found[OVERALL].append(replace(one, marks=all_in_all(one.marks)))
        for name in {mark.dimension for mark in one.marks} - {OVERALL, ""}:
            marks = tuple(mark for mark in one.marks if mark.dimension == name)
            found.setdefault(name, []).append(replace(one, marks=marks))
    return found


def recommending(answerings: QuerySet[Answering]) -> Iterator[Word]:
    """How likely each person is to recommend: the first answer on an NPS scale."""
    return _words(answerings, Q(scale__kind=Kind.NPS), lambda marks: marks[:1])


def effort(answerings: QuerySet[Answering]) -> Iterator[Word]:
    """How easy it was: the answers on CES scales."""
    return _words(answerings, Q(scale__kind=Kind.CES), lambda marks: marks)


def all_in_all(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """What was asked as such or on a CSAT scale; else the single dimensions together."""
    found = [one for one in marks if one.kind == Kind.CSAT or one.dimension == OVERALL]
    return tuple(found) or marks


def _words(
    answerings: QuerySet[Answering],
    which: Q,
    choose: Callable[[tuple[Mark, ...]], tuple[Mark, ...]],
) -> Iterator[Word]:
    rows = (
        Answer.objects.filter(which, answering__in=answerings.order_by().values("pk"))
        .annotate(
            at=Coalesce("answering__invitation__served_at", "answering__started_at"),
            agent=F("answering__invitation__agent_id"),
            channel=Coalesce(
                "answering__invitation__contact__channel__code",
                "answering__invitation__case__channel__code",
            ),
        )
        .order_by("answering_id", "pk")
        .values_list(*COLUMNS, *MARK)
    )
    for known, several in groupby(rows.iterator(), key=lambda row: row[: len(COLUMNS)]):
        marks = choose(tuple(Mark(*row[len(COLUMNS) :]) for row in several))
        yield _word(known, marks)


def _word(known: tuple[Any, ...], marks: tuple[Mark, ...]) -> Word:
    answering, at, unit, agent, channel, mode = known
    return Word(answering, at, unit, agent, channel or "", mode, marks)
