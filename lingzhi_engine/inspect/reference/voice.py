"""Conditions on voices, plainly."""

from __future__ import annotations

import math
from collections.abc import Iterator

from .. import reasons
from ..emotions import plain
from ..listening import only_listens
from ..model import Conversation, Evidence, Verdict
from ..specs import Emotion, EmotionChange, Energy, Overlap, TalkRatio
from .scope import Result, Undecided, require_times
from .time import enough_in_range, latest_end
from .view import View, absent, in_range, verdict


def talk_ratio(spec: TalkRatio, view: View) -> Result:
    """See ``specs.TalkRatio``."""
    view.require(())
    if spec.takes_time:
        require_times(view.conversation)
    mine = view.turns()
    whole = sum(_amount(spec, view, turn) for turn in {*mine, *view.turns(spec.to_roles)})
    if spec.of == "conversation":
        whole = latest_end(view.conversation)
    if whole == 0:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    share = sum(_amount(spec, view, turn) for turn in mine) * 100 / whole
    return in_range(share, spec.low, spec.high)


def _amount(spec: TalkRatio, view: View, turn: int) -> int:
    if spec.by == "chars":
        return sum(1 for char in view.text(turn) if char.isalnum())
    said = view.conversation.turns[turn]
    return max(0, (said.end_ms or 0) - (said.start_ms or 0))


def overlap(spec: Overlap, view: View) -> Result:
    """See ``specs.Overlap``."""
    view.require(())
    require_times(view.conversation)
    found = [(turn, float(length)) for turn, length in _overlaps(spec, view)]
    if spec.measure == "each":
        return enough_in_range(found, spec.low, spec.high, spec.min_count)
    total = sum(length for _, length in found if length >= spec.shortest)
    if spec.measure == "total":
        return in_range(total, spec.low, spec.high)
    whole = latest_end(view.conversation)
    if whole == 0:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    return in_range(total * 100 / whole, spec.low, spec.high)


def _overlaps(spec: Overlap, view: View) -> Iterator[tuple[int, int]]:
    turns = view.conversation.turns
    for i in view.turns():
        if i == 0:
            continue
        other = max(range(i), key=lambda j: (turns[j].end_ms or 0, -j))
        one, before = turns[i], turns[other]
        start = one.start_ms or 0
        length = min(one.end_ms or 0, before.end_ms or 0) - start
        if length <= 0 or start - (before.start_ms or 0) < spec.delay:
            continue
        if one.role == before.role or (spec.of_roles and before.role not in spec.of_roles):
            continue
        listens = only_listens(view.text(i), spec.listening)
        if not listens and not view.found(spec.excluded, i):
            yield i, length


def energy(spec: Energy, view: View) -> Result:
    """See ``specs.Energy``."""
    view.require(())
    mine = _levels(view.conversation, view.turns())
    if not mine:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_ENERGY)
    if spec.measure == "level":
        values = [(turn, level / 1000) for turn, level in mine]
        return enough_in_range(values, spec.low, spec.high, spec.min_count)
    if spec.measure == "rise":
        return _rise(spec, view, [turn for turn, _ in mine])
    value = _mean(mine)
    if spec.measure == "difference":
        others = _levels(view.conversation, view.turns(spec.to_roles))
        if not others:
            raise Undecided(Verdict.UNKNOWN, reasons.NO_ENERGY)
        value -= _mean(others)
    return in_range(value / 1000, spec.low, spec.high)


def _levels(conversation: Conversation, turns: list[int]) -> list[tuple[int, int]]:
    """The turns that have a level, with it in thousandths of a decibel."""
    given = [(turn, conversation.turns[turn].energy) for turn in turns]
    return [
        (turn, round(level * 1000))
        for turn, level in given
        if level is not None and math.isfinite(level)
    ]


def _mean(levels: list[tuple[int, int]]) -> float:
    return sum(level for _, level in levels) / len(levels)


def _rise(spec: Energy, view: View, turns: list[int]) -> Result:
    conversation = view.conversation
    every = dict(_levels(conversation, list(range(len(conversation.turns)))))
    values = []
    for turn in turns:
        role = conversation.turns[turn].role
        before = [t for t in every if t < turn and conversation.turns[t].role == role]
        if before:
            earlier = [(t, every[t]) for t in before[-spec.look_back :]]
            values.append((turn, (every[turn] - _mean(earlier)) / 1000))
    if not values:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    return enough_in_range(values, spec.low, spec.high, spec.min_count)


def emotion(spec: Emotion, view: View) -> Result:
    """See ``specs.Emotion``."""
    view.require(())
    labels = _labels(view)
    if spec.known:
        labels = [(t, label) for t, label in labels if plain(label) in spec.known]
    if spec.mode == "final":
        labels = labels[-1:]
    if not labels:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_EMOTION)
    found = [(turn, label) for turn, label in labels if plain(label) in spec.wanted]
    needed = {"all": len(labels), "at_least": spec.amount}.get(spec.mode, 1)
    if spec.mode == "share":
        holds = len(found) * 100 >= spec.amount * len(labels)
        figures = (len(found) * 100 / len(labels), float(spec.amount))
    else:
        holds = len(found) >= needed
        figures = (float(len(found)), float(needed))
    if not holds or not found:
        return Result(verdict(holds), absent(*figures))
    evidence = tuple(
        Evidence(turn, None, None, *figures, None, reasons.EMOTION, label) for turn, label in found
    )
    return Result(verdict(True), evidence)


def _labels(view: View) -> list[tuple[int, str]]:
    """The turns in scope whose emotion is known, with it."""
    said = [(turn, view.conversation.turns[turn].emotion or "") for turn in view.turns()]
    return [(turn, label) for turn, label in said if plain(label)]


def emotion_change(spec: EmotionChange, view: View) -> Result:
    """See ``specs.EmotionChange``."""
    view.require(())
    steps = dict(spec.steps)
    known = [(t, plain(label), label) for t, label in _labels(view) if plain(label) in steps]
    if len(known) < 2:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_EMOTION)
    values = []
    for place, (turn, kind, label) in enumerate(known):
        if place == 0 or (spec.over == "ends" and place < len(known) - 1):
            continue
        if spec.final and kind not in spec.final:
            continue
        compared = {"neighbours": known[place - 1 : place], "any": known[:place]}
        before = [steps[k] for _, k, _ in compared.get(spec.over, known[:1]) if _may_start(spec, k)]
        changes = [_change(spec, earlier, steps[kind]) for earlier in before]
        if changes and max(changes) >= spec.least:
            values.append((turn, float(max(changes)), label))
    if not values:
        return Result(verdict(False), absent(None, float(spec.least)))
    evidence = tuple(
        Evidence(turn, None, None, value, float(spec.least), None, reasons.EMOTION, label)
        for turn, value, label in values
    )
    return Result(verdict(True), evidence)


def _may_start(spec: EmotionChange, label: str) -> bool:
    return not spec.start or label in spec.start


def _change(spec: EmotionChange, earlier: int, later: int) -> int:
    better = later - earlier
    return {"improved": better, "worsened": -better}.get(spec.direction, abs(better))
