"""``specs.Verified`` for batches: the first disclosure, and the first place of each check."""

from __future__ import annotations

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..fields import value_of
from ..logic import HIT, MISS, NA, UNKNOWN
from ..reference.duties import says_yes
from ..specs import Verified
from .outcome import Outcome
from .question import Asked
from .rows import Rows, by_conversation, rows
from .scene import Places, Scene, concatenated, in_order

_NONE = -1


def judge(asked: Asked) -> Outcome:
    """The answers for all conversations."""
    spec, scene, lacks = asked.spec, asked.scene, asked.lacks
    places, several = asked.places, len(asked.spec.disclosures)
    disclosed = in_order(concatenated(*places[:several]))
    first = _first(scene, disclosed)
    done = [_before(scene, check, disclosed, first) for check in places[several:]]
    count: Ints = np.stack([one != _NONE for one in done]).sum(axis=0).astype(np.int64)
    passed = count >= spec.needed
    by_field = ~passed & _says_yes(spec, scene)
    state = np.where(passed | by_field, np.uint8(HIT), np.uint8(MISS))
    state[first == _NONE] = NA
    state[lacks > 0] = UNKNOWN
    why = np.where(first == _NONE, scene.whys.code(reasons.NO_TRIGGER), 0)
    shown = passed & (first != _NONE)
    found = by_conversation(
        _checks(spec, scene, list(zip(places[several:], done, strict=True)), (shown, count)),
        _fields(spec, scene, np.flatnonzero(by_field & (first != _NONE))),
        _unverified(spec, scene, disclosed.take(first[state == MISS]), (done, count)),
    )
    return Outcome(
        state, np.where(lacks > 0, lacks, why), found.take(lacks[found.conversation] == 0)
    )


def _first(scene: Scene, places: Places) -> Ints:
    """For each conversation the number of its first place, or none."""
    found = np.full(len(scene.batch), _NONE, dtype=np.int64)
    where, first = np.unique(scene.conversations(places.turn), return_index=True)
    found[where] = first
    return found


def _before(scene: Scene, check: Places, disclosed: Places, first: Ints) -> Ints:
    """For each conversation the first place of the check that ends before the disclosure."""
    at = first[scene.conversations(check.turn)]
    turn, start = disclosed.turn, disclosed.start
    ahead = at != _NONE
    if len(turn):
        ahead &= (check.turn < turn[at]) | ((check.turn == turn[at]) & (check.end <= start[at]))
    chosen = np.flatnonzero(ahead)
    found = np.full(len(scene.batch), _NONE, dtype=np.int64)
    where, nth = np.unique(scene.conversations(check.turn[chosen]), return_index=True)
    found[where] = chosen[nth]
    return found


def _says_yes(spec: Verified, scene: Scene) -> Bools:
    if spec.field is None:
        return np.zeros(len(scene.batch), dtype=bool)
    said = [says_yes(value_of(spec.field, meta, own)) for meta, own in scene.fields]
    return np.array(said, dtype=bool)


def _checks(
    spec: Verified,
    scene: Scene,
    done: list[tuple[Places, Ints]],
    passed: tuple[Bools, Ints],
) -> Rows:
    """The places of the checks of the conversations that passed."""
    shown, count = passed
    places = in_order(concatenated(*(p.take(at[shown & (at != _NONE)]) for p, at in done)))
    where = scene.conversations(places.turn)
    return rows(
        where,
        turn=places.turn,
        start=places.start,
        end=places.end,
        value=count[where],
        threshold=float(spec.needed),
    )


def _fields(spec: Verified, scene: Scene, where: Ints) -> Rows:
    return rows(where, why=scene.whys.code(None, spec.field))


def _unverified(spec: Verified, scene: Scene, first: Places, done: tuple[list[Ints], Ints]) -> Rows:
    """The first disclosure of the conversations that did not pass, with the checks they lack."""
    checks, count = done
    where = scene.conversations(first.turn)
    lacking = np.array([one[where] == _NONE for one in checks]).T
    names = [check.name for check in spec.checks]
    why = [
        scene.whys.code(
            reasons.UNVERIFIED,
            " | ".join(name for name, gone in zip(names, one, strict=True) if gone) or None,
        )
        for one in lacking.tolist()
    ]
    return rows(
        where,
        turn=first.turn,
        start=first.start,
        end=first.end,
        value=count[where],
        threshold=float(spec.needed),
        why=np.array(why, dtype=np.int64),
    )
