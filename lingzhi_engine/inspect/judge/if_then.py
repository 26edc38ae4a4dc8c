"""``specs.IfThen`` for batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .. import reasons
from ..batch import Bools, Ints
from ..logic import NA
from ..specs import IfThen
from .outcome import Outcome, outcome
from .question import Asked
from .rows import Rows, joined, rows
from .scene import Places, Scene, concatenated, in_order

_NONE = -1


@dataclass(frozen=True, slots=True)
class _Triggers:
    """Turns with a trigger: their conversations, and for each duty the turn that answers or none.

    ``done``: enough duties answer.
    """

    turn: Ints
    of: Ints
    answers: Ints
    done: Bools

    def take(self, chosen: Ints) -> _Triggers:
        """Only the triggers that are ``chosen``."""
        return _Triggers(
            self.turn[chosen], self.of[chosen], self.answers[:, chosen], self.done[chosen]
        )


def judge(asked: Asked) -> Outcome:
    """For each turn with the trigger the nearest turn of each duty on either side."""
    spec, scene = asked.spec, asked.scene
    spoken, *duties = asked.places
    turns = np.unique(spoken.turn)
    roles = [scope.roles for _, scope in asked.question.said[1:]]
    answers = np.stack(
        [
            _answers(spec, scene, turns, np.unique(duty.turn), of_duty)
            for duty, of_duty in zip(duties, roles, strict=True)
        ]
    )
    done = (answers != _NONE).sum(axis=0) >= spec.needed
    every = _Triggers(turns, scene.conversations(turns), answers, done)
    chosen = every.take(_considered(spec, scene, every))
    judged = _judged(asked, chosen, spoken, duties)
    number = np.bincount(chosen.of, minlength=len(scene.batch))
    idle = (number == 0) & (asked.lacks == 0)
    judged.state[idle] = NA
    code = scene.whys.code
    said = np.bincount(every.of, minlength=len(scene.batch)) > 0
    nothing = np.where(said, code(reasons.EXCUSED), code(reasons.NO_TRIGGER))
    why = np.where(idle, nothing, asked.lacks)
    return Outcome(judged.state, why, judged.rows.take(~idle[judged.rows.conversation]))


def _considered(spec: IfThen, scene: Scene, triggers: _Triggers) -> Ints:
    """Which triggers need the duties: none that is excused, of the others those asked for."""
    index = np.flatnonzero(triggers.done | ~_is_excused(spec, scene, triggers))
    of = triggers.of[index]
    if spec.which == "first":
        index = index[np.unique(of, return_index=True)[1]]
    if spec.which == "last":
        index = index[np.searchsorted(of, np.unique(of), side="right") - 1]
    return index


def _is_excused(spec: IfThen, scene: Scene, triggers: _Triggers) -> Bools:
    if not spec.excuses:
        return np.zeros(len(triggers.turn), dtype=bool)
    everywhere = np.ones(scene.batch.turn_count, dtype=bool)
    excusing = ~everywhere
    excusing[scene.places(spec.excuses, everywhere).turn] = True
    counted = np.concatenate([np.zeros(1, np.int64), np.cumsum(excusing)])
    bounds = scene.batch.bounds
    first = np.maximum(triggers.turn - spec.excused_within, bounds[triggers.of])
    behind = np.minimum(triggers.turn + spec.excused_within + 1, bounds[triggers.of + 1])
    excused: Bools = counted[behind] > counted[first]
    return excused


def _judged(asked: Asked, triggers: _Triggers, spoken: Places, duties: Sequence[Places]) -> Outcome:
    """Hit where as many triggers are answered as must be; what was said shows it."""
    spec, scene = asked.spec, asked.scene
    answered = np.bincount(triggers.of[triggers.done], minlength=len(scene.batch))
    considered = np.bincount(triggers.of, minlength=len(scene.batch))
    wanted = np.minimum(considered, 1) if spec.which == "any" else considered
    holds = answered >= wanted
    good = triggers.take(np.flatnonzero(holds[triggers.of] & triggers.done))
    bad = triggers.take(np.flatnonzero(~holds[triggers.of] & ~triggers.done))
    answering = zip(duties, good.answers, strict=True)
    said = in_order(
        concatenated(
            _in_turns(spoken, good.turn), *(_in_turns(duty, turns) for duty, turns in answering)
        )
    )
    missed = in_order(_in_turns(spoken, bad.turn))
    why = _missing(spec, scene, bad)[np.searchsorted(bad.turn, missed.turn)]
    found = joined([_at(scene, said, 0), _at(scene, missed, why)])
    where = found.conversation
    found = rows(
        where, turn=found.turn, start=found.start, end=found.end, value=answered[where],
        threshold=wanted[where], why=found.why,
    )  # fmt: skip
    return outcome(holds, asked.lacks, found.take(np.argsort(where, kind="stable")))


def _in_turns(places: Places, turns: Ints) -> Places:
    return places.take(np.isin(places.turn, turns))


def _at(scene: Scene, places: Places, why: Ints | int) -> Rows:
    of = scene.conversations(places.turn)
    return rows(of, turn=places.turn, start=places.start, end=places.end, why=why)


def _missing(spec: IfThen, scene: Scene, triggers: _Triggers) -> Ints:
    """For each trigger the code of the duties it lacks; their names where there are several."""
    if len(spec.duties) == 1:
        return np.full(len(triggers.turn), scene.whys.code(reasons.DUTY_MISSING), dtype=np.int64)
    kinds, which = np.unique(triggers.answers == _NONE, axis=1, return_inverse=True)
    names = [
        " | ".join(duty.name for duty, lacks in zip(spec.duties, kind, strict=True) if lacks)
        for kind in kinds.T
    ]
    codes = np.array([scene.whys.code(reasons.DUTY_MISSING, name) for name in names], np.int64)
    return codes[which.reshape(-1)]


def _answers(
    spec: IfThen, scene: Scene, turns: Ints, duties: Ints, duty_roles: tuple[str, ...]
) -> Ints:
    """For each trigger turn the turn of the duty that answers it, or none."""
    if not len(duties):
        return np.full(len(turns), _NONE, dtype=np.int64)
    rank = scene.masks.rank(duty_roles)
    from_here, behind = np.searchsorted(duties, turns), np.searchsorted(duties, turns, "right")
    after = _checked(scene, turns, duties, from_here if spec.same_turn else behind)
    before = _checked(scene, turns, duties, (behind if spec.same_turn else from_here) - 1)
    late = after != _NONE
    late &= (after == turns) | (spec.side != "before")
    late &= _is_near(spec, scene, turns, after, rank[after + 1] - rank[turns + 1])
    late &= (after == turns) | _is_open(spec, scene, turns, after)
    early = before != _NONE
    early &= (before == turns) | (spec.side != "after")
    early &= _is_near(spec, scene, before, turns, rank[turns] - rank[before])
    early &= (before == turns) | _is_open(spec, scene, turns, before)
    nearer_early = early & (~late | (turns - before < after - turns))
    return np.where(nearer_early, before, np.where(late, after, _NONE))


def _checked(scene: Scene, turns: Ints, duties: Ints, index: Ints) -> Ints:
    """The duty at ``index`` where there is one in the conversation of the trigger."""
    there = (index >= 0) & (index < len(duties))
    duty = duties[np.clip(index, 0, len(duties) - 1)]
    there &= scene.conversations(duty) == scene.conversations(turns)
    return np.where(there, duty, _NONE)


def _is_near(spec: IfThen, scene: Scene, earlier: Ints, later: Ints, turns_between: Ints) -> Bools:
    near = np.ones(len(earlier), dtype=bool)
    if spec.turns is not None:
        near &= (earlier == later) | (turns_between <= spec.turns)
    if spec.seconds is not None:
        pause = (scene.batch.start[later] - scene.batch.end[earlier]) / 1000
        near &= (earlier == later) | (pause <= spec.seconds)
    return near


def _is_open(spec: IfThen, scene: Scene, triggers: Ints, duties: Ints) -> Bools:
    """Whether nothing between a trigger and the duty's turn has ended the time for it."""
    if spec.until == "next_trigger":
        edges = np.concatenate([[-1], triggers, [scene.batch.turn_count]])
        open_: Bools = (duties > edges[:-2]) & (duties < edges[2:])
        return open_
    if spec.until == "speaks_again":
        stretch, earlier, later = scene.once("stretches of a role", lambda: _stretches(scene))
        mine, theirs = stretch[triggers], stretch[duties]
        open_ = (theirs > earlier[mine]) & (theirs < later[mine])
        return open_
    return np.ones(len(triggers), dtype=bool)


def _stretches(scene: Scene) -> tuple[Ints, Ints, Ints]:
    """Stretches of turns of one role: the number of each turn's, and for each those of the role.

    The stretches of the same role before and behind it in the conversation; -1, or their number,
    where there is none.
    """
    role, of = scene.batch.roles[0], scene.batch.conversation_of
    new = np.ones(len(role), dtype=bool)
    new[1:] = (role[1:] != role[:-1]) | (of[1:] != of[:-1])
    stretch = np.cumsum(new) - 1
    first = np.flatnonzero(new)
    order = np.lexsort((first, role[first], of[first]))
    one, other = order[:-1], order[1:]
    alike = (role[first[one]] == role[first[other]]) & (of[first[one]] == of[first[other]])
    earlier, later = np.full(len(first), -1), np.full(len(first), len(first))
    later[one[alike]], earlier[other[alike]] = other[alike], one[alike]
    return stretch, earlier, later
