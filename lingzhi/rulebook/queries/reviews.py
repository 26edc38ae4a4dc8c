"""When a regulation is to be gone through again."""

from calendar import monthrange
from datetime import date

from lingzhi.rulebook.models import Regulation


def review_due_on(regulation: Regulation) -> date | None:
    """So many months after the last review, else after its first day; None before that."""
    last = regulation.reviews.order_by("-reviewed_on").first()
    since = last.reviewed_on if last else _first_day(regulation)
    return months_later(since, regulation.review_months) if since else None


def _first_day(regulation: Regulation) -> date | None:
    applied = regulation.versions.filter(applied_at__isnull=False).order_by("effective_on")
    first = applied.first()
    return first.effective_on if first else None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
