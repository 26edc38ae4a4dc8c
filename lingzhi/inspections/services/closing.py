"""Closing a month, and what changes after it: dated corrections (月结)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import DomainError
from lingzhi.inspections.models import LateScore, MonthClose, Review, ReviewChange
from lingzhi.inspections.queries.closing import (
    close_of,
    due_to_close,
    given_in,
    is_over,
    late_scores,
    open_matters,
)
from lingzhi.inspections.queries.reviews import RECHECK, holders_over
from lingzhi.inspections.queries.standing import released_in, standing_of
from lingzhi.inspections.services.correcting import change_score
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import heads_above
from lingzhi_engine.stats import Measured


class NotOver(DomainError):
    message = _("This month is not over yet.")


class ClosedAlready(DomainError):
    message = _("This month is closed already.")


class StillOpen(DomainError):
    """Something of the month still waits; the sentence names what."""


class NotClosed(DomainError):
    message = _("The month of this score is not closed: a re-check or an appeal changes it.")


@transaction.atomic
def close_month(unit: Unit, month: date, *, by: User | None) -> MonthClose:
    """Let the released scores of a month stand; `month` is its first day.

    Scores of months closed before that were published since are taken in, each with its effect.
    Raises NotOver, ClosedAlready, and StillOpen that names every matter that still waits.
    """
    if not is_over(month):
        raise NotOver()
    if close_of(unit, month) is not None:
        raise ClosedAlready()
    matters = open_matters(unit, month)
    if matters.keeps_open:
        raise StillOpen(" ".join(matters.sentences))
    rows = given_in(unit, month).filter(state=Review.State.RELEASED, closed_at=None)
    number = rows.update(closed_at=now())
    try:
        with transaction.atomic():
            close = MonthClose.objects.create(
                unit=unit, month=month, reviews=number, closed_at=now(), closed_by=by
            )
    except IntegrityError as twice:
        raise ClosedAlready() from twice
    late = [_take_in(review, close) for review in late_scores(unit, month)]
    settle_matter(_matter(unit, month))
    after = {"reviews": number, "late": [one.review_id for one in late]}
    record(by, "inspections.month_closed", close, after=after)
    return close


def _take_in(review: Review, close: MonthClose) -> LateScore:
    """Close a score whose own month was closed before, and keep what it changes about that."""
    Review.objects.filter(pk=review.pk).update(closed_at=close.closed_at)
    late = LateScore(review=review, close=close)
    if review.agent_id is not None and review.scored_at is not None:
        rows = released_in(review.agent_id, timezone.localdate(review.scored_at).replace(day=1))
        closed = rows.filter(closed_at__isnull=False)
        before, after = standing_of(closed.exclude(pk=review.pk)).mean, standing_of(closed).mean
        late.mean_before, late.mean_after = _mean(before), _mean(after)
        late.scores = after.n
    late.save()
    return late


def _mean(mean: Measured) -> Decimal | None:
    return None if mean.value is None else Decimal(mean.value).quantize(Decimal("0.01"))


def close_due_months() -> int:
    """Close what is due today; who releases scores is told of what still waits. How many closed."""
    number = 0
    for unit, month in due_to_close():
        try:
            close_month(unit, month, by=None)
            number += 1
        except StillOpen as waits:
            query = f"?unit={unit.pk}&month={month:%Y-%m}"
            tell(
                holders_over(unit.path, RECHECK), _("A month cannot be closed yet"),
                body=str(waits.sentence),
                url=reverse("inspections:closing") + query, is_todo=True,
                matter=_matter(unit, month),
            )  # fmt: skip
        except ClosedAlready:
            continue
    return number


def _matter(unit: Unit, month: date) -> str:
    return f"inspections.close/{unit.pk}/{month:%Y-%m}"


@transaction.atomic
def correct_review(
    review: Review, answers: Mapping[str, Any], *, reason: str, by: User
) -> ReviewChange:
    """Change a score whose month is closed: a dated correction; the agent and leader are told.

    Raises NotClosed, and what `change_score` raises.
    """
    if review.closed_at is None:
        raise NotClosed()
    cause = ReviewChange.Cause.CORRECTION
    change = change_score(review, answers, cause=cause, reason=reason, by=by)
    if review.agent:
        told = [review.agent, *heads_above(review.agent, today())[:1]]
        url = reverse("inspections:review", args=[review.pk])
        tell(told, _("A score of a closed month was corrected"), url=url)
    return change
