"""Conditions on the call itself, plainly."""

from __future__ import annotations

from .. import reasons
from ..model import Evidence, Verdict
from ..moments import duration_ms
from ..recorded import Unrecorded, ended_by, figure, silent_role, transfers
from ..specs import ColdTransfer, HangUp, Measured, OneSided
from .scope import Result, Undecided, require_times
from .time import latest_end
from .view import Place, View, in_range, spans, verdict


def measured(spec: Measured, view: View) -> Result:
    """See ``specs.Measured``."""
    try:
        return in_range(figure(spec, view.conversation.meta), spec.low, spec.high)
    except Unrecorded as lack:
        raise Undecided(Verdict.UNKNOWN, lack.reason, lack.detail) from None


def hang_up(spec: HangUp, view: View) -> Result:
    """See ``specs.HangUp``."""
    view.require(() if spec.after is None else spec.after.roles)
    if spec.takes_time:
        require_times(view.conversation)
    view.turns()
    places = [] if spec.after is None else view.places(spec.after)
    by = ended_by(view.conversation.meta)
    if by is None:
        raise Undecided(Verdict.UNKNOWN, reasons.FIELD_MISSING, "ended_by")
    near = [place for place in places if _is_near_end(spec, view, place[0])]
    fits = (by in spec.by, _ends_so(spec, view), spec.after is None or bool(near))
    if not all(fits):
        return Result(verdict(False), (Evidence(reason=reasons.ENDED_BY, detail=by),))
    last = len(view.conversation.turns) - 1
    evidence = spans(near) or (Evidence(last, reason=reasons.ENDED_BY, detail=by),)
    return Result(verdict(True), evidence)


def _ends_so(spec: HangUp, view: View) -> bool:
    """Whether the last turns are as the question wants them."""
    turns = view.conversation.turns
    if spec.last_roles and turns[-1].role not in spec.last_roles:
        return False
    if spec.after is None and not _is_near_end(spec, view, len(turns) - 1):
        return False
    last = range(max(0, len(turns) - spec.farewell_turns), len(turns))
    return not any(view.found(spec.farewells, turn) for turn in last)


def _is_near_end(spec: HangUp, view: View, turn: int) -> bool:
    if spec.seconds is None:
        return True
    conversation = view.conversation
    end = duration_ms(conversation.started_at, conversation.ended_at)
    whole = latest_end(conversation) if end is None else end
    return whole - (conversation.turns[turn].end_ms or 0) <= spec.seconds * 1000


def cold_transfer(spec: ColdTransfer, view: View) -> Result:
    """See ``specs.ColdTransfer``."""
    view.require(spec.announced.roles)
    places: list[Place] = view.places(spec.announced)
    try:
        number = transfers(view.conversation.meta)
    except Unrecorded as lack:
        raise Undecided(Verdict.UNKNOWN, lack.reason, lack.detail) from None
    if number <= 0:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    figure = in_range(number, spec.low, spec.high)
    if figure.verdict == Verdict.HIT and places:
        return Result(verdict(False), spans(places, *_figures(figure)))
    return figure


def _figures(result: Result) -> tuple[float | None, float | None]:
    return result.evidence[0].value, result.evidence[0].threshold


def one_sided(spec: OneSided, view: View) -> Result:
    """See ``specs.OneSided``."""
    conversation = view.conversation
    told = silent_role(conversation.meta)
    if told is not None:
        return _silent(told) if told in spec.roles else Result(verdict(False), _heard())
    if not conversation.turns:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_TURNS)
    if len(conversation.turns) < spec.min_turns:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    heard = {t.role for t in conversation.turns if any(char.isalnum() for char in t.text)}
    silent = [role for role in spec.roles if role not in heard]
    if len(silent) == len(spec.roles):
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    if not silent:
        return Result(verdict(False), _heard())
    return _silent(", ".join(silent))


def _silent(role: str) -> Result:
    return Result(verdict(True), (Evidence(reason=reasons.SILENT_ROLE, detail=role),))


def _heard() -> tuple[Evidence, ...]:
    return (Evidence(reason=reasons.ABSENT),)
