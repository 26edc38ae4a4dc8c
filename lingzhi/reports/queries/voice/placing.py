"""On which dimensions the complaints, opinions and texts of a time lie.

A complaint lies where its cause does; before the cause is found, where its type does, else where
the customer's words do. What lies nowhere is counted by `open_words`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lingzhi.reports.queries.voice.asked import MOST, Asked
from lingzhi.surveys.queries.voice import Source
from lingzhi.surveys.queries.words import OVERALL

ELSEWHERE, OPEN = "elsewhere", "open"  # of none of the dimensions; not laid on any yet


def places_of_complaints(asked: Asked) -> Iterator[tuple[int, set[str]]]:
    """Each complaint with its dimensions; ELSEWHERE or OPEN where it has none."""
    causes = asked.terms.dimension_of[Source.CAUSE]
    types = asked.terms.dimension_of[Source.TYPE]
    rows = asked.complaints.select_related(None).order_by("-pk").values_list(
        "pk", "cause__code", "case__type__code", "case__title", "case__description",
        "claimed_cause",
    )  # fmt: skip
    for pk, cause, kind, *words in rows[:MOST]:
        if cause:
            yield pk, _placed(causes.get(cause))
        elif types.get(kind):
            yield pk, {types[kind]}
        else:
            yield pk, asked.terms.spoken_of(" ".join(words)) or {OPEN}


def places_of_feedback(asked: Asked) -> Iterator[tuple[int, set[str]]]:
    """Each case of an opinion, by its kind, else by its words."""
    kinds = asked.terms.dimension_of[Source.FEEDBACK]
    rows = asked.feedback.order_by("-pk")
    for pk, about, *words in rows.values_list("pk", "about", "case__title", "case__description")[
        :MOST
    ]:
        by_words = asked.terms.spoken_of(" ".join(words))
        yield pk, _placed(kinds.get(about)) if about in kinds else by_words or {OPEN}


def places_of_opinions(asked: Asked) -> Iterator[tuple[int, set[str]]]:
    """Each opinion that was asked for, by its words."""
    for pk, words in asked.opinions.order_by("-pk").values_list("pk", "words")[:MOST]:
        yield pk, asked.terms.spoken_of(words) or {OPEN}


def _placed(dimension: str | None) -> set[str]:
    return {OPEN} if dimension is None else {dimension or ELSEWHERE}


@dataclass(frozen=True, slots=True)
class Placed:
    """How many complaints, opinions and texts lie on each dimension, ELSEWHERE and OPEN among
    them; of how many texts. Of what a person may not see there is nothing.
    """

    complaints: Counter[str]
    opinions: Counter[str]
    texts: Counter[str]
    number: int


def placed(asked: Asked) -> Placed:
    """Read once for all rows. Of the texts those count whose writer is not satisfied all in all;
    who did not say so counts by the words alone."""
    complaints: Counter[str] = Counter()
    opinions: Counter[str] = Counter()
    if asked.sees_cases:
        complaints.update(code for _pk, codes in places_of_complaints(asked) for code in codes)
        opinions.update(code for _pk, codes in places_of_feedback(asked) for code in codes)
        opinions.update(code for _pk, codes in places_of_opinions(asked) for code in codes)
    content = {one.answering_id for one in asked.words.get(OVERALL, ()) if one.is_satisfied}
    spoken = [
        asked.terms.spoken_of(text) or {OPEN}
        for _pk, answering, text in asked.texts
        if answering not in content
    ]
    return Placed(
        complaints, opinions, Counter(code for codes in spoken for code in codes), len(asked.texts)
    )
