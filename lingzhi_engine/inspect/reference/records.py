"""Conditions on records of other systems, plainly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from .. import reasons
from ..model import Evidence, Verdict
from ..moments import moment
from ..related import Record, figure_of, milliseconds, name_of, time_of
from ..specs import Earlier, Overrun, Score, ScreenEvent
from .scope import Result, Undecided, require_times
from .view import View, absent, in_order, in_range, verdict


def earlier(spec: Earlier, view: View) -> Result:
    """See ``specs.Earlier``."""
    records = view.related(spec.table)
    own = {name: str(view.field(name)) for _, name in spec.same}
    started = moment(view.field("started_at"))
    if started is None:
        raise Undecided(Verdict.UNKNOWN, reasons.NOT_COMPARABLE, "started_at")
    told = [
        (name_of(record, place), _counts(spec, record, started, own))
        for place, record in enumerate(records, start=1)
        if str(record.get("id")) != view.conversation.id
    ]
    counting = [name for name, counts in told if counts]
    open_ones = sum(1 for _, counts in told if counts is None)
    result, *others = [
        in_range(len(counting) + more, spec.low, spec.high) for more in range(open_ones + 1)
    ]
    if any(other.verdict != result.verdict for other in others):
        raise Undecided(Verdict.UNKNOWN, reasons.RECORD_INCOMPLETE, spec.table)
    shown = tuple(Evidence(reason=reasons.RECORD, detail=name) for name in counting)
    return Result(result.verdict, in_order(result.evidence + shown))


def _counts(
    spec: Earlier, record: Record, started: datetime, own: Mapping[str, str]
) -> bool | None:
    """Whether the record counts; ``None`` when it does not tell enough."""
    at = time_of(record, "at")
    age = None if at is None else milliseconds(started, at)
    told: list[bool | None] = [
        None if age is None else age > 0 and (spec.within_ms is None or age <= spec.within_ms)
    ]
    wanted = [(field, (own[name],)) for field, name in spec.same]
    for field, values in (*wanted, *spec.only):
        value = record.get(field)
        told.append(None if value in (None, "") else str(value) in map(str, values))
    return False if False in told else None if None in told else True


def score(spec: Score, view: View) -> Result:
    """See ``specs.Score``."""
    records = [
        record
        for record in view.related("surveys")
        if figure_of(record, "score") is not None
        and (not spec.dimensions or str(record.get("dimension")) in spec.dimensions)
    ]
    if not records:
        raise Undecided(Verdict.NA, reasons.NO_RECORD, "surveys")
    scores = [_points(spec, record) for record in sorted(records, key=_when)]
    if spec.which == "any":
        results = [in_range(one, spec.low, spec.high) for one in scores]
        hits = [result for result in results if result.verdict == Verdict.HIT] or results[:1]
        return Result(hits[0].verdict, in_order(e for r in hits for e in r.evidence))
    figures = {
        "first": scores[0],
        "last": scores[-1],
        "lowest": min(scores),
        "highest": max(scores),
        "average": sum(scores) / len(scores),
    }
    return in_range(figures[spec.which], spec.low, spec.high)


def _when(record: Record) -> tuple[bool, float]:
    """Sorts by time; a record without one stands before those that have one."""
    at = time_of(record, "at")
    return (at is not None, at.timestamp() if at else 0.0)


def _points(spec: Score, record: Record) -> float:
    points = figure_of(record, "score") or 0.0
    if not spec.percent:
        return points
    low, high = figure_of(record, "low"), figure_of(record, "high")
    if low is None or high is None or high <= low:
        raise Undecided(Verdict.UNKNOWN, reasons.RECORD_INCOMPLETE, "surveys")
    return (points - low) / (high - low) * 100


def overrun(spec: Overrun, view: View) -> Result:
    """See ``specs.Overrun``."""
    clocks = [
        (name_of(record, place), _is_missed(spec, record), _over(record))
        for place, record in enumerate(view.related("clocks"), start=1)
        if not spec.kinds or str(record.get("kind")) in spec.kinds
    ]
    if not clocks:
        raise Undecided(Verdict.NA, reasons.NO_RECORD, "clocks")
    missed = [(name, over) for name, is_missed, over in clocks if is_missed]
    open_ones = sum(1 for _, is_missed, _ in clocks if is_missed is None)
    if len(missed) < spec.min_count <= len(missed) + open_ones:
        raise Undecided(Verdict.UNKNOWN, reasons.RECORD_INCOMPLETE, "clocks")
    if len(missed) < spec.min_count:
        return Result(verdict(False), absent(float(len(missed)), float(spec.min_count)))
    shown = (
        Evidence(value=over, threshold=0.0, reason=reasons.RECORD, detail=name)
        for name, over in missed
    )
    return Result(verdict(True), in_order(shown))


def _over(record: Record) -> float | None:
    """Milliseconds beyond the limit, negative when inside."""
    given = figure_of(record, "over_ms")
    if given is not None:
        return given
    due, done = time_of(record, "due_at"), time_of(record, "done_at") or time_of(record, "as_of")
    return None if due is None or done is None else milliseconds(done, due)


def _is_missed(spec: Overrun, record: Record) -> bool | None:
    """Whether the limit was missed by as much as is asked; ``None`` when that is not known."""
    over, breached = _over(record), record.get("breached")
    if not isinstance(breached, bool):
        breached = None if over is None else over > 0
    if breached is not True or (spec.low is None and spec.high is None):
        return breached
    return None if over is None else in_range(over, spec.low, spec.high).verdict == Verdict.HIT


def screen_event(spec: ScreenEvent, view: View) -> Result:
    """See ``specs.ScreenEvent``."""
    view.require(*(tuple(said.roles for said in spec.phrases) or ((),)))
    if spec.takes_time:
        require_times(view.conversation)
    view.turns()
    spans = [_span(spec, view, after=True), _span(spec, view, after=False)]
    found = sorted(
        (at, str(record["event"]))
        for record in view.related("screen")
        if str(record.get("event")) in spec.events
        and (at := figure_of(record, "at_ms")) is not None
        and in_range(at, spec.low, spec.high).verdict == Verdict.HIT
        and all(any(low <= at <= high for low, high in span) for span in spans)
    )
    holds = (len(found) >= spec.min_count) != spec.absent
    if len(found) < spec.min_count:
        return Result(verdict(holds), absent(float(len(found)), float(spec.min_count)))
    shown = (Evidence(value=at, reason=reasons.RECORD, detail=event) for at, event in found)
    return Result(verdict(holds), in_order(shown))


def _span(spec: ScreenEvent, view: View, *, after: bool) -> Sequence[tuple[float, float]]:
    """The spans of time next to the phrase; all of the time where none is asked for."""
    said = spec.after if after else spec.before
    if said is None:
        return [(float("-inf"), float("inf"))]
    turns = [view.conversation.turns[turn] for turn in {p[0] for p in view.places(said)}]
    if not turns:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    reach = float("inf") if spec.within_ms is None else spec.within_ms
    if after:
        return [(turn.end_ms or 0, (turn.end_ms or 0) + reach) for turn in turns]
    return [((turn.start_ms or 0) - reach, turn.start_ms or 0) for turn in turns]
