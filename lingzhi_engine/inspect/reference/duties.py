"""Conditions on what one party owes the other, plainly."""

from __future__ import annotations

from datetime import datetime, timedelta

from .. import reasons
from ..fields import value_in
from ..model import Evidence, Verdict
from ..moments import moment
from ..quantities import spans as times_said
from ..related import Record, name_of, time_of
from ..specs import Handover, Promise, Verified
from .scope import Result, Undecided, require_times
from .view import Place, View, absent, in_order, in_range, verdict


def verified(spec: Verified, view: View) -> Result:
    """See ``specs.Verified``."""
    view.require(*(said.roles for said in spec.phrases))
    disclosed = sorted({place for said in spec.disclosures for place in view.places(said)})
    if not disclosed:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    first = disclosed[0]
    done: list[Place] = []
    missing: list[str] = []
    for check in spec.checks:
        before = [p for p in view.places(check) if (p[0], p[2]) <= (first[0], first[1])]
        done += before[:1]
        missing += [] if before else [check.name]
    figures = (float(len(done)), float(spec.needed))
    if len(done) >= spec.needed:
        return Result(verdict(True), in_order(Evidence(*place, *figures) for place in done))
    if spec.field is not None and says_yes(value_in(view.conversation, spec.field)):
        return Result(verdict(True), (Evidence(detail=spec.field),))
    lacking = Evidence(*first, *figures, None, reasons.UNVERIFIED, " | ".join(missing) or None)
    return Result(verdict(False), (lacking,))


def says_yes(value: object) -> bool:
    """Whether a field says yes, however that is written there."""
    return value is True or str(value).strip().lower() in ("true", "1", "yes", "y", "是", "已验证")


def handover(spec: Handover, view: View) -> Result:
    """See ``specs.Handover``."""
    view.require(spec.asking.roles)
    if spec.takes_time:
        require_times(view.conversation)
    turns = view.conversation.turns
    humans = [i for i, turn in enumerate(turns) if turn.role in spec.humans]
    asked = view.places(spec.asking)
    if not asked or (humans and humans[0] <= asked[0][0]):
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    human = humans[0] if humans else None
    if spec.test == "never":
        shown = Evidence(*asked[0], None, None, None, reasons.NEVER)
        return Result(verdict(human is None), (shown,) if human is None else (Evidence(human),))
    until = len(turns) if human is None else human
    if spec.test == "refused":
        return _refused(spec, view, range(asked[0][0] + 1, until))
    return _waited(spec, view, sorted({turn for turn, _, _ in asked}), human)


def _refused(spec: Handover, view: View, waiting: range) -> Result:
    roles = [view.conversation.turns[turn].role for turn in waiting]
    places = {
        place
        for turn, role in zip(waiting, roles, strict=True)
        if role in spec.bots
        for place in view.found(spec.refusing, turn)
    }
    found = in_order(Evidence(*place) for place in places)
    return Result(verdict(bool(places)), found or absent())


def _waited(spec: Handover, view: View, asked: list[int], human: int | None) -> Result:
    turns = view.conversation.turns
    until = len(turns) if human is None else human
    if spec.unit == "ms":
        end = turns[-1].end_ms if human is None else turns[human].start_ms
        waited = float(max(0, (end or 0) - (turns[asked[0]].end_ms or 0)))
    elif spec.unit == "requests":
        waited = float(sum(1 for turn in asked if turn < until))
    else:
        waited = float(sum(1 for i in range(asked[0], until) if turns[i].role in spec.bots))
    if human is not None:
        return in_range(waited, spec.low, spec.high, human)
    limit = spec.low if spec.low is not None else spec.high
    endless = Evidence(asked[0], value=waited, threshold=limit, reason=reasons.NEVER)
    return Result(verdict(spec.high is None), (endless,))


def promise(spec: Promise, view: View) -> Result:
    """See ``specs.Promise``."""
    view.require(spec.promises.roles)
    found = {
        place: _hours(view, place)
        for place in view.places(spec.promises)
        if not view.found(spec.exclude, place[0])
    }
    if not found and spec.kept is not None:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    counted = {place: hours for place, hours in found.items() if _fits(spec, hours)}
    if not counted:
        return Result(verdict(False), absent(None, spec.limit))
    if spec.kept is None:
        shown = (Evidence(*place, hours, spec.limit) for place, hours in counted.items())
        return Result(verdict(True), in_order(shown))
    state, record = _state(spec, view, [hours for hours in counted.values() if hours is not None])
    shown = (
        Evidence(*place, hours, spec.limit, None, state, record) for place, hours in counted.items()
    )
    return Result(verdict(state == spec.kept), in_order(shown))


def _hours(view: View, place: Place) -> float | None:
    """The span of time said nearest to the place in its turn; the earlier of two as near."""
    turn, start, end = place
    said = [(max(s.start - end, start - s.end, 0), s.start, s.hours)
            for s in times_said(view.text(turn))]  # fmt: skip
    return float(min(said)[2]) if said else None


def _fits(spec: Promise, hours: float | None) -> bool:
    if spec.time != "any" and (hours is None) != (spec.time == "unstated"):
        return False
    if spec.low is None and spec.high is None:
        return True
    return hours is not None and in_range(hours, spec.low, spec.high).verdict == Verdict.HIT


def _state(spec: Promise, view: View, hours: list[float]) -> tuple[str, str | None]:
    """What became of the promises as a whole, and the record that says so."""
    records = view.related(spec.table)
    started = moment(view.conversation.started_at)
    told = None if started is None or not hours else started + timedelta(hours=max(hours))
    grace = timedelta(milliseconds=spec.grace_ms)
    states = [(_of_record(record, told, grace), name_of(record, place))
              for place, record in enumerate(records, start=1)]  # fmt: skip
    for state in (reasons.BROKEN, reasons.OPEN, reasons.KEPT):
        for one, name in states:
            if one == state:
                return state, name
    return reasons.UNRECORDED, None


def _of_record(record: Record, told: datetime | None, grace: timedelta) -> str:
    """``told`` is when it was due by what was said; a due time in the record goes first."""
    decided = record.get("kept")
    if isinstance(decided, bool):
        return reasons.KEPT if decided else reasons.BROKEN
    due, done = time_of(record, "due_at") or told, time_of(record, "done_at")
    if done is not None:
        return reasons.BROKEN if due is not None and done > due + grace else reasons.KEPT
    read = time_of(record, "as_of")
    overdue = due is not None and read is not None and read > due + grace
    return reasons.BROKEN if overdue else reasons.OPEN
