"""Reads conversations from plain data: mappings, or short lines such as ``agent@0-3000: 您好``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from .model import Conversation, Related, Turn
from .problems import LARGEST, FieldProblem

_LINE = re.compile(
    r"\s*(?P<role>[^\s:：@]*)(?:@(?P<start>\d+)-(?P<end>\d+))?\s*[:：]\s?(?P<text>.*)", re.S
)
_FIELDS = ("channel", "direction", "agent", "team", "started_at", "ended_at", "outcome")
_LARGEST_SEQ = 2**31 - 1
_TO_SPACE = {0x0A: " ", 0x0D: " "}
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def plain(text: str) -> str:
    """``text`` with line breaks as spaces and lone surrogates replaced, of the same length."""
    return without_surrogates(text.translate(_TO_SPACE))


def without_surrogates(text: str) -> str:
    """``text`` with half characters, which no encoding can write, replaced by U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def conversation(data: Mapping[str, Any] | Sequence[Any], default_id: str = "1") -> Conversation:
    """A conversation from a mapping, or from a bare list of turns.

    Raises ``FieldProblem`` "bad_turn" when a turn is neither a line nor a mapping with a text;
    ``ValueError`` or ``TypeError`` when a figure is none.
    """
    given: Mapping[str, Any] = data if isinstance(data, Mapping) else {"turns": data}
    turns, meta = given.get("turns") or (), given.get("meta") or {}
    if not isinstance(turns, Sequence) or isinstance(turns, str):
        raise FieldProblem("not_a_list", "turns")
    if not isinstance(meta, Mapping):
        raise FieldProblem("not_a_mapping", "meta")
    return Conversation(
        id=without_surrogates(str(given.get("id", default_id))),
        turns=tuple(turn(item, number) for number, item in enumerate(turns, start=1)),
        meta=meta,
        related=_related(given.get("related") or {}),
        **{name: _text(given.get(name)) for name in _FIELDS},
    )


def turn(data: object, number: int) -> Turn:
    """A turn from a short line or from a mapping; ``number`` is its place if it names none."""
    if isinstance(data, str):
        return _line(data, number)
    if not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
        raise FieldProblem("bad_turn", str(number))
    return Turn(
        seq=_up_to(_LARGEST_SEQ, _whole(data.get("seq")) or number),
        role=_text(data.get("role")) or "",
        text=data["text"],
        start_ms=_whole(data.get("start_ms")),
        end_ms=_whole(data.get("end_ms")),
        confidence=_figure(data.get("confidence")),
        emotion=_text(data.get("emotion")),
        energy=_figure(data.get("energy")),
    )


def _line(line: str, number: int) -> Turn:
    match = _LINE.fullmatch(line)
    if match is None:
        raise FieldProblem("bad_turn", str(number))
    start, end = match["start"], match["end"]
    return Turn(
        number,
        match["role"],
        match["text"],
        int(start) if start else None,
        int(end) if end else None,
    )


def _related(data: object) -> Related:
    """Lists of records by table."""
    if not isinstance(data, Mapping):
        raise FieldProblem("not_a_mapping", "related")
    for name, records in data.items():
        if not isinstance(records, list) or not all(isinstance(r, Mapping) for r in records):
            raise FieldProblem("not_a_list", f"related.{name}")
    return {str(name): tuple(records) for name, records in data.items()}


def _whole(value: Any) -> int | None:
    """A whole number of a size that columns hold; ``ValueError`` or ``TypeError`` if it is not."""
    if value is None:
        return None
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"{value} is not a number")
    return _up_to(LARGEST, int(value))


def _up_to(limit: int, value: int) -> int:
    if abs(value) > limit:
        raise ValueError(f"{value} is too large")
    return value


def _figure(value: Any) -> float | None:
    return None if value is None else float(value)


def _text(value: Any) -> str | None:
    return None if value is None else without_surrogates(str(value))
