"""``specs.Find`` for batches: many simple ones together, the others one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .. import reasons
from ..arrays import counted_up, distinct
from ..batch import Bools, Ints
from ..scope import Quantifier, Scope
from ..specs import Find
from .outcome import Default, Outcome, outcome
from .rows import Rows, by_conversation, joined, rows
from .scene import Places, Scene, concatenated, in_order

_TURN_BITS, _START_BITS = 24, 24


def is_simple(spec: object, scope: Scope) -> bool:
    """Whether the condition can be judged together with others, by counting alone."""
    return (
        isinstance(spec, Find)
        and not spec.per_turn
        and not spec.exclude
        and not any(group.check for group in spec.groups)
        and scope.anchor is None
        and scope.quantifier.kind == "any"
    )


@dataclass(frozen=True, slots=True)
class Simple:
    """Simple conditions as columns: for each its thresholds, and which patterns it counts.

    ``first_use`` has for each pattern the place of its first entry in the ``use_…`` columns.
    """

    conditions: Ints
    scopes: tuple[Scope, ...]
    scope_of: Ints
    needed: Ints
    min_hits: Ints
    negated: Bools
    first_use: Ints
    use_condition: Ints
    use_group: Ints


@dataclass(frozen=True, slots=True)
class Counted:
    """What simple conditions found: for each (condition, conversation) that found anything."""

    condition: Ints
    conversation: Ints
    holds: Bools
    rows: Rows


def count(simple: Simple, scene: Scene) -> Counted:
    """Counts all matches for all simple conditions at once.

    ``condition`` in the result is a place in ``simple.conditions``.
    """
    condition, group, places = _in_scope(simple, scene)
    turns_per = np.int64(1) << _START_BITS
    key = ((condition << _TURN_BITS) + places.turn) * turns_per + places.start
    order = _order(key, places.end)
    key, condition, group = key[order], condition[order], group[order]
    places = places.take(order)
    conversation = scene.conversations(places.turn)
    groups = _different_groups(simple, condition, group, conversation)
    fresh = _fresh(key, places.end)
    if not fresh.all():
        condition, conversation = condition[fresh], conversation[fresh]
        places = places.take(fresh)
    first = np.flatnonzero(_changes(condition, conversation))
    total = np.diff(np.append(first, len(condition)))
    pair_condition = condition[first]
    holds = (total >= simple.min_hits[pair_condition]) & (groups >= simple.needed[pair_condition])
    found = _rows(simple, scene, places, (condition, conversation), first, total, groups, holds)
    return Counted(pair_condition, conversation[first], holds, found)


def _in_scope(simple: Simple, scene: Scene) -> tuple[Ints, Ints, Places]:
    """Each match once for each condition that counts it: condition, group and place."""
    matches = scene.matches
    uses = simple.first_use[matches.pattern + 1] - simple.first_use[matches.pattern]
    match = np.repeat(np.arange(len(matches)), uses)
    use = simple.first_use[matches.pattern[match]] + counted_up(uses)
    condition = simple.use_condition[use]
    turn = matches.turn[match]
    masks = np.stack([scene.masks.of_scope(scope) for scope in simple.scopes])
    inside = masks[simple.scope_of[condition], turn]
    match = match[inside]
    places = Places(turn[inside], matches.start[match], matches.end[match])
    return condition[inside], simple.use_group[use[inside]], places


def _order(key: Ints, end: Ints) -> Ints:
    """By ``key`` and ``end``; few keys are equal, so the ends are mostly not looked at."""
    order: Ints = np.argsort(key, kind="stable")
    if (np.diff(key[order]) == 0).any():
        order = np.lexsort((end, key))
    return order


def _fresh(key: Ints, end: Ints) -> Bools:
    """False for a place that two patterns of a condition found; given in order."""
    fresh = np.ones(len(key), dtype=bool)
    fresh[1:] = (np.diff(key) != 0) | (np.diff(end) != 0)
    return fresh


def _different_groups(simple: Simple, condition: Ints, group: Ints, conversation: Ints) -> Ints:
    """How many different groups each (condition, conversation) found; 1 if one is enough."""
    pair = np.cumsum(_changes(condition, conversation)) - 1
    counts = np.ones(int(pair[-1]) + 1 if len(pair) else 0, dtype=np.int64)
    several = simple.needed[condition] > 1
    if several.any():
        widest = np.int64(group.max() + 1)
        found = np.unique(pair[several] * widest + group[several])
        at, number = np.unique(found // widest, return_counts=True)
        counts[at] = number
    return counts


def _changes(condition: Ints, conversation: Ints) -> Bools:
    """Where another condition or conversation begins, the first place included."""
    new = np.ones(len(condition), dtype=bool)
    new[1:] = (np.diff(condition) != 0) | (np.diff(conversation) != 0)
    return new


def _rows(
    simple: Simple,
    scene: Scene,
    places: Places,
    of: tuple[Ints, Ints],
    first: Ints,
    total: Ints,
    groups: Ints,
    holds: Bools,
) -> Rows:
    """The places where enough was found; one row for what was found where it was not enough."""
    condition, conversation = of
    enough = np.repeat(holds, total)
    number = np.repeat(total, total)[enough]
    found = rows(
        conversation[enough],
        condition=condition[enough],
        turn=places.turn[enough],
        start=places.start[enough],
        end=places.end[enough],
        value=number,
        threshold=simple.min_hits[condition[enough]],
    )
    if holds.all():
        return found
    short = first[~holds]
    several = simple.needed[condition[short]] > 1
    lacking = rows(
        conversation[short],
        condition=condition[short],
        value=np.where(several, groups[~holds], total[~holds]),
        threshold=np.where(
            several, simple.needed[condition[short]], simple.min_hits[condition[short]]
        ),
        why=scene.whys.code(reasons.ABSENT),
    )
    return joined([found, lacking])


def judge(spec: Find, scene: Scene, mask: Bools, lacks: Ints, quantifier: Quantifier) -> Outcome:
    """One condition that is not simple; ``mask`` are the turns of its scope."""
    counted = mask & ~scene.turns_with(spec.exclude) if spec.exclude else mask
    groups = [scene.places(g.patterns, counted, g.check) for g in spec.groups]
    if spec.per_turn or quantifier.kind != "any":
        return _per_turn(spec, scene, groups, (mask, lacks), quantifier)
    return _whole(spec, scene, groups, lacks)


def _whole(spec: Find, scene: Scene, groups: Sequence[Places], lacks: Ints) -> Outcome:
    units = len(scene.batch)
    places = all_places(groups)
    of = scene.conversations(places.turn)
    total = np.bincount(of, minlength=units)
    number = _groups_in(groups, units, scene.conversations) if spec.needed > 1 else total
    holds = (total >= spec.min_hits) & (number >= spec.needed)
    shown = holds[of]
    found = rows(
        of[shown],
        turn=places.turn[shown],
        start=places.start[shown],
        end=places.end[shown],
        value=total[of[shown]],
        threshold=spec.min_hits,
    )
    threshold = float(spec.needed if spec.needed > 1 else spec.min_hits)
    usual = Default(0.0, threshold, scene.whys.code(reasons.ABSENT))
    figure = number if spec.needed > 1 else total
    short = np.flatnonzero(~holds & (figure > 0))
    lacking = rows(short, value=figure[short], threshold=usual.threshold, why=usual.why)
    evidence = by_conversation(found, lacking)
    return outcome(holds != spec.negated, lacks, evidence, usual)


def _per_turn(
    spec: Find,
    scene: Scene,
    groups: Sequence[Places],
    within: tuple[Bools, Ints],
    quantifier: Quantifier,
) -> Outcome:
    mask, lacks = within
    units = scene.batch.turn_count
    places = all_places(groups)
    total = np.bincount(places.turn, minlength=units)
    number = _groups_in(groups, units, lambda turns: turns) if spec.needed > 1 else total
    satisfied = mask & (((total >= spec.min_hits) & (number >= spec.needed)) != spec.negated)
    if spec.negated:
        bare = np.flatnonzero(satisfied)
        shown = rows(scene.conversations(bare), turn=bare, why=scene.whys.code(reasons.ABSENT))
    else:
        places = places.take(satisfied[places.turn])
        shown = rows(
            scene.conversations(places.turn),
            turn=places.turn,
            start=places.start,
            end=places.end,
        )
    return quantified(scene, satisfied, (mask, lacks), quantifier, shown)


def quantified(
    scene: Scene,
    satisfied: Bools,
    within: tuple[Bools, Ints],
    quantifier: Quantifier,
    shown: Rows,
    *,
    counted: bool = True,
) -> Outcome:
    """Hit where enough turns of the scope are ``satisfied``; ``shown`` is the evidence then.

    ``counted``: elsewhere the evidence says how many turns there were.
    """
    mask, lacks = within
    counts = (_per_conversation(scene, satisfied), _per_conversation(scene, mask))
    return settled(scene, counts, lacks, quantifier, shown, counted=counted)


def settled(
    scene: Scene,
    counts: tuple[Ints, Ints],
    lacks: Ints,
    quantifier: Quantifier,
    shown: Rows,
    *,
    counted: bool = True,
) -> Outcome:
    """``quantified`` where it is known already how many are satisfied, and of how many."""
    count, total = counts
    holds = enough(quantifier, count, total)
    absent = scene.whys.code(reasons.ABSENT)
    evidence = shown.take(holds[shown.conversation])
    if counted:
        short = np.flatnonzero(~holds & (count > 0))
        evidence = by_conversation(evidence, rows(short, value=count[short], why=absent))
    return outcome(holds, lacks, evidence, Default(0.0 if counted else np.nan, why=absent))


def enough(quantifier: Quantifier, satisfied: Ints, total: Ints) -> Bools:
    """Whether ``satisfied`` of ``total`` turns are as many as the quantifier wants."""
    wanted: npt.NDArray[np.float64] = {
        "all": np.maximum(total, 1).astype(np.float64),
        "share": np.where(total > 0, total * quantifier.amount, np.inf),
        "count": np.full(len(total), quantifier.amount),
    }.get(quantifier.kind, np.ones(len(total)))
    holds: Bools = satisfied >= wanted
    return holds


def _per_conversation(scene: Scene, turns: Bools) -> Ints:
    where = scene.batch.conversation_of[turns]
    return np.bincount(where, minlength=len(scene.batch)).astype(np.int64)


def all_places(groups: Sequence[Places]) -> Places:
    """The places of all ``groups``, each once."""
    if len(groups) == 1:
        return groups[0]
    return in_order(concatenated(*groups))


def _groups_in(groups: Sequence[Places], units: int, unit_of: Callable[[Ints], Ints]) -> Ints:
    number = np.zeros(units, dtype=np.int64)
    for group in groups:
        number[distinct(unit_of(group.turn))] += 1
    return number
