"""Holding an inspector's answers against a second score, known ones, a re-check, an agreement."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from lingzhi.core.clock import now
from lingzhi.inspections.models import (
    Calibration,
    CalibrationScore,
    Comparison,
    GoldStandard,
    Review,
    ReviewChange,
    SheetVersion,
    Task,
)
from lingzhi.inspections.queries.agreement import lines_of

Kind = Comparison.Kind
Answers = Mapping[str, Any]
MOST_AT_ONCE = 500


def answered_alike(
    version: SheetVersion, answers: Answers, other: SheetVersion, others: Answers
) -> tuple[int, int]:
    """How many scored items both were asked, and how many of them were answered alike.

    Versions of one sheet may differ: items are matched by their codes.
    """
    own, theirs = lines_of(version.read(), answers), lines_of(other.read(), others)
    both = [
        (line.given, theirs[code].given)
        for code, line in own.items()
        if line.item.is_scored and line.is_asked and code in theirs and theirs[code].is_asked
    ]
    alike = sum((one.value, one.is_na) == (two.value, two.is_na) for one, two in both)
    return len(both), alike


@transaction.atomic
def compare_hidden(review: Review) -> None:
    """A second score or gold task was given: end its task, compare; nobody is told of it."""
    task = review.task
    if task is None:
        return
    Task.objects.filter(pk=task.pk, state=Task.State.OPEN).update(
        state=Task.State.DONE, done_at=now()
    )
    if task.reason == Task.Reason.SECOND:
        _compare_second(review)
    elif task.reason == Task.Reason.GOLD:
        _compare_gold(review)


def _compare_second(review: Review) -> None:
    """Both inspectors are held against each other."""
    rows = Review.objects.filter(contact=review.contact_id, counts=True).exclude(
        state=Review.State.DRAFT
    )
    first = rows.filter(version__sheet=review.version.sheet_id).order_by("scored_at").first()
    if first is None:
        return
    items, equal = answered_alike(
        review.version, review.answers, first.version, first_answers(first)
    )
    for one, other in ((review, first), (first, review)):
        _keep(Kind.SECOND, one, items, equal, _apart(first_value(one), first_value(other)))


def _compare_gold(review: Review) -> None:
    rows = GoldStandard.objects.filter(
        contact=review.contact_id, version__sheet=review.version.sheet_id
    )
    gold = rows.order_by("-id").first()
    if gold is not None:
        items, equal = answered_alike(review.version, review.answers, gold.version, gold.answers)
        _keep(Kind.GOLD, review, items, equal, _apart(review.value, gold.value))


def first_answers(review: Review) -> Answers:
    """The answers as the inspector gave them, before anybody changed them."""
    changed = review.changes.exclude(answers={}).order_by("id").first()
    return changed.answers if changed else review.answers


def first_value(review: Review) -> Decimal | None:
    """The score as the inspector gave it."""
    changed = review.changes.order_by("id").first()
    return changed.value if changed else review.value


def _apart(own: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if own is None or other is None else own - other


def _keep(
    kind: Comparison.Kind, review: Review, items: int, equal: int, points: Decimal | None
) -> None:
    Comparison.objects.get_or_create(
        kind=kind, review=review,
        defaults={
            "inspector_id": review.inspector_id, "sheet_id": review.version.sheet_id,
            "items": items, "equal": equal, "points": points, "compared_at": now(),
        },
    )  # fmt: skip


def compare_rechecked() -> int:
    """Hold re-checked scores against what the re-check left of them; how many were compared."""
    rows = Review.objects.filter(rechecked_at__isnull=False, counts=True).exclude(
        comparisons__kind=Kind.RECHECK
    )
    found = list(rows.select_related("version").order_by("id")[:MOST_AT_ONCE])
    for review in found:
        before, after, points = _rechecked(review)
        items, equal = answered_alike(review.version, before, review.version, after)
        _keep(Kind.RECHECK, review, items, equal, points)
    return len(found)


def _rechecked(review: Review) -> tuple[Answers, Answers, Decimal | None]:
    """The answers before and after the first change by a re-check, and the points between."""
    changes = list(review.changes.filter(~Q(answers={})).order_by("id"))
    causes = [one.cause for one in changes]
    if ReviewChange.Cause.RECHECK not in causes:
        return review.answers, review.answers, Decimal(0)
    at = causes.index(ReviewChange.Cause.RECHECK)
    after = changes[at + 1].answers if at + 1 < len(changes) else review.answers
    return changes[at].answers, after, _apart(changes[at].value, changes[at].new_value)


def compare_agreed(calibration: Calibration) -> None:
    """Hold everybody's first answers against those agreed on, once a calibration is closed."""
    version = calibration.version
    scores = CalibrationScore.objects.filter(
        talk__calibration=calibration, round=1, submitted_at__isnull=False
    )
    rows = []
    for one in scores.select_related("talk", "calibrator"):
        items, equal = answered_alike(version, one.answers, version, one.talk.agreed)
        points = _apart(one.value, one.talk.agreed_value)
        rows.append(
            Comparison(
                kind=Kind.AGREED, score=one, inspector_id=one.calibrator.person_id,
                sheet_id=version.sheet_id, items=items, equal=equal, points=points,
                compared_at=now(),
            )
        )  # fmt: skip
    Comparison.objects.bulk_create(rows)
