"""Changing a score that was given: by a re-check, an appeal, or a correction after the close."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Review, ReviewChange, ReviewItem
from lingzhi.inspections.queries.photos import photos_of
from lingzhi.inspections.services.labelling import keep_labels
from lingzhi.inspections.services.scoring import given_of, items_of, mark_counted, results_of
from lingzhi_engine.sheet import Given, Score, as_data, score


class NotGiven(DomainError):
    message = _("Only a given score can be changed.")


class IsClosed(DomainError):
    message = _("The month of this score is closed: what changes now is a dated correction.")


class AnswersMissing(DomainError):
    message = _("With these answers the sheet is not complete.")


@transaction.atomic
def change_score(
    review: Review,
    answers: Mapping[str, Any],
    *,
    cause: ReviewChange.Cause,
    reason: str,
    by: User,
) -> ReviewChange:
    """Score anew with other answers, under the same version of the sheet.

    `answers` replace those of the items they name. The answers and the score before are kept. Who
    changes a score to a veto is its second person. Raises NotGiven for a draft, IsClosed after
    the month's close unless the cause is a correction, BadInput without a reason or where an
    answer does not fit, AnswersMissing where another item is asked now.
    """
    if not reason.strip():
        raise BadInput(_("Say why the score changes."), field="reason")
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.state == Review.State.DRAFT:
        raise NotGiven()
    if locked.closed_at is not None and cause != ReviewChange.Cause.CORRECTION:
        raise IsClosed()
    given, found = tried(locked, answers)
    change = ReviewChange.objects.create(
        review=locked, cause=cause, reason=reason.strip()[:500], answers=locked.answers,
        value=locked.value, new_value=results_of(found)["value"], changed_at=now(), changed_by=by,
    )  # fmt: skip
    _keep(locked, {"answers": as_data(given), **results_of(found)}, by)
    ReviewItem.objects.filter(review=locked).delete()
    ReviewItem.objects.bulk_create(items_of(locked, found))
    review.refresh_from_db()
    keep_labels(review, cause=cause, by=by)
    mark_counted(review)
    after = {"cause": cause.value, "before": str(change.value), "after": str(change.new_value)}
    record(by, "inspections.review_changed", review, after=after, reason=reason)
    return change


def tried(review: Review, answers: Mapping[str, Any]) -> tuple[dict[str, Given], Score]:
    """What a score would be with other answers: all its answers, and what they come to.

    Raises BadInput where an answer does not fit, AnswersMissing where another item is asked now.
    """
    sheet = review.version.read()
    pins: dict[str, list[int]] = {}
    for pin in review.pins.all():
        pins.setdefault(pin.item, []).append(pin.turn)
    given = given_of(sheet, {**review.answers, **answers}, pins, photos_of(review))
    found = score(sheet, given)
    if not found.is_complete:
        raise AnswersMissing()
    return given, found


def _keep(review: Review, changes: dict[str, Any], by: User) -> None:
    if changes["is_vetoed"] and not review.is_vetoed and by.pk != review.inspector_id:
        changes |= {"veto_decided_at": now(), "veto_decided_by": by}
    Review.objects.filter(pk=review.pk).update(**changes)
