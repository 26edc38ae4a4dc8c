"""Going through regulations regularly: is each still what the centre needs (R-GV-11)?"""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.rulebook.models import Regulation, Review
from lingzhi.rulebook.queries import review_due_on, version_in_force, writers_of
from lingzhi.rulebook.services.versions import NothingInForce

MOST_MONTHS = 60


@transaction.atomic
def record_review(regulation: Regulation, outcome: str, *, note: str, by: User) -> Review:
    """Put on record what a review found; the next one is due after the months set."""
    if version_in_force(regulation) is None:
        raise NothingInForce()
    if not note.strip():
        raise BadInput(_("Say what was found."), field="note")
    review = Review.objects.create(
        regulation=regulation, outcome=outcome, note=note.strip()[:500],
        reviewed_on=today(), reviewed_by=by,
    )  # fmt: skip
    settle_matter(_matter(regulation))
    record(by, "rulebook.reviewed", regulation, after={"outcome": outcome}, reason=review.note)
    return review


@transaction.atomic
def set_review_months(regulation: Regulation, months: int, *, by: User) -> None:
    """How many months lie between two reviews."""
    if not 1 <= months <= MOST_MONTHS:
        raise BadInput(_("1 to 60 months are possible."), field="review_months")
    before = {"review_months": regulation.review_months}
    Regulation.objects.filter(pk=regulation.pk).update(review_months=months)
    regulation.review_months = months
    after = {"review_months": months}
    if before != after:
        record(by, "rulebook.review_months_set", regulation, before=before, after=after)


@transaction.atomic
def remind_of_reviews(day: date) -> int:
    """Tell who writes a regulation that its review is due, once; the number of regulations."""
    reminded = 0
    for regulation in Regulation.objects.select_related("unit"):
        version = version_in_force(regulation, day)
        due_on = review_due_on(regulation)
        if version is None or due_on is None or due_on > day:
            continue
        title = format_lazy(_("Review due: {title}"), title=version.title)
        url = reverse("rulebook:review", args=[regulation.pk])
        people = writers_of(regulation)
        reminded += bool(tell(people, title, url=url, is_todo=True, matter=_matter(regulation)))
    return reminded


def _matter(regulation: Regulation) -> str:
    return f"rulebook.regulation/{regulation.pk}/review"
