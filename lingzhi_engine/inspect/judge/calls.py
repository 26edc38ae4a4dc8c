"""``specs.Measured``, ``HangUp``, ``ColdTransfer`` and ``OneSided`` for batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..logic import HIT, MISS, NA, UNKNOWN
from ..recorded import Unrecorded, ended_by, figure, silent_role, transfers
from ..specs import HangUp, OneSided
from .figures import every_figure, in_range, unless
from .outcome import Outcome
from .question import Asked
from .rows import Floats, Rows, by_conversation, rows
from .scene import NOWHERE, Places, Scene


def measured(asked: Asked) -> Outcome:
    """One figure a conversation."""
    spec = asked.spec
    value, lacks = _read(asked, lambda meta: figure(spec, meta))
    return every_figure(asked.scene, value, (spec.low, spec.high), lacks)


def _read(asked: Asked, read: Callable[[Mapping[str, Any]], float]) -> tuple[Floats, Ints]:
    """The figure of each conversation, and what it lacks, that of the figure included."""
    value, lacks = np.zeros(len(asked.scene.batch)), asked.lacks.copy()
    for row, (meta, _) in enumerate(asked.scene.fields):
        try:
            value[row] = read(meta)
        except Unrecorded as lack:
            lacks[row] = lacks[row] or asked.scene.whys.code(lack.reason, lack.detail)
    return value, lacks


def hang_up(asked: Asked) -> Outcome:
    """Who ended each conversation, and after what."""
    spec, scene = asked.spec, asked.scene
    who = [ended_by(meta) for meta, _ in scene.fields]
    missing = scene.whys.code(reasons.FIELD_MISSING, "ended_by")
    told = np.array([by is not None for by in who], dtype=bool)
    lacks = np.where((asked.lacks == 0) & ~told, missing, asked.lacks)
    places = asked.places[0] if spec.after else NOWHERE
    places = places.take(_near_end(spec, scene, places.turn))
    holds = np.array([by in spec.by for by in who], dtype=bool) & _ends_so(spec, scene)
    if spec.after:
        said = np.zeros(len(holds), dtype=bool)
        said[scene.conversations(places.turn)] = True
        holds &= said
    state = np.where(holds, np.uint8(HIT), np.uint8(MISS))
    state[lacks > 0] = UNKNOWN
    whys = np.array([scene.whys.code(reasons.ENDED_BY, by) for by in who], dtype=np.int64)
    found = _of_hang_up(scene, places, state, whys)
    return Outcome(state, lacks, found)


def _of_hang_up(scene: Scene, places: Places, state: Ints, whys: Ints) -> Rows:
    """What was said before a hit, else its last turn; who it was for a miss."""
    of = scene.conversations(places.turn)
    hit = state[of] == HIT
    shown, of = places.take(hit), of[hit]
    said = rows(of, turn=shown.turn, start=shown.start, end=shown.end)
    bare = state == HIT
    bare[of] = False
    last, missed = np.flatnonzero(bare), np.flatnonzero(state == MISS)
    silent = rows(last, turn=scene.batch.bounds[last + 1] - 1, why=whys[last])
    return by_conversation(said, silent, rows(missed, why=whys[missed]))


def _ends_so(spec: HangUp, scene: Scene) -> Bools:
    """Whether the last turns are as the question wants them, where there are any."""
    batch = scene.batch
    fits = np.diff(batch.bounds) > 0
    filled = np.flatnonzero(fits)
    last = batch.bounds[filled + 1] - 1
    if spec.last_roles:
        fits[filled] &= scene.masks.of_roles(spec.last_roles)[last]
    if spec.after is None:
        fits[filled] &= _near_end(spec, scene, last)
    farewell = scene.places(spec.farewells, scene.all).turn
    of = scene.conversations(farewell)
    fits[of[farewell >= batch.bounds[of + 1] - spec.farewell_turns]] = False
    return fits


def _near_end(spec: HangUp, scene: Scene, turns: Ints) -> Bools:
    """Whether ``turns`` end shortly before the end of their conversations."""
    if spec.seconds is None:
        return np.ones(len(turns), dtype=bool)
    length, known = scene.durations
    whole = np.where(known, length, scene.masks.length)[scene.conversations(turns)]
    near: Bools = whole - scene.batch.end[turns] <= spec.seconds * 1000
    return near


def cold_transfer(asked: Asked) -> Outcome:
    """How often each call was passed on, unless it was announced."""
    spec, scene = asked.spec, asked.scene
    number, lacks = _read(asked, transfers)
    judged = every_figure(scene, number, (spec.low, spec.high), lacks)
    (places,) = asked.places
    of = scene.conversations(places.turn)
    warm = judged.state[of] == HIT
    places, of = places.take(warm), of[warm]
    figures = in_range(scene, of, number[of], spec.low, spec.high)
    said = rows(
        of,
        turn=places.turn,
        start=places.start,
        end=places.end,
        value=figures.value,
        threshold=figures.threshold,
    )
    bare = np.ones(len(number), dtype=bool)
    bare[of] = False
    state = np.where(bare, judged.state, np.uint8(MISS))
    found = by_conversation(judged.rows.take(bare[judged.rows.conversation]), said)
    judged = Outcome(state, judged.why, found)
    return unless(scene, judged, lacks, number <= 0, NA, reasons.NO_TRIGGER)


def one_sided(asked: Asked) -> Outcome:
    """Who cannot be heard in each conversation."""
    spec, scene = asked.spec, asked.scene
    turns = np.diff(scene.batch.bounds)
    heard = np.stack([_heard(scene, role) for role in spec.roles])
    state = np.where(heard.all(axis=0), np.uint8(MISS), np.uint8(HIT))
    why = np.zeros(len(turns), dtype=np.int64)
    unheard = ~heard.any(axis=0) | (turns < spec.min_turns)
    state[unheard], why[unheard] = UNKNOWN, scene.whys.code(reasons.NO_SPEECH)
    why[turns == 0] = scene.whys.code(reasons.NO_TURNS)
    state[turns == 0] = UNKNOWN
    silent = [_names(spec, column) for column in heard.T]
    for row, (meta, _) in enumerate(scene.fields):
        told = silent_role(meta)
        if told is not None:
            state[row], why[row] = (HIT if told in spec.roles else MISS), 0
            silent[row] = told
    return Outcome(state, why, _of_sides(scene, state, silent))


def _heard(scene: Scene, role: str) -> Bools:
    """The conversations in which ``role`` says a letter."""
    turns = np.flatnonzero(scene.masks.of_roles((role,)) & (scene.letters.count > 0))
    heard = np.zeros(len(scene.batch), dtype=bool)
    heard[scene.conversations(turns)] = True
    return heard


def _names(spec: OneSided, heard: Bools) -> str:
    return ", ".join(role for role, said in zip(spec.roles, heard, strict=True) if not said)


def _of_sides(scene: Scene, state: Ints, silent: list[str]) -> Rows:
    known = np.flatnonzero(state != UNKNOWN)
    absent = scene.whys.code(reasons.ABSENT)
    why = [
        scene.whys.code(reasons.SILENT_ROLE, silent[row]) if state[row] == HIT else absent
        for row in known.tolist()
    ]
    return rows(known, why=why)
