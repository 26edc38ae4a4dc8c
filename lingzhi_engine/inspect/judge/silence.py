"""``specs.Silence``, ``SilenceToEnd`` and ``SilenceTotal`` for batches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..logic import UNKNOWN
from ..specs import Silence
from .figures import against, enough_in_range, every_figure, per_conversation, unless
from .outcome import Outcome
from .question import Asked
from .rows import Floats
from .scene import Scene


@dataclass(frozen=True, slots=True)
class _Found:
    """The silences that count: the turn each belongs to, and how long it is."""

    turn: Ints
    length: Floats


def silence(asked: Asked) -> Outcome:
    """The gaps before all turns at once."""
    spec = asked.spec
    lacks = _lacks(spec, asked)
    found = _silences(spec, asked.scene, asked.mask)
    limits = (spec.low, spec.high)
    return enough_in_range(
        asked.scene, (found.turn, found.length), limits, lacks, least=spec.min_count
    )


def total(asked: Asked) -> Outcome:
    """All silences of each conversation together."""
    spec, scene, counted = asked.spec, asked.scene, asked.spec.silence
    lacks = _lacks(counted, asked)
    found = _silences(counted, scene, asked.mask)
    _, inside, _ = against(found.length, counted.low, counted.high)
    figure = per_conversation(scene, found.turn[inside], found.length[inside])
    limits = (spec.low, spec.high)
    if not spec.share:
        return every_figure(scene, figure, limits, lacks)
    whole = scene.masks.length.astype(np.float64)
    if counted.at_end:
        whole = np.maximum(whole, scene.durations[0])
    judged = every_figure(scene, figure * 100 / np.where(whole > 0, whole, 1), limits, lacks)
    return unless(scene, judged, lacks, whole == 0, UNKNOWN, reasons.NO_SPEECH)


def _lacks(spec: Silence, asked: Asked) -> Ints:
    """What is missing, the end of the conversation too where it matters."""
    if not spec.at_end:
        return asked.lacks
    code = asked.scene.whys.code(reasons.FIELD_MISSING, "ended_at")
    _, known = asked.scene.durations
    return np.where((asked.lacks == 0) & ~known, code, asked.lacks)


def _silences(spec: Silence, scene: Scene, mask: Bools) -> _Found:
    batch = scene.batch
    gap = scene.gaps() if spec.since == "end" else _intervals(scene)
    turn = np.flatnonzero(mask & (gap > 0) & _counts(spec, scene))
    length = gap[turn].astype(np.float64)
    if not spec.at_end:
        return _Found(turn, length)
    filled = np.diff(batch.bounds) > 0
    last = batch.bounds[1:][filled] - 1
    rest = (scene.durations[0] - scene.masks.length)[filled]
    counts = mask[last] & (rest > 0) & _counts_at_end(spec, scene, last)
    turn, length = np.append(turn, last[counts]), np.append(length, rest[counts])
    order = np.argsort(turn, kind="stable")
    return _Found(turn[order], length[order])


def _intervals(scene: Scene) -> Ints:
    """From the start of the turn before to that of each turn."""
    start = scene.batch.start
    before = np.roll(start, 1)
    before[scene.first_turns] = 0
    interval: Ints = start - before
    return interval


def _counts(spec: Silence, scene: Scene) -> Bools:
    """The turns before which a silence counts, by who spoke and what was said."""
    codes, names = scene.batch.roles
    before = np.roll(codes, 1)
    counted = scene.all.copy()
    if spec.after_roles:
        counted &= _named(names, spec.after_roles)[before]
    if spec.before_roles:
        counted &= _named(names, spec.before_roles)[codes]
    if spec.other_role is not None:
        counted &= (before != codes) == spec.other_role
    counted &= ~_excused(spec, scene)
    between = spec.after_roles or spec.before_roles or spec.other_role is not None
    counted[scene.first_turns] = spec.from_start and not between
    return counted


def _counts_at_end(spec: Silence, scene: Scene, last: Ints) -> Bools:
    if spec.before_roles or spec.other_role is not None:
        return np.zeros(len(last), dtype=bool)
    codes, names = scene.batch.roles
    spoke = _named(names, spec.after_roles)[codes[last]]
    counted: Bools = spoke & ~_excused(spec, scene, last + 1)
    return counted


def _named(names: list[str], roles: tuple[str, ...]) -> Bools:
    """For each code of a role, whether it is one of ``roles``, or any if there are none."""
    return np.array([not roles or name in roles for name in names], dtype=bool)


def _excused(spec: Silence, scene: Scene, before: Ints | None = None) -> Bools:
    """Whether the silences ``before`` some places are excused, of all turns if none are given.

    A place is that of a turn, or the one behind the last turn of a conversation.
    """
    batch, size = scene.batch, scene.batch.turn_count
    said = scene.places(spec.excused_by, scene.all).turn
    last = np.full(size + 1, -1, dtype=np.int64)
    last[said + 1] = said
    last = np.maximum.accumulate(last)  # the last excuse before each place
    places = np.arange(size) if before is None else before
    of = batch.conversation_of if before is None else batch.conversation_of[before - 1]
    excuse = last[places]
    excused: Bools = (excuse >= batch.bounds[of]) & (places - excuse <= spec.excused_within)
    return excused
