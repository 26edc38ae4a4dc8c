"""Closing a month, and what changes after it: dated corrections (月结)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import DomainError
from lingzhi.inspections.models import MonthClose, Review, ReviewChange
from lingzhi.inspections.queries.closing import (
    close_of,
    due_to_close,
    given_in,
    is_over,
    open_matters,
)
from lingzhi.inspections.queries.reviews import RECHECK, holders_over
from lingzhi.inspections.services.correcting import change_score
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import heads_above


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
    settle_matter(_matter(unit, month))
    record(by, "inspections.month_closed", close, after={"reviews": number})
    return close


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
