"""Conditions on what is meant, plainly: each asks a model and says how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from .. import reasons
from ..meaning.asking import Asking
from ..meaning.features import letters
from ..meaning.prompt import Line, write_prompt
from ..meaning.reply import Reply, find_quotes
from ..meaning.sentiment import LABELS
from ..meaning.unanswered import Unanswered
from ..model import Evidence, Verdict
from ..specs import Certainty, Classified, Judged, Mood
from .scope import Result, Undecided
from .view import View, in_range, verdict

T = TypeVar("T")
DIGITS = 4  # of probabilities; more would be noise


def answered(ask: Callable[[], T]) -> T:
    """What ``ask`` gives; raises ``Undecided`` where a model gives no answer."""
    try:
        return ask()
    except Unanswered as problem:
        raise Undecided(Verdict.UNKNOWN, problem.reason, problem.detail) from None


def mood(spec: Mood, view: View) -> Result:
    """See ``specs.Mood``."""
    turns = long_enough(view, spec.min_chars)
    texts = [view.text(turn) for turn in turns]
    if not spec.per_turn:
        texts = [" ".join(texts)]
    rows = answered(lambda: view.asking.sentiment(texts))
    if spec.label is None:
        scores = np.round((1 + rows[:, 2] - rows[:, 0]) / 2, DIGITS)
        return _in_range(spec, view, turns, scores.tolist())
    likely = np.round(rows[:, LABELS.index(spec.label)], DIGITS)
    return decided(spec, view, turns, likely.tolist(), spec.certainty)


def _in_range(spec: Mood, view: View, turns: Sequence[int], scores: Sequence[float]) -> Result:
    if not spec.per_turn:
        return in_range(scores[0], spec.low, spec.high)
    inside = [
        (turn, score)
        for turn, score in zip(turns, scores, strict=True)
        if (spec.low is None or score >= spec.low) and (spec.high is None or score <= spec.high)
    ]
    limit = spec.low if spec.low is not None else spec.high
    return enough(view, inside, spec.min_count, limit or 0.0)


def classified(spec: Classified, view: View) -> Result:
    """See ``specs.Classified``."""
    turns = long_enough(view, spec.min_chars)
    classifier = answered(lambda: view.asking.classifier(spec.model))
    columns = _columns(spec, classifier.labels, classifier.is_measured)
    texts = [view.text(turn) for turn in turns]
    texts = texts if spec.per_turn else [" ".join(texts)]
    rows = answered(lambda: view.asking.classes(spec.model, texts))
    best = rows.argmax(axis=1)
    likely = np.round(np.where(np.isin(best, columns), rows.max(axis=1), 0.0), DIGITS)
    sure = spec.certainty.sure
    threshold = Certainty(classifier.threshold if sure is None else sure, spec.certainty.ruled_out)
    return decided(spec, view, turns, likely.tolist(), threshold)


def _columns(
    spec: Classified, labels: tuple[str, ...], is_measured: Callable[[str], bool]
) -> list[int]:
    for label in spec.labels:
        if label not in labels or not is_measured(label):
            raise Undecided(Verdict.UNKNOWN, reasons.NOT_MEASURED, f"{spec.model}: {label}")
    return [labels.index(label) for label in spec.labels]


def long_enough(view: View, min_chars: int) -> list[int]:
    """The turns in scope of at least ``min_chars`` letters; ``Undecided`` when there are none."""
    view.require(())
    turns = [turn for turn in view.turns() if letters(view.text(turn)) >= min_chars]
    if not turns:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    return turns


def decided(
    spec: Mood | Classified,
    view: View,
    turns: Sequence[int],
    likely: Sequence[float],
    certainty: Certainty,
) -> Result:
    """Enough turns that are surely so, or too few even with those that may be so."""
    sure = certainty.sure or 0.0
    ruled_out = sure if certainty.ruled_out is None else certainty.ruled_out
    if not spec.per_turn:
        hit = Evidence(value=likely[0], threshold=sure)
        if likely[0] >= sure:
            return Result(verdict(True), (hit,))
        if likely[0] > ruled_out:
            raise Undecided(Verdict.UNKNOWN, reasons.UNSURE)
        return Result(verdict(False), (hit,))
    found = [(turn, p) for turn, p in zip(turns, likely, strict=True) if p >= sure]
    open_ = sum(1 for p in likely if ruled_out < p < sure)
    if len(found) < spec.min_count <= len(found) + open_:
        raise Undecided(Verdict.UNKNOWN, reasons.UNSURE)
    return enough(view, found, spec.min_count, sure)


def enough(view: View, found: Sequence[tuple[int, float]], wanted: int, threshold: float) -> Result:
    """A hit that points at the turns found when they are ``wanted`` or more."""
    evidence = tuple(
        Evidence(turn, 0, len(view.text(turn)), value, threshold) for turn, value in found
    )
    if len(found) >= wanted:
        return Result(verdict(True), evidence)
    figures = Evidence(value=float(len(found)), threshold=float(wanted), reason=reasons.BELOW)
    return Result(verdict(False), (figures,))


def judged(spec: Judged, view: View) -> Result:
    """See ``specs.Judged``."""
    view.require(())
    scope = view.turns()
    if not scope:
        raise Undecided(Verdict.UNKNOWN, reasons.NO_SPEECH)
    turns = list(range(len(view.conversation.turns))) if spec.context else scope
    lines = [Line.of(t + 1, view.conversation.turns[t].role, view.text(t)) for t in turns]
    reply, places = answered(lambda: _asked(view.asking, spec, lines))
    hit = reply.verdict in spec.hit_when
    if hit and spec.needs_quote and not places:
        raise Undecided(Verdict.UNKNOWN, reasons.QUOTE_MISSING)
    return Result(verdict(hit), told(reply, places))


def _asked(
    asking: Asking, spec: Judged, lines: Sequence[Line]
) -> tuple[Reply, tuple[tuple[int, int, int], ...]]:
    reply = asking.judge(write_prompt(spec.brief, lines))
    return reply, find_quotes(reply, {line.number: line.text for line in lines})


def told(reply: Reply, places: Sequence[tuple[int, int, int]]) -> tuple[Evidence, ...]:
    """Evidence that points at the quotes and says why, in the words of the judge.

    Masking keeps every sign in its place, so the places fit the words as they were said.
    """
    why = reply.reason or reply.verdict
    if not places:
        return (Evidence(reason=reasons.JUDGED, detail=why),)
    return tuple(
        Evidence(number - 1, start, end, reason=reasons.JUDGED, detail=why)
        for number, start, end in sorted(set(places))
    )
