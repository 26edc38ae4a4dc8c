"""What follows a released score: it is seen, talked about, and silence is noted (质检反馈)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Coaching, Review
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.inspections.services.reviewing import matter_of
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit

GROUP = 500  # silent scores noted in one transaction


class NotReleased(DomainError):
    message = _("Only a released score is talked about.")


class CoachedAlready(DomainError):
    message = _("This is done already.")


def note_leader_saw(review: Review) -> None:
    """When the team's leader first looked at the released score."""
    Review.objects.filter(pk=review.pk, state=Review.State.RELEASED, leader_saw_at=None).update(
        leader_saw_at=now()
    )


@transaction.atomic
def write_coaching(review: Review, note: str, due_on: date, *, by: User) -> Coaching:
    """Agree on something with the agent: they are told, the writer has it to do until `due_on`."""
    if review.state != Review.State.RELEASED or review.agent is None:
        raise NotReleased()
    if not note.strip():
        raise BadInput(_("Say what was agreed."), field="note")
    if due_on < today():
        raise BadInput(_("This day is over already."), field="due_on")
    coaching = Coaching.objects.create(
        review=review, note=note.strip()[:4000], due_on=due_on, written_at=now(), written_by=by
    )
    note_leader_saw(review)
    url = reverse("inspections:review", args=[review.pk])
    about = {"review": review.pk, "due_on": due_on.isoformat()}
    record(by, "inspections.coaching_written", coaching, after=about)
    tell([review.agent], _("Your team leader wrote to you about a score"), url=url)
    tell(
        [by], _("Coaching to be done"), body=f"{review.agent.name} · {due_on:%Y-%m-%d}", url=url,
        is_todo=True, matter=_matter(coaching),
    )  # fmt: skip
    return coaching


@transaction.atomic
def finish_coaching(coaching: Coaching, *, by: User) -> None:
    """What was agreed is done; the to-do ends."""
    claimed = Coaching.objects.filter(pk=coaching.pk, done_at=None).update(done_at=now())
    if not claimed:
        raise CoachedAlready()
    settle_matter(_matter(coaching))
    record(by, "inspections.coaching_done", coaching, after={"review": coaching.review_id})


def _matter(coaching: Coaching) -> str:
    return f"inspections.coaching/{coaching.pk}"


def take_silence() -> int:
    """Released scores that nobody answered for so many days count as seen, not as agreed.

    The days are those of each centre; how many scores were noted.
    """
    units = Unit.objects.filter(pk__in=_unanswered().values("unit"))
    return sum(_take_silence_of(unit) for unit in units.order_by("pk"))


def _unanswered() -> QuerySet[Review]:
    return Review.objects.filter(
        state=Review.State.RELEASED, acknowledged_at=None, is_silent=False, agent__isnull=False
    )


def _take_silence_of(unit: Unit) -> int:
    before = now() - timedelta(days=policy_of(unit).silent_days)
    rows = _unanswered().filter(unit=unit, released_at__lt=before).order_by("pk")
    number = 0
    while group := list(rows.values_list("pk", flat=True)[:GROUP]):
        number += _note_silence(unit, group)
    return number


@transaction.atomic
def _note_silence(unit: Unit, reviews: list[int]) -> int:
    number = Review.objects.filter(pk__in=reviews, acknowledged_at=None).update(is_silent=True)
    for review in reviews:
        settle_matter(matter_of(review))
    record(None, "inspections.silence_noted", unit, after={"reviews": number})
    return number
