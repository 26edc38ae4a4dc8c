"""Conditions on facts that are told and repeated, plainly."""

from __future__ import annotations

from .. import reasons
from ..facts import stand_ins, value_of
from ..model import Evidence, Verdict
from ..specs import ROUNDING, Agreement, Echo
from .scope import Result, Undecided
from .view import Place, View, spans, verdict

Key = tuple[str, str]  # kind and value of a fact


def echo(spec: Echo, view: View) -> Result:
    """See ``specs.Echo``."""
    view.require(spec.told_by, spec.roles)
    told: dict[Key, list[Place]] = {}
    for fact in spec.facts:
        for turn in view.turns(spec.told_by):
            for place in sorted(view.found(fact.said, turn)):
                told.setdefault(_key(fact.kind, place, view, spec.ends), []).append(place)
    if not told:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    again = _repeated(spec, view)
    found: dict[Key, Place] = {}
    for key, places in told.items():
        answers = _answers(spec, view, key[0], places, again)
        if answers:
            found[key] = min(answers)
    share = len(found) / len(told)
    if share >= spec.share - ROUNDING:
        return Result(verdict(True), spans(found.values(), share, spec.share))
    kinds = [fact.kind for fact in spec.facts]
    missing = sorted(
        (min(told[key]), kinds.index(key[0]), key[0]) for key in told if key not in found
    )
    return Result(
        verdict(False),
        tuple(
            Evidence(*place, share, spec.share, None, reasons.NOT_RESTATED, kind)
            for place, _, kind in missing
        ),
    )


def _repeated(spec: Echo, view: View) -> dict[Key, list[Place]]:
    again: dict[Key, list[Place]] = {}
    for fact in spec.facts:
        for turn in _turns_of(spec, view):
            for place in view.found(fact.repeated, turn):
                again.setdefault(_key(fact.kind, place, view, None), []).append(place)
    return again


def _turns_of(spec: Echo, view: View) -> list[int]:
    roles = spec.roles or view.scope.roles
    turns = view.conversation.turns
    return [i for i, turn in enumerate(turns) if not roles or turn.role in roles]


def _key(kind: str, place: Place, view: View, ends: int | None) -> Key:
    turn, start, end = place
    return kind, value_of(kind, view.text(turn)[start:end], ends)


def _answers(
    spec: Echo, view: View, kind: str, told: list[Place], again: dict[Key, list[Place]]
) -> list[Place]:
    """Of the places ``again`` those near enough behind one where it was told that tell the same."""
    found = []
    for turn, start, end in told:
        behind = [i for i in _turns_of(spec, view) if i > turn]
        near = behind[: spec.turns] if spec.turns else behind
        for value in stand_ins(kind, view.text(turn)[start:end], spec.ends):
            found += [place for place in again.get((kind, value), []) if place[0] in near]
    return found


def agreement(spec: Agreement, view: View) -> Result:
    """See ``specs.Agreement``."""
    view.require(*(phrases.roles for phrases in spec.phrases))
    mine = _values(spec, view, view.places(spec.phrases[0]))
    theirs: dict[Place, str] = {}
    if spec.field is None:
        theirs = _values(spec, view, view.places(spec.phrases[1]))
    if not mine or (spec.field is None and not theirs):
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    others = set(theirs.values()) if spec.field is None else _of_field(spec, view)
    same = set(mine.values()) & others
    every = {**mine, **theirs}
    if same:
        return Result(verdict(spec.equal), spans(p for p in every if every[p] in same))
    evidence = tuple(
        Evidence(*place, reason=reasons.DIFFERS, detail=spec.field) for place in sorted(every)
    )
    return Result(verdict(not spec.equal), evidence)


def _values(spec: Agreement, view: View, places: list[Place]) -> dict[Place, str]:
    return {place: _key(spec.kind, place, view, spec.ends)[1] for place in places}


def _of_field(spec: Agreement, view: View) -> set[str]:
    given = view.field(spec.field or "")
    items = given if isinstance(given, list) else [given]
    return {value_of(spec.kind, str(item), spec.ends) for item in items}
