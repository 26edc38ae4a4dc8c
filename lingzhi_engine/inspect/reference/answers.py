"""Conditions on questions that were asked, plainly."""

from __future__ import annotations

from .. import reasons
from ..likeness import letters_of
from ..model import Evidence, Verdict
from ..specs import Unanswered
from .scope import Result, Undecided
from .view import Place, View, absent, verdict


def unanswered(spec: Unanswered, view: View) -> Result:
    """See ``specs.Unanswered``."""
    view.require(spec.question.roles, spec.roles)
    asked: dict[int, Place] = {}
    for place in view.places(spec.question):
        asked.setdefault(place[0], place)
    if not asked:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    left = [place for turn, place in asked.items() if not _is_answered(spec, view, turn)]
    figures = (float(len(left)), float(spec.min_count))
    if len(left) < spec.min_count:
        return Result(verdict(False), absent(*figures))
    return Result(
        verdict(True),
        tuple(Evidence(*place, *figures, None, reasons.NOT_ANSWERED) for place in left),
    )


def _is_answered(spec: Unanswered, view: View, question: int) -> bool:
    roles = spec.roles or view.scope.roles
    turns = view.conversation.turns
    behind = [i for i in range(question + 1, len(turns)) if not roles or turns[i].role in roles]
    return any(
        len(letters_of(view.text(turn))) >= spec.min_length and not view.found(spec.fillers, turn)
        for turn in behind[: spec.turns]
    )
