"""Conditions on what kind of text is said, plainly."""

from __future__ import annotations

from collections.abc import Iterator

from .. import reasons
from ..likeness import letters_of, likeness
from ..model import Evidence, Verdict
from ..scope import Quantifier
from ..scripts import Signs, language, signs
from ..sentences import sentences
from ..specs import Language, Length, Letters, Politeness, Similar
from .scope import Result, Undecided
from .view import View, absent, enough, in_range, spans, verdict


def similar(spec: Similar, view: View) -> Result:
    """See ``specs.Similar``."""
    view.require(())
    turns = view.turns()
    best = [_most_alike(spec, view, t) for t in turns if not view.found(spec.exclude, t)]
    found = tuple(evidence for evidence in best if evidence is not None)
    quantifier = view.scope.quantifier
    if quantifier.kind == "any":
        quantifier = Quantifier("count", spec.min_hits)
    if enough(quantifier, len(found), len(turns)):
        return Result(verdict(True), found)
    return Result(verdict(False), absent(float(len(found))))


def _most_alike(spec: Similar, view: View, turn: int) -> Evidence | None:
    """The stretch of the turn that is most like an example, if it is enough so."""
    text = view.text(turn)
    best: Evidence | None = None
    for start, end in sentences(text) if spec.per_sentence else [(0, len(text))]:
        letters = letters_of(text[start:end])
        if len(letters) < spec.min_length:
            continue
        value = max(likeness(letters, example, spec.method) for example in spec.examples)
        other = max((likeness(letters, n, spec.method) for n in spec.negatives), default=0.0)
        if value >= spec.threshold and value > other and (not best or value > (best.value or 0)):
            best = Evidence(turn, start, end, value, spec.threshold)
    return best


def nearest(spec: Similar, text: str) -> Iterator[tuple[int, int, str, float]]:
    """For each stretch of a turn its place, the example it is most like, and how much so."""
    for start, end in sentences(text) if spec.per_sentence else [(0, len(text))]:
        letters = letters_of(text[start:end])
        value, example = max((likeness(letters, one, spec.method), one) for one in spec.examples)
        if value:
            yield start, end, example, value


def length(spec: Length, view: View) -> Result:
    """See ``specs.Length``."""
    view.require(())
    turns = view.turns()
    found = [
        evidence
        for turn in turns
        if (result := in_range(_length(spec, view.text(turn)), spec.low, spec.high, turn)).verdict
        == Verdict.HIT
        for evidence in result.evidence
    ]
    if enough(view.scope.quantifier, len(found), len(turns)):
        return Result(verdict(True), tuple(found))
    return Result(verdict(False), absent(float(len(found))))


def _length(spec: Length, text: str) -> int:
    if spec.what == "letters":
        return len(letters_of(text))
    return len(text) if spec.what == "signs" else len(sentences(text))


def language_of(spec: Language, view: View) -> Result:
    """See ``specs.Language``."""
    view.require(spec.cantonese.roles)
    counted = {turn: signs(view.text(turn)) for turn in view.turns()}
    if not spec.per_turn:
        return _of_scope(spec, view, counted)
    said = [turn for turn, one in counted.items() if one.total >= spec.min_length]
    if not said:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    found = [
        turn
        for turn in said
        if language(counted[turn], len(view.found(spec.cantonese.patterns, turn))) in spec.languages
    ]
    if enough(view.scope.quantifier, len(found), len(said)):
        return Result(verdict(True), tuple(Evidence(t, 0, len(view.text(t))) for t in found))
    return Result(verdict(False), absent(float(len(found))))


def _of_scope(spec: Language, view: View, counted: dict[int, Signs]) -> Result:
    whole = _added(counted)
    if whole.total < max(1, spec.min_length):
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    said = language(whole, len(view.places(spec.cantonese)))
    share = max(whole.han, whole.latin, whole.other) / whole.total
    evidence = Evidence(value=share, reason=reasons.LANGUAGE, detail=said)
    return Result(verdict(said in spec.languages), (evidence,))


def _added(counted: dict[int, Signs]) -> Signs:
    every = counted.values()
    return Signs(
        sum(s.han for s in every), sum(s.latin for s in every), sum(s.other for s in every)
    )


def letters(spec: Letters, view: View) -> Result:
    """See ``specs.Letters``."""
    view.require(())
    whole = _added({turn: signs(view.text(turn)) for turn in view.turns()})
    if not whole.total:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    count = {"han": whole.han, "latin": whole.latin, "other": whole.other}[spec.script]
    return in_range(count / whole.total, spec.low, spec.high)


def politeness(spec: Politeness, view: View) -> Result:
    """See ``specs.Politeness``."""
    view.require(())
    turns = view.turns()
    if not turns:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    polite, impolite = view.places(spec.polite), view.places(spec.impolite)
    kind, rude = len({p[0] for p in polite}), len({p[0] for p in impolite})
    number = {"polite": kind, "impolite": rude, "score": kind - rude}[spec.measure]
    result = in_range(number / len(turns), spec.low, spec.high)
    places = polite if spec.measure == "polite" else impolite
    if result.verdict != Verdict.HIT or not places:
        return result
    figure = result.evidence[0]
    return Result(result.verdict, spans(places, figure.value, figure.threshold))
