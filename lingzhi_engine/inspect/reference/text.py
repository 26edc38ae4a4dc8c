"""Conditions on words, plainly."""

from __future__ import annotations

from .. import reasons
from ..expression import And, Expr, Name, Not, Or, Unless, holds_plainly
from ..likeness import letters_of, likeness
from ..model import Evidence
from ..scripts import signs
from ..specs import Find, Near, Repeat, WordLogic
from .scope import Result, require_times
from .view import Place, View, absent, enough, spans, verdict


def find(spec: Find, view: View) -> Result:
    """See ``specs.Find``."""
    view.require(())
    turns = view.turns()
    if spec.per_turn or view.scope.quantifier.kind != "any":
        return _find_per_turn(spec, view, turns)
    said = _groups(spec, view, turns)
    places = set().union(*said)
    groups = sum(1 for group in said if group)
    holds = groups >= spec.needed and len(places) >= spec.min_hits
    if holds:
        evidence = spans(places, float(len(places)), float(spec.min_hits))
    elif spec.needed > 1:
        evidence = absent(float(groups), float(spec.needed))
    else:
        evidence = absent(float(len(places)), float(spec.min_hits))
    return Result(verdict(holds != spec.negated), evidence)


def _groups(spec: Find, view: View, turns: list[int]) -> list[set[Place]]:
    """For each group the places where it is said in ``turns``."""
    counted = [turn for turn in turns if not view.found(spec.exclude, turn)]
    return [
        {place for turn in counted for place in view.found(group.patterns, turn, group.check)}
        for group in spec.groups
    ]


def _find_per_turn(spec: Find, view: View, turns: list[int]) -> Result:
    satisfied: list[Evidence] = []
    count = 0
    for turn in turns:
        said = _groups(spec, view, [turn])
        places = set().union(*said)
        holds = sum(1 for g in said if g) >= spec.needed and len(places) >= spec.min_hits
        if holds != spec.negated:
            count += 1
            satisfied += spans(places) if holds else (Evidence(turn, reason=reasons.ABSENT),)
    if enough(view.scope.quantifier, count, len(turns)):
        return Result(verdict(True), tuple(satisfied))
    return Result(verdict(False), absent(float(count)))


def word_logic(spec: WordLogic, view: View) -> Result:
    """See ``specs.WordLogic``."""
    view.require(())
    turns = view.turns()
    units = [[turn] for turn in turns] if spec.per_turn else [turns]
    quantifier = view.scope.quantifier
    if quantifier.kind != "any":
        units = [[turn] for turn in turns]
    evidence: list[Evidence] = []
    count = 0
    for unit in units:
        said = {
            name: {place for turn in unit for place in view.found([pattern], turn)}
            for name, pattern in spec.words
        }
        if holds_plainly(spec.expr, said):
            count += 1
            places = set().union(*(said[name] for name in wanted(spec.expr, True)))
            nothing = Evidence(unit[0] if len(units) > 1 or spec.per_turn else None)
            evidence += spans(places) or (Evidence(nothing.turn, reason=reasons.ABSENT),)
    if enough(quantifier, count, len(units)):
        return Result(verdict(True), tuple(evidence))
    return Result(verdict(False), absent())


def wanted(expr: Expr, positive: bool) -> set[str]:
    """The words that speak for the expression by being said."""
    match expr:
        case Name(name):
            return {name} if positive else set()
        case Not(item):
            return wanted(item, not positive)
        case And(items) | Or(items):
            return set().union(*(wanted(item, positive) for item in items))
        case Unless(item):
            return wanted(item, positive)
        case _:
            return set()


def near(spec: Near, view: View) -> Result:
    """See ``specs.Near``."""
    view.require(spec.a.roles, spec.b.roles)
    if spec.unit == "seconds":
        require_times(view.conversation)
    pairs = [
        (distance, a, b)
        for a in view.places(spec.a)
        for b in view.places(spec.b)
        if (distance := _distance(spec, view, a, b)) is not None
    ]
    close = [place for distance, a, b in pairs if distance <= spec.distance for place in (a, b)]
    if not pairs:
        return Result(verdict(False), absent(threshold=float(spec.distance)))
    nearest = float(min(distance for distance, _, _ in pairs))
    if close:
        return Result(verdict(True), spans(close, nearest, float(spec.distance)))
    too_far = Evidence(value=nearest, threshold=float(spec.distance), reason=reasons.ABOVE)
    return Result(verdict(False), (too_far,))


def _distance(spec: Near, view: View, a: Place, b: Place) -> float | None:
    """How far ``a`` and ``b`` are apart; ``None`` when they cannot be compared."""
    if a == b or (spec.ordered and (b[0], b[1]) < (a[0], a[2])):
        return None
    if a[0] == b[0]:
        low, high = (a[2], b[1]) if b[1] >= a[2] else (b[2], a[1])
        between = view.text(a[0])[low:high]  # empty where they overlap
        return {"chars": len(between), "words": signs(between).total}.get(spec.unit, 0)
    if spec.unit in ("chars", "words"):
        return None
    if spec.unit == "turns":
        return abs(a[0] - b[0])
    first, second = (
        view.conversation.turns[min(a[0], b[0])],
        view.conversation.turns[max(a[0], b[0])],
    )
    return max(0, (second.start_ms or 0) - (first.end_ms or 0)) / 1000


def repeat(spec: Repeat, view: View) -> Result:
    """See ``specs.Repeat``."""
    view.require(())
    turns = view.conversation.turns
    letters = [_letters(spec, view, turn) for turn in range(len(turns))]
    repeats: list[tuple[int, float]] = []
    for turn in view.turns():
        role = turns[turn].role
        earlier = [i for i in range(turn) if _may_be_repeated(spec, turns[i].role, role)]
        earlier = earlier[-spec.look_back :] if spec.look_back else earlier
        best = max((likeness(letters[turn], letters[i], "dice") for i in earlier), default=0.0)
        if best >= spec.similarity:
            repeats.append((turn, best))
    if len(repeats) < spec.nth:
        return Result(verdict(False), absent(float(len(repeats)), float(spec.nth)))
    return Result(
        verdict(True),
        tuple(
            Evidence(turn, 0, len(view.text(turn)), best, spec.similarity)
            for turn, best in repeats[spec.nth - 1 :]
        ),
    )


def _may_be_repeated(spec: Repeat, earlier: str, role: str) -> bool:
    return earlier in spec.roles if spec.roles else (earlier == role) != spec.other


def _letters(spec: Repeat, view: View, turn: int) -> str:
    """The folded letters of the turn; nothing when the turn does not count."""
    letters = letters_of(view.text(turn))
    counts = len(letters) >= spec.min_length and not view.found(spec.excludes, turn)
    counts = counts and (not spec.only or bool(view.found(spec.only, turn)))
    return letters if counts else ""
