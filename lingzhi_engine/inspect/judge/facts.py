"""``specs.Echo`` and ``Agreement`` for batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .. import reasons
from ..batch import Bools, Ints
from ..facts import stand_ins, value_of
from ..fields import value_of as field_of
from ..logic import HIT, MISS, NA, UNKNOWN
from ..specs import ROUNDING, Echo
from .outcome import Outcome, States
from .question import Asked
from .rows import Rows, joined, rows
from .scene import Places, Scene, concatenated, in_order


@dataclass(frozen=True, slots=True)
class _Facts:
    """Places of facts; ``key`` is the same for the same fact of the same conversation."""

    places: Places
    kind: Ints
    key: Ints


class _Keys:
    """Numbers kinds with values, and these for each conversation."""

    def __init__(self, scene: Scene, ends: int | None) -> None:
        self.scene = scene
        self.ends = ends
        self.values: dict[tuple[str, str], int] = {}

    def facts(self, found: Sequence[tuple[str, Places]]) -> _Facts:
        """The facts at the places of each kind, by key, turn and place in it."""
        places = concatenated(*(one for _, one in found))
        kind = np.repeat(np.arange(len(found)), [len(places) for _, places in found])
        codes = [code for name, places in found for code in self._codes(name, places)]
        size = np.int64(len(self.scene.batch))
        key = np.array(codes, np.int64) * size + self.scene.conversations(places.turn)
        order = np.lexsort((places.end, places.start, places.turn, key))
        return _Facts(places.take(order), kind[order], key[order])

    def _codes(self, kind: str, places: Places) -> list[int]:
        values = (value_of(kind, text, self.ends) for text in _texts(self.scene, places))
        return [self.values.setdefault((kind, value), len(self.values)) for value in values]


def _texts(scene: Scene, places: Places) -> Iterator[str]:
    texts = scene.batch.text.take(pa.array(places.turn)).to_pylist()
    for text, low, high in zip(texts, places.start.tolist(), places.end.tolist(), strict=True):
        yield text[low:high]


def echo(asked: Asked) -> Outcome:
    """Each telling of a fact is held against the next places where it is said again."""
    spec, scene = asked.spec, asked.scene
    roles = spec.roles or asked.question.scope.roles
    mask = asked.mask_of(asked.question.scope.of_roles(spec.told_by))
    others = scene.masks.of_roles(roles)
    whole = _Keys(scene, None)
    again = whole.facts([(f.kind, scene.places(f.repeated, others)) for f in spec.facts])
    told = _Keys(scene, spec.ends).facts([(f.kind, scene.places(f.said, mask)) for f in spec.facts])
    telling, key = _stand_ins(spec, told, whole)
    place = _next(spec, scene, told.places.turn[telling], key, again, scene.masks.rank(roles))
    in_time = np.lexsort((again.places.end, again.places.start, again.places.turn))
    number = np.argsort(in_time)
    next_one = np.full(len(told.key), len(in_time), dtype=np.int64)
    near = place >= 0
    np.minimum.at(next_one, telling[near], number[place[near]])
    return _echo_outcome(asked, told, again.places.take(in_time), next_one)


def _stand_ins(spec: Echo, told: _Facts, whole: _Keys) -> tuple[Ints, Ints]:
    """For each telling the keys in ``whole`` that tell it again: numbers of tellings, and keys."""
    kinds = [spec.facts[kind].kind for kind in told.kind.tolist()]
    found = [
        (telling, code)
        for telling, (kind, text) in enumerate(
            zip(kinds, _texts(whole.scene, told.places), strict=True)
        )
        for value in stand_ins(kind, text, spec.ends)
        if (code := whole.values.get((kind, value))) is not None
    ]
    telling, codes = np.array(found, np.int64).reshape(-1, 2).T
    of = whole.scene.conversations(told.places.turn[telling])
    return telling, codes * np.int64(len(whole.scene.batch)) + of


def _next(spec: Echo, scene: Scene, turn: Ints, key: Ints, again: _Facts, rank: Ints) -> Ints:
    """For each ``key`` told in ``turn`` its first place in ``again`` behind, -1 if too far."""
    if not len(again.key):
        return np.full(len(key), -1, dtype=np.int64)
    turns = np.int64(scene.batch.turn_count + 1)
    place = np.searchsorted(again.key * turns + again.places.turn, key * turns + turn, side="right")
    inside = np.minimum(place, len(again.key) - 1)
    near = (place < len(again.key)) & (again.key[inside] == key)
    if spec.turns:
        near &= rank[again.places.turn[inside]] - rank[turn + 1] < spec.turns
    return np.where(near, inside, -1)


def _echo_outcome(asked: Asked, told: _Facts, again: Places, next_one: Ints) -> Outcome:
    """``next_one`` is for each telling a place in ``again``, their number where there is none."""
    spec, scene = asked.spec, asked.scene
    size = len(scene.batch)
    _, first = np.unique(told.key, return_index=True)
    of = scene.conversations(told.places.turn[first])
    far = np.int64(len(again))
    nearest = np.minimum.reduceat(next_one, first) if len(first) else first
    repeated = nearest < far
    total = np.bincount(of, minlength=size)
    share = np.bincount(of[repeated], minlength=size) / np.maximum(total, 1)
    holds = (total > 0) & (share >= spec.share - ROUNDING)
    open_ones = first[~repeated & ~holds[of]]
    open_ones = open_ones[np.argsort(told.kind[open_ones], kind="stable")]
    shown = joined(
        [
            _at(scene, in_order(again.take(nearest[repeated & holds[of]])), 0),
            _at(scene, told.places.take(open_ones), _whys(asked, told.kind[open_ones])),
        ]
    )
    value, state = share[shown.conversation], np.where(total > 0, MISS, NA).astype(np.uint8)
    state[holds] = HIT
    why = np.where(total > 0, 0, scene.whys.code(reasons.NO_TRIGGER))
    shown = rows(
        shown.conversation, turn=shown.turn, start=shown.start, end=shown.end, value=value,
        threshold=spec.share, why=shown.why,
    )  # fmt: skip
    return _final(asked, state, why, shown)


def _whys(asked: Asked, kinds: Ints) -> Ints:
    code = asked.scene.whys.code
    codes = np.array([code(reasons.NOT_RESTATED, fact.kind) for fact in asked.spec.facts])
    return codes[kinds]


def _at(scene: Scene, places: Places, why: Ints | int) -> Rows:
    of = scene.conversations(places.turn)
    return rows(of, turn=places.turn, start=places.start, end=places.end, why=why)


def _final(asked: Asked, state: States, why: Ints, shown: Rows) -> Outcome:
    lacks = asked.lacks
    state[lacks > 0] = UNKNOWN
    why = np.where(lacks > 0, lacks, why)
    shown = shown.take(lacks[shown.conversation] == 0)
    order = np.lexsort((shown.end, shown.start, shown.turn, shown.conversation))
    return Outcome(state, why, shown.take(order))


def agreement(asked: Asked) -> Outcome:
    """The values of each conversation in which both sides tell something."""
    spec, scene = asked.spec, asked.scene
    keys = _Keys(scene, spec.ends)
    told = [keys.facts([(spec.kind, places)]) for places in asked.places]
    size = len(scene.batch)
    state, why = np.full(size, NA, np.uint8), np.full(size, scene.whys.code(reasons.NO_TRIGGER))
    both = _joined(told)
    if spec.field is None:
        same = np.isin(both.key, np.intersect1d(told[0].key, told[1].key))
        known = np.isin(_of(scene, told[0]), _of(scene, told[1]))
        judged = np.unique(_of(scene, told[0])[known])
    else:
        judged = np.unique(_of(scene, both))
        same, judged, lacking = _against_field(asked, keys, both, judged)
        state[lacking] = UNKNOWN
        why[lacking] = scene.whys.code(reasons.FIELD_MISSING, spec.field)
    agrees = np.zeros(size, dtype=bool)
    agrees[_of(scene, both)[same]] = True
    state[judged] = np.where(agrees[judged] == spec.equal, HIT, MISS)
    why[judged] = 0
    return _final(asked, state, why, _shown(asked, both, same, agrees, state))


def _of(scene: Scene, facts: _Facts) -> Ints:
    return scene.conversations(facts.places.turn)


def _joined(parts: Sequence[_Facts]) -> _Facts:
    kind, key = (np.concatenate([getattr(p, name) for p in parts]) for name in ("kind", "key"))
    return _Facts(concatenated(*(part.places for part in parts)), kind, key)


def _against_field(
    asked: Asked, keys: _Keys, told: _Facts, judged: Ints
) -> tuple[Bools, Ints, Ints]:
    """Which facts are those of the field; the conversations that have it, and that lack it."""
    spec, scene = asked.spec, asked.scene
    wanted: list[int] = []
    lacking: list[int] = []
    for row in judged.tolist():
        given = field_of(spec.field, *scene.fields[row])
        if given is None:
            lacking.append(row)
        for item in given if isinstance(given, list) else [given]:
            code = keys.values.get((spec.kind, value_of(spec.kind, str(item), spec.ends)))
            if code is not None and given is not None:
                wanted.append(code * len(scene.batch) + row)
    missing = np.array(lacking, dtype=np.int64)
    return np.isin(told.key, np.array(wanted, np.int64)), np.setdiff1d(judged, missing), missing


def _shown(asked: Asked, told: _Facts, same: Bools, agrees: Bools, state: States) -> Rows:
    """What agrees; where nothing does, everything."""
    spec, scene = asked.spec, asked.scene
    of = _of(scene, told)
    decided = (state[of] == HIT) | (state[of] == MISS)
    chosen = decided & (same | ~agrees[of])
    differs = scene.whys.code(reasons.DIFFERS, spec.field)
    shown = _at(scene, told.places.take(chosen), np.where(agrees[of[chosen]], 0, differs))
    key = np.stack([shown.turn, shown.start, shown.end])
    _, first = np.unique(key, axis=1, return_index=True)
    return shown.take(np.sort(first))
