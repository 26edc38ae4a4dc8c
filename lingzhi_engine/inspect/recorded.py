"""Figures that the telephone system records with a conversation, read from its metadata.

The engine and the reference share this: a figure has one value, there is nothing to do in bulk.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from . import reasons
from .fields import value_of
from .specs import Measured

Meta: TypeAlias = Mapping[str, Any]


class Unrecorded(Exception):
    """The figure is not there, or is not a number; ``reason`` and ``detail`` say which."""

    def __init__(self, detail: str, reason: str = reasons.FIELD_MISSING) -> None:
        self.reason, self.detail = reason, detail
        super().__init__(detail)


def figure(spec: Measured, meta: Meta) -> float:
    """The figure of ``spec``; raises ``Unrecorded``."""
    return FIGURES[spec.what](spec, meta)


def transfers(meta: Meta) -> float:
    """How often the call was passed on: a number, or a list with an entry for each time."""
    given = meta.get("transfers")
    return float(len(given)) if isinstance(given, list) else _needed(meta, "transfers")


def ended_by(meta: Meta) -> str | None:
    """Who ended the conversation."""
    given = value_of("ended_by", meta, {})
    return None if given is None else str(given)


def silent_role(meta: Meta) -> str | None:
    """Who cannot be heard: "" for nobody, ``None`` where it is not known."""
    given = _of_audio(meta, "silent_role")
    return None if given is None else str(given)


def _of_audio(meta: Meta, name: str) -> object:
    """A fact of the recording: in ``audio``, or flat as ``audio_name`` where data is flat."""
    audio = meta.get("audio")
    given = audio.get(name) if isinstance(audio, Mapping) else None
    return meta.get(f"audio_{name}") if given is None else given


def _number(meta: Meta, name: str) -> float | None:
    given = value_of(name, meta, {})
    if given is None:
        return None
    try:
        number = float(given) if isinstance(given, int | float | str) else math.nan
    except ValueError:
        number = math.nan
    if isinstance(given, bool) or not math.isfinite(number):
        raise Unrecorded(name, reasons.NOT_COMPARABLE)
    return number


def _needed(meta: Meta, name: str) -> float:
    number = _number(meta, name)
    if number is None:
        raise Unrecorded(name)
    return number


def _milliseconds(meta: Meta, stem: str) -> float | None:
    """``stem_ms``, or ``stem_seconds`` times a thousand."""
    exact = _number(meta, f"{stem}_ms")
    if exact is not None:
        return exact
    seconds = _number(meta, f"{stem}_seconds")
    return None if seconds is None else seconds * 1000


@dataclass(frozen=True, slots=True)
class _Holds:
    """The single holds where ``lengths`` are known, and all of them together."""

    lengths: list[float] | None
    total: float | None


def _holds(spec: Measured, meta: Meta) -> _Holds:
    """From the list ``holds`` if it is there, else from the total that was recorded."""
    given = meta.get("holds")
    if given is None:
        total = _milliseconds(meta, "hold")
        if total == 0:
            return _Holds([], 0.0)
        return _Holds(None, None if spec.shortest else total)  # which are too short is not known
    if not isinstance(given, list):
        raise Unrecorded("holds", reasons.NOT_COMPARABLE)
    lengths = [length for length in map(_hold, given) if length >= spec.shortest]
    return _Holds(lengths, sum(lengths))


def _hold(given: object) -> float:
    """Milliseconds of one hold: a number of them, ``ms``, ``seconds``, or start and end."""
    data = given if isinstance(given, Mapping) else {"ms": given}
    for name, scale in (("ms", 1), ("seconds", 1000)):
        length = _number(data, name)
        if length is not None:
            return length * scale
    start, end = _number(data, "start_ms"), _number(data, "end_ms")
    if start is None or end is None:
        raise Unrecorded("holds", reasons.NOT_COMPARABLE)
    return max(0.0, end - start)


def _hold_total(spec: Measured, meta: Meta) -> float:
    total = _holds(spec, meta).total
    if total is None:
        raise Unrecorded("holds" if spec.shortest else "hold_seconds")
    return total


def _hold_longest(spec: Measured, meta: Meta) -> float:
    lengths = _holds(spec, meta).lengths
    if lengths is not None:
        return max(lengths, default=0.0)
    longest = _milliseconds(meta, "longest_hold")
    if longest is None:
        raise Unrecorded("longest_hold_seconds")
    return longest if longest >= spec.shortest else 0.0


def _hold_count(spec: Measured, meta: Meta) -> float:
    lengths = _holds(spec, meta).lengths
    if lengths is None and spec.shortest:
        raise Unrecorded("holds")  # which are too short is not known
    return _needed(meta, "hold_count") if lengths is None else float(len(lengths))


def _ring(spec: Measured, meta: Meta) -> float:
    time = _milliseconds(meta, "ring")
    if time is None:
        raise Unrecorded("ring_seconds")
    return time


def _rings(spec: Measured, meta: Meta) -> float:
    count = _number(meta, "ring_count")
    if count is None and spec.ring_ms:
        time = _milliseconds(meta, "ring")
        count = None if time is None else float(math.ceil(time / spec.ring_ms))
    if count is None:
        raise Unrecorded("ring_count")
    return count


def _wait(spec: Measured, meta: Meta) -> float:
    time = _milliseconds(meta, "wait")
    if time is None:
        raise Unrecorded("wait_seconds")
    return time


def _audio(name: str) -> Callable[[Measured, Meta], float]:
    flat = f"audio_{name}"
    return lambda spec, meta: _needed({flat: _of_audio(meta, name)}, flat)


AUDIO = ("clipping_percent", "noise_db", "snr_db", "loss_percent", "mos")
FIGURES: Mapping[str, Callable[[Measured, Meta], float]] = {
    "hold.total": _hold_total,
    "hold.longest": _hold_longest,
    "hold.count": _hold_count,
    "ring": _ring,
    "rings": _rings,
    "wait": _wait,
    "transfers": lambda spec, meta: transfers(meta),
    **{f"audio.{name}": _audio(name) for name in AUDIO},
}
