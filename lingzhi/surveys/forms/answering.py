"""What a customer sent of a page of questions."""

from collections.abc import Sequence

from django.http import QueryDict

from lingzhi_engine.questionnaire import Question

FIELD = "q."  # before the place of an answer
MOST = 60


def given_from(sent: QueryDict, page: Sequence[Question]) -> dict[str, list[str]]:
    """The answers to these questions; empty ones are none."""
    places = [place for one in page for place in one.places]
    found = {place: sent.getlist(FIELD + place)[:MOST] for place in places}
    cleaned = {place: [text.replace("\x00", "") for text in said] for place, said in found.items()}
    return {place: said for place, said in cleaned.items() if any(text.strip() for text in said)}


def number_in(sent: QueryDict) -> int:
    """Which page was sent or asked for; -1 where that is none."""
    text = sent.get("page", "")
    return int(text) if text.isdecimal() and len(text) < 4 else -1
