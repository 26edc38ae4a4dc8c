"""Reading turns: a list of objects, or the text of a chat export or transcript."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lingzhi.contacts.lines import spoken_lines
from lingzhi.contacts.models import Turn
from lingzhi.contacts.readers import decibels, emotion, milliseconds, share
from lingzhi.contacts.speakers import role_of
from lingzhi.core.intake import Wrong
from lingzhi.core.readers import moment, plain, written

MAX_TURNS = 5000
MAX_CHARACTERS = 20_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DeliveredTurn:
    """What one side said. Times count from the start of the conversation; `at` is the time of
    day that a chat system wrote beside it, from which `start_ms` is worked out; `masked` the words
    without personal data, where they were masked ahead of the transaction that writes them.
    """

    role: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    at: datetime | None = None
    masked: str | None = None
    confidence: float | None = None
    emotion: str = ""
    energy: float | None = None

    @property
    def heard(self) -> tuple[float | None, str, float | None]:
        """What recognition heard besides the words: certainty, emotion, level of the voice."""
        return self.confidence, self.emotion, self.energy


def read_turns(raw: Any) -> list[DeliveredTurn]:
    """Turns from a list of `{role, text, start_ms, end_ms, at}` or from lines `客服：您好`.

    An item without speaker and words is no turn: where each turn has a row, a call that nobody
    answered still has one.

    `{lines, speakers}` also says who the speakers of the lines are. Turns come in the order of
    their times where every one of them has a time: recognition delivers one channel after the
    other, chat systems the newest first.
    """
    if isinstance(raw, str):
        found = _from_lines(raw, {})
    elif isinstance(raw, dict):
        found = _from_lines(raw.get("lines"), raw.get("speakers") or {})
    else:
        found = _from_list(raw)
    if len(found) > MAX_TURNS:
        raise Wrong(_("A conversation may have at most %(limit)d turns."), limit=MAX_TURNS)
    return _in_order(found)


def counted_from(turns: list[DeliveredTurn], start: datetime | None) -> list[DeliveredTurn]:
    """Turns with times of day as milliseconds from `start`, or from the first of them where the
    start is not known or lies after it.
    """
    times = [turn.at for turn in turns if turn.at is not None]
    if not times:
        return turns
    first = min(times)
    base = start if start is not None and start <= first else first
    return [
        replace(turn, start_ms=round((turn.at - base).total_seconds() * 1000), at=None)
        if turn.at is not None
        else turn
        for turn in turns
    ]


def _in_order(turns: list[DeliveredTurn]) -> list[DeliveredTurn]:
    if all(turn.at is not None for turn in turns):
        newest_first = len(turns) > 1 and turns[0].at > turns[-1].at  # type: ignore[operator]
        ordered = turns[::-1] if newest_first else turns
        return sorted(ordered, key=lambda turn: turn.at)  # type: ignore[arg-type,return-value]
    if all(turn.start_ms is not None for turn in turns):
        return sorted(turns, key=lambda turn: turn.start_ms or 0)
    return turns


def _from_list(raw: Any) -> list[DeliveredTurn]:
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise Wrong(_("The turns must be a list of objects with role and text."))
    said = [(at, one) for at, one in enumerate(raw, start=1) if one.get("role") or one.get("text")]
    return [_turn(number, one) for number, one in said]


def _turn(number: int, one: dict[str, Any]) -> DeliveredTurn:
    try:
        return _read_turn(one)
    except Wrong as wrong:
        wrong.turn = number
        raise


def _read_turn(one: dict[str, Any]) -> DeliveredTurn:
    start, end = _known(one, "start_ms", milliseconds), _known(one, "end_ms", milliseconds)
    if start is not None and end is not None and end < start:
        raise Wrong(_("A turn ends before it starts."))
    return DeliveredTurn(
        role_of(one.get("role") or ""),
        _said(one.get("text") or ""),
        start,
        end,
        _known(one, "at", moment),
        confidence=_known(one, "confidence", share),
        emotion=_known(one, "emotion", emotion) or "",
        energy=_known(one, "energy", decibels),
    )


def _known(one: dict[str, Any], name: str, read: Callable[[Any], T]) -> T | None:
    return None if one.get(name) in (None, "") else read(one[name])


def _from_lines(raw: Any, speakers: Mapping[str, str]) -> list[DeliveredTurn]:
    return [
        DeliveredTurn(one.role, _said(one.text), one.start_ms, at=one.at)
        for one in spoken_lines(plain(raw or ""), speakers)
    ]


def _said(raw: Any) -> str:
    said = written(raw)
    if len(said) > MAX_CHARACTERS:
        raise Wrong(_("A turn may have at most %(limit)d characters."), limit=MAX_CHARACTERS)
    return said


def shown_turns(turns: list[DeliveredTurn]) -> str:
    """The beginning of a conversation, for a preview of what will be read."""
    labels = dict(Turn.Speaker.choices)
    first = [f"{labels[turn.role]}: {turn.text}" for turn in turns[:3]]
    rest = len(turns) - len(first)
    more = ngettext("… %(count)d more", "… %(count)d more", rest) % {"count": rest}
    return "\n".join([*first, more] if rest else first)
