"""What a judge answered, checked: the form strictly, the quotes word for word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import reasons
from .prompt import CANNOT_TELL
from .unanswered import Unanswered

LONGEST_REASON = 200  # a finding keeps no more
MOST_QUOTES = 50


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that the judge says stand in the turn of that number."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One of the answers asked for, what it rests on, and why."""

    verdict: str
    quotes: tuple[Quote, ...]
    reason: str


def read_reply(said: str, choices: tuple[str, ...]) -> Reply:
    """The reply in ``said``: an object with verdict, quotes and reason, no more and no less.

    Raises ``Unanswered`` "bad_answer" with the part that is wrong, "judge_unsure" when the judge
    says that the record does not tell.
    """
    try:
        data = json.loads(said)
    except (ValueError, RecursionError):
        raise Unanswered(reasons.BAD_ANSWER, "json") from None
    if not isinstance(data, dict) or set(data) != {"verdict", "quotes", "reason"}:
        raise Unanswered(reasons.BAD_ANSWER, "fields")
    verdict, reason = data["verdict"], data["reason"]
    if verdict != CANNOT_TELL and verdict not in choices:
        raise Unanswered(reasons.BAD_ANSWER, "verdict")
    if not isinstance(reason, str):
        raise Unanswered(reasons.BAD_ANSWER, "reason")
    quotes = _quotes(data["quotes"])
    if verdict == CANNOT_TELL:
        raise Unanswered(reasons.JUDGE_UNSURE)
    return Reply(verdict, quotes, " ".join(reason.split())[:LONGEST_REASON])


def _quotes(data: Any) -> tuple[Quote, ...]:
    if not isinstance(data, list) or len(data) > MOST_QUOTES or not all(map(_is_quote, data)):
        raise Unanswered(reasons.BAD_ANSWER, "quotes")
    return tuple(Quote(item["turn"], item["text"]) for item in data)


def _is_quote(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and set(item) == {"turn", "text"}
        and type(item["turn"]) is int
        and isinstance(item["text"], str)
    )


def find_quotes(reply: Reply, texts: Mapping[int, str]) -> tuple[tuple[int, int, int], ...]:
    """Turn, start and end of every quote, where ``texts`` are what the judge saw, by number.

    Raises ``Unanswered`` "quote_not_found" when one does not stand there sign for sign: an answer
    that rests on words nobody said is worth nothing.
    """
    places = []
    for quote in reply.quotes:
        start = texts.get(quote.turn, "").find(quote.text)
        if start < 0 or not any(map(str.isalnum, quote.text)):
            raise Unanswered(reasons.QUOTE_NOT_FOUND, str(quote.turn))
        places.append((quote.turn, start, start + len(quote.text)))
    return tuple(dict.fromkeys(places))
