"""Conditions on times, plainly."""

from __future__ import annotations

import math
from collections.abc import Iterator

from .. import reasons
from ..model import Evidence, Verdict
from ..moments import duration_ms
from ..specs import Duration, Rate, Response, Silence
from .scope import Result, Undecided, has_times, require_times
from .view import View, absent, in_range, verdict


def silence(spec: Silence, view: View) -> Result:
    """See ``specs.Silence``."""
    view.require(())
    require_times(view.conversation)
    scope = view.turns()
    found = [
        (turn, result)
        for turn, length in _silences(spec, view)
        if turn in scope
        and (result := in_range(length, spec.low, spec.high, turn)).verdict == Verdict.HIT
    ]
    if len(found) < spec.min_count:
        return Result(verdict(False), absent(float(len(found)), float(spec.min_count)))
    return Result(verdict(True), tuple(e for _, result in found for e in result.evidence))


def _silences(spec: Silence, view: View) -> Iterator[tuple[int, int]]:
    """The turn that ends each silence, and the length of the silence."""
    turns = view.conversation.turns
    last_end = 0
    for i, turn in enumerate(turns):
        length = (turn.start_ms or 0) - last_end
        last_end = max(last_end, turn.end_ms or 0)
        if length > 0 and _counts(spec, view, i):
            yield i, length


def _counts(spec: Silence, view: View, turn: int) -> bool:
    if turn == 0:
        return spec.from_start and not spec.after_roles and spec.other_role is None
    before, after = view.conversation.turns[turn - 1], view.conversation.turns[turn]
    if spec.after_roles and before.role not in spec.after_roles:
        return False
    if spec.other_role is not None and (before.role != after.role) != spec.other_role:
        return False
    return not view.found(spec.excused_by, turn - 1)


def response(spec: Response, view: View) -> Result:
    """See ``specs.Response``."""
    view.require(())
    require_times(view.conversation)
    if spec.measure == "answer":
        times = [(turn, view.conversation.turns[turn].start_ms or 0) for turn in view.turns()]
    else:
        times = list(_replies(spec, view))
    if not times:
        raise Undecided(Verdict.NA, reasons.NO_EXCHANGE)
    if spec.measure in ("answer", "first"):
        turn, length = times[0]
        return in_range(length, spec.low, spec.high, turn)
    lengths = sorted(length for _, length in times)
    if spec.measure == "average":
        return in_range(sum(lengths) / len(lengths), spec.low, spec.high)
    if spec.measure == "percentile":
        rank = math.ceil(spec.percentile * len(lengths))
        return in_range(lengths[rank - 1], spec.low, spec.high)
    return _any_in_range([(t, float(length)) for t, length in times], spec.low, spec.high)


def _replies(spec: Response, view: View) -> Iterator[tuple[int, int]]:
    turns = view.conversation.turns
    for i in view.turns():
        if i == 0 or turns[i].role == turns[i - 1].role:
            continue
        if not spec.to_roles or turns[i - 1].role in spec.to_roles:
            yield i, max(0, (turns[i].start_ms or 0) - (turns[i - 1].end_ms or 0))


def _any_in_range(values: list[tuple[int, float]], low: float | None, high: float | None) -> Result:
    results = [in_range(value, low, high, turn) for turn, value in values]
    evidence: tuple[Evidence, ...] = tuple(
        e for result in results if result.verdict == Verdict.HIT for e in result.evidence
    )
    return Result(verdict(True), evidence) if evidence else Result(verdict(False), absent(0.0))


def duration(spec: Duration, view: View) -> Result:
    """See ``specs.Duration``."""
    conversation = view.conversation
    length = duration_ms(conversation.started_at, conversation.ended_at)
    if length is None:
        if not conversation.turns or not has_times(conversation):
            raise Undecided(Verdict.UNKNOWN, reasons.NO_TIMES)
        length = max(turn.end_ms or 0 for turn in conversation.turns)
    return in_range(length, spec.low, spec.high)


def rate(spec: Rate, view: View) -> Result:
    """See ``specs.Rate``."""
    view.require(())
    require_times(view.conversation)
    spoken: list[tuple[int, int, int]] = []
    for turn in view.turns():
        letters = sum(1 for char in view.text(turn) if char.isalnum())
        said = view.conversation.turns[turn]
        length = (said.end_ms or 0) - (said.start_ms or 0)
        if letters >= spec.min_chars and length > 0:
            spoken.append((turn, letters, length))
    if not spoken:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    if spec.per_turn:
        values = [(turn, letters * 60000 / length) for turn, letters, length in spoken]
        return _any_in_range(values, spec.low, spec.high)
    total = sum(letters for _, letters, _ in spoken)
    return in_range(total * 60000 / sum(length for *_, length in spoken), spec.low, spec.high)
