"""How far the people of a calibration agree (质检一致率): items, the sheet, pairs, a reference.

Answers become numbers here; every figure is `lingzhi_engine.stats`'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lingzhi.inspections.models import (
    Calibration,
    CalibrationScore,
    CalibrationTalk,
    Calibrator,
)
from lingzhi_engine.sheet import Item, ItemKind, ScoredItem, Sheet, read_answers, score
from lingzhi_engine.stats import (
    Measured,
    Scale,
    cohen_kappa,
    exact_agreement,
    gwet_ac1,
    krippendorff_alpha,
    pairwise,
    prevalence,
    within_one,
)

Floats = NDArray[np.float64]
NA = -1e6
"""The code of "does not apply": an answer like others, but at no distance from them."""
CLOSE = 10.0
"""Scores so many points apart or less count as close."""


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """One item's answers as numbers, conversations × people; NaN where nobody was asked.

    `codes` hold "does not apply" as an answer of its own, `verdicts` whether the item failed (1),
    did not (0) or neither (NaN). `step` is one step of its scale, None where it has none.
    """

    item: Item
    codes: Floats
    verdicts: Floats
    scale: Scale
    step: float | None
    categories: tuple[float, ...] | None

    @property
    def values(self) -> Floats:
        """The answers on their scale: what does not apply is missing."""
        return np.where(self.codes == NA, np.nan, self.codes)


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """How far the people agree on one item. `close` is None where its answers have no order."""

    item: Item
    section: str
    scale: Scale
    exact: Measured
    close: Measured | None
    ac1: Measured
    alpha: Measured
    kappa: Measured | None
    failed: Measured


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two people agree over all items; κ and AC1 on whether an item failed."""

    first: Calibrator
    second: Calibrator
    exact: Measured
    ac1: Measured
    kappa: Measured


@dataclass(frozen=True, slots=True)
class Distance:
    """How far one person is from the reference: share of equal answers, and points of score.

    `above` is the mean of own score less that of the reference, `apart` the mean distance; None
    where no conversation has both.
    """

    calibrator: Calibrator
    exact: Measured
    above: float | None
    apart: float | None
    conversations: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """One round of a calibration, by item, over the sheet, by pair and against the reference.

    Over the sheet: `exact` of all answers, `ac1`, `alpha` and `failed` of whether an item failed,
    `close` the share of pairs of scores at most ten points apart, `score_alpha` of the scores.
    """

    items: tuple[ItemAgreement, ...]
    exact: Measured
    ac1: Measured
    alpha: Measured
    failed: Measured
    close: Measured
    score_alpha: Measured
    pairs: tuple[PairAgreement, ...]
    distances: tuple[Distance, ...]


Lines = Mapping[str, ScoredItem]
Cells = Mapping[tuple[int, int], Lines]


def agreement_of(calibration: Calibration, number: int | None = None) -> Agreement:
    """The agreement of a round, the present one unless another is named."""
    sheet = calibration.version.read()
    people = list(calibration.calibrators.select_related("person"))
    talks = list(calibration.talks.all())
    rows = scores_of(calibration, number)
    cells = {(one.talk_id, one.calibrator_id): lines_of(sheet, one.answers) for one in rows}
    rated = [ratings_of(item, cells, talks, people) for item in sheet.items if item.is_scored]
    codes, verdicts = _together(rated, "codes"), _together(rated, "verdicts")
    points = _points(rows, talks, people)
    sections = {item.code: one.title for one in sheet.sections for item in one.items}
    return Agreement(
        items=tuple(_item_agreement(one, sections[one.item.code]) for one in rated),
        exact=exact_agreement(codes),
        ac1=gwet_ac1(verdicts, categories=(0, 1)),
        alpha=krippendorff_alpha(verdicts),
        failed=prevalence(verdicts, 1),
        close=within_one(points, step=CLOSE),
        score_alpha=krippendorff_alpha(points, Scale.INTERVAL),
        pairs=tuple(_pairs(people, codes, verdicts)),
        distances=tuple(_distances(sheet, talks, people, cells, rows)),
    )


def scores_of(calibration: Calibration, number: int | None = None) -> list[CalibrationScore]:
    """The given scores of a round."""
    rows = CalibrationScore.objects.filter(
        talk__calibration=calibration,
        round=number or calibration.round,
        submitted_at__isnull=False,
    )
    return list(rows)


def lines_of(sheet: Sheet, answers: Mapping[str, Any]) -> Lines:
    """Every item with its answer and whether it failed, by its code."""
    found = score(sheet, read_answers(sheet, answers))
    return {line.item.code: line for one in found.sections for line in one.items}


def ratings_of(
    item: Item, cells: Cells, talks: Sequence[CalibrationTalk], people: Sequence[Calibrator]
) -> Ratings:
    """One item's answers as the statistics read them."""
    known: dict[tuple[str, ...], float] = {}
    codes = np.full((len(talks), len(people)), np.nan)
    verdicts = codes.copy()
    for row, talk in enumerate(talks):
        for column, person in enumerate(people):
            line = cells.get((talk.pk, person.pk), {}).get(item.code)
            if line is not None and line.is_asked:
                codes[row, column] = _code(line, known)
                if line.is_failed is not None:
                    verdicts[row, column] = float(line.is_failed)
    scale, step, categories = _scale_of(item)
    return Ratings(item, codes, verdicts, scale, step, categories)


def _code(line: ScoredItem, sets: dict[tuple[str, ...], float]) -> float:
    """An answer as a number: its place in the list, the number itself, the set of answers."""
    value, item = line.given.value, line.item
    if line.given.is_na:
        return NA
    if item.kind is ItemKind.COUNT and value is None:
        return 0.0
    if value is None:
        return float("nan")
    if isinstance(value, tuple):
        return sets.setdefault(tuple(sorted(value)), float(len(sets)))
    if isinstance(value, str):
        return float([one.code for one in item.answers].index(value))
    return float(value)


def _scale_of(item: Item) -> tuple[Scale, float | None, tuple[float, ...] | None]:
    """What a difference means, one step, and all answers that are possible if they are few."""
    match item.kind:
        case ItemKind.CHOICE:
            shares = [one.share for one in item.answers]
            is_ordered = len(shares) > 2 and shares in (sorted(shares), sorted(shares)[::-1])
            is_ordered = is_ordered and len(set(shares)) == len(shares)
            possible = tuple(map(float, range(len(shares)))) + ((NA,) if item.allows_na else ())
            return (
                Scale.ORDINAL if is_ordered else Scale.NOMINAL, 1.0 if is_ordered else None,
                possible,
            )  # fmt: skip
        case ItemKind.SCALE:
            return Scale.INTERVAL, float(item.step or 1), None
        case ItemKind.COUNT:
            return Scale.INTERVAL, 1.0, None
        case ItemKind.MEASURE:
            return Scale.INTERVAL, None, None
    return Scale.NOMINAL, None, None


def _together(rated: Sequence[Ratings], name: str) -> Floats:
    """The answers to all items below each other."""
    table: Floats = np.vstack([getattr(one, name) for one in rated])
    return table


def _points(
    rows: Sequence[CalibrationScore],
    talks: Sequence[CalibrationTalk],
    people: Sequence[Calibrator],
) -> Floats:
    given = {(one.talk_id, one.calibrator_id): one.value for one in rows}
    return np.array(
        [[_number(given.get((talk.pk, one.pk))) for one in people] for talk in talks], dtype=float
    )


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)


def _item_agreement(one: Ratings, section: str) -> ItemAgreement:
    is_pair = one.codes.shape[1] == 2
    return ItemAgreement(
        item=one.item,
        section=section,
        scale=one.scale,
        exact=exact_agreement(one.codes),
        close=within_one(one.codes, step=one.step) if one.step else None,
        ac1=gwet_ac1(one.codes, categories=one.categories),
        alpha=krippendorff_alpha(one.values, one.scale),
        kappa=cohen_kappa(one.codes) if is_pair else None,
        failed=prevalence(one.verdicts, 1),
    )


def _pairs(people: Sequence[Calibrator], codes: Floats, verdicts: Floats) -> list[PairAgreement]:
    exact = pairwise(codes, exact_agreement)
    ac1 = pairwise(verdicts, partial(gwet_ac1, categories=(0, 1)))
    kappa = pairwise(verdicts, cohen_kappa)
    return [
        PairAgreement(
            people[one.first], people[one.second], one.measured, two.measured, three.measured
        )
        for one, two, three in zip(exact, ac1, kappa, strict=True)
    ]


def _distances(
    sheet: Sheet,
    talks: Sequence[CalibrationTalk],
    people: Sequence[Calibrator],
    cells: Cells,
    rows: Sequence[CalibrationScore],
) -> list[Distance]:
    """Everybody against what was agreed on, where it was; against the expert elsewhere."""
    points = {(one.talk_id, one.calibrator_id): _number(one.value) for one in rows}
    expert = next((one for one in people if one.is_expert), None)
    reference: dict[int, tuple[Lines, float]] = {}
    for talk in talks:
        if talk.agreed_at is not None:
            reference[talk.pk] = lines_of(sheet, talk.agreed), _number(talk.agreed_value)
        elif expert is not None and (talk.pk, expert.pk) in cells:
            reference[talk.pk] = cells[talk.pk, expert.pk], points[talk.pk, expert.pk]
    return [
        _distance(sheet, one, cells, points, reference)
        for one in people
        if reference and not (one.is_expert and not any(talk.agreed_at for talk in talks))
    ]


def _distance(
    sheet: Sheet,
    person: Calibrator,
    cells: Cells,
    points: Mapping[tuple[int, int], float],
    reference: Mapping[int, tuple[Lines, float]],
) -> Distance:
    both = [talk for talk in reference if (talk, person.pk) in cells]
    equal: list[tuple[float, float]] = []
    for item in (one for one in sheet.items if one.is_scored):
        sets: dict[tuple[str, ...], float] = {}
        for talk in both:
            own, other = cells[talk, person.pk][item.code], reference[talk][0][item.code]
            if own.is_asked and other.is_asked:
                equal.append((_code(own, sets), _code(other, sets)))
    apart = np.array([points[talk, person.pk] - reference[talk][1] for talk in both])
    apart = apart[~np.isnan(apart)]
    return Distance(
        calibrator=person,
        exact=exact_agreement(np.array(equal, dtype=float).reshape(-1, 2)),
        above=float(apart.mean()) if len(apart) else None,
        apart=float(np.abs(apart).mean()) if len(apart) else None,
        conversations=len(apart),
    )
