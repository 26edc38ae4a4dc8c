"""Conditions on times, plainly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import reduce
from operator import add

from .. import reasons
from ..model import Conversation, Verdict
from ..moments import duration_ms
from ..scripts import signs
from ..specs import Duration, Rate, RelativeRate, Response, Silence, SilenceTotal
from .scope import Result, Undecided, has_times, require_times
from .view import View, absent, in_range, verdict


def silence(spec: Silence, view: View) -> Result:
    """See ``specs.Silence`` and ``specs.SilenceToEnd``."""
    view.require(())
    require_times(view.conversation)
    values = [(turn, float(length)) for turn, length in silences(spec, view)]
    return enough_in_range(values, spec.low, spec.high, spec.min_count)


def silences(spec: Silence, view: View) -> list[tuple[int, int]]:
    """The silences in the scope: the turn each belongs to, and how long it is."""
    scope, end = view.turns(), _end(view.conversation) if spec.at_end else None
    turns = view.conversation.turns
    found, last_end = [], 0
    for i, turn in enumerate(turns):
        start, begin = turn.start_ms or 0, last_end
        if spec.since == "start" and i > 0:
            begin = turns[i - 1].start_ms or 0
        last_end = max(last_end, turn.end_ms or 0)
        if i in scope and start > begin and _counts(spec, view, i):
            found.append((i, start - begin))
    last = len(turns) - 1
    if end is not None and last in scope and end > last_end and _counts_at_end(spec, view):
        found.append((last, end - last_end))
    return found


def _end(conversation: Conversation) -> int:
    length = duration_ms(conversation.started_at, conversation.ended_at)
    if length is None:
        raise Undecided(Verdict.UNKNOWN, reasons.FIELD_MISSING, "ended_at")
    return length


def _counts(spec: Silence, view: View, turn: int) -> bool:
    if turn == 0:
        between = spec.after_roles or spec.before_roles or spec.other_role is not None
        return spec.from_start and not between
    before, after = view.conversation.turns[turn - 1], view.conversation.turns[turn]
    if spec.after_roles and before.role not in spec.after_roles:
        return False
    if spec.before_roles and after.role not in spec.before_roles:
        return False
    if spec.other_role is not None and (before.role != after.role) != spec.other_role:
        return False
    return not _is_excused(spec, view, turn)


def _counts_at_end(spec: Silence, view: View) -> bool:
    turns = view.conversation.turns
    if spec.before_roles or spec.other_role is not None:
        return False
    if spec.after_roles and turns[-1].role not in spec.after_roles:
        return False
    return not _is_excused(spec, view, len(turns))


def _is_excused(spec: Silence, view: View, turn: int) -> bool:
    earlier = range(max(0, turn - spec.excused_within), turn)
    return any(view.found(spec.excused_by, one) for one in earlier)


def silence_total(spec: SilenceTotal, view: View) -> Result:
    """See ``specs.SilenceTotal``."""
    view.require(())
    require_times(view.conversation)
    found = silences(spec.silence, view)
    total = sum(
        length
        for turn, length in found
        if in_range(length, spec.silence.low, spec.silence.high).verdict == Verdict.HIT
    )
    if not spec.share:
        return in_range(total, spec.low, spec.high)
    whole = latest_end(view.conversation)
    if spec.silence.at_end:
        whole = max(whole, _end(view.conversation))
    if whole == 0:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    return in_range(total * 100 / whole, spec.low, spec.high)


def latest_end(conversation: Conversation) -> int:
    """When the last of the turns ends, 0 if none ends later."""
    return max((0, *(turn.end_ms or 0 for turn in conversation.turns)))


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
    values = [(t, float(length)) for t, length in times]
    return enough_in_range(values, spec.low, spec.high, spec.min_count)


def _replies(spec: Response, view: View) -> Iterator[tuple[int, int]]:
    turns = view.conversation.turns
    for i in view.turns():
        if i == 0 or turns[i].role == turns[i - 1].role:
            continue
        asked = i - 1
        while spec.since == "first" and asked > 0 and turns[asked - 1].role == turns[asked].role:
            asked -= 1
        if not spec.to_roles or turns[asked].role in spec.to_roles:
            yield i, max(0, (turns[i].start_ms or 0) - (turns[asked].end_ms or 0))


def enough_in_range(
    values: list[tuple[int, float]], low: float | None, high: float | None, least: int = 1
) -> Result:
    """Hit where ``least`` or more of the turns' values lie in the range."""
    results = [in_range(value, low, high, turn) for turn, value in values]
    found = [result for result in results if result.verdict == Verdict.HIT]
    if len(found) < least:
        return Result(verdict(False), absent(float(len(found)), float(least)))
    return Result(verdict(True), tuple(e for result in found for e in result.evidence))


def duration(spec: Duration, view: View) -> Result:
    """See ``specs.Duration``."""
    conversation = view.conversation
    length = duration_ms(conversation.started_at, conversation.ended_at)
    if length is None:
        if not conversation.turns or not has_times(conversation):
            raise Undecided(Verdict.UNKNOWN, reasons.NO_TIMES)
        length = latest_end(conversation)
    return in_range(length, spec.low, spec.high)


def rate(spec: Rate, view: View) -> Result:
    """See ``specs.Rate`` and ``specs.RelativeRate``."""
    view.require(())
    require_times(view.conversation)
    spoken = _spoken(spec, view, view.turns())
    scale = 1.0
    if isinstance(spec, RelativeRate):
        scale = _overall(_spoken(spec, view, view.turns(spec.to_roles))) / 100
    if spec.per == "conversation":
        return in_range(_overall(spoken) / scale, spec.low, spec.high)
    values = [(turn, letters * 60000 / length / scale) for turn, letters, length in spoken]
    if spec.per == "turn":
        return enough_in_range(values, spec.low, spec.high)
    return in_range(reduce(add, [v for _, v in values]) / len(values), spec.low, spec.high)


def _spoken(spec: Rate, view: View, turns: list[int]) -> list[tuple[int, int, int]]:
    """Turn, letters or words, and milliseconds of all turns that are long enough."""
    spoken = []
    for turn in turns:
        text, said = view.text(turn), view.conversation.turns[turn]
        letters = sum(1 for char in text if char.isalnum())
        length = (said.end_ms or 0) - (said.start_ms or 0)
        if letters >= spec.min_chars and length > 0:
            spoken.append((turn, signs(text).total if spec.words else letters, length))
    if not any(amount for _, amount, _ in spoken):
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    return spoken


def _overall(spoken: list[tuple[int, int, int]]) -> float:
    total = sum(amount for _, amount, _ in spoken)
    return total * 60000 / sum(length for *_, length in spoken)
