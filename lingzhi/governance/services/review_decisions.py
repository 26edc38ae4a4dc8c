"""What a review decided: who does it until when, reported as done, told of when it is late."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.governance.models import Review, ReviewDecision
from lingzhi.governance.queries.reviews import late_decisions
from lingzhi.governance.services.minutes import DoneAlready
from lingzhi.governance.services.reviews import locked, said_of, url_of
from lingzhi.notifications.services import settle_matter, tell


@transaction.atomic
def decide(decision: ReviewDecision, *, by: User) -> ReviewDecision:
    """Its owner has a to-do at once. Raises BadInput, NotSoNow."""
    if decision.due_on < today():
        raise BadInput(_("Name a day to come."), field="due_on")
    locked(decision.review, Review.State.HELD)
    decision.made_at, decision.made_by = now(), by
    decision.save()
    tell(
        [decision.owner], _("A review gave you something to do"), body=decision.words,
        url=reverse("governance:decision_done", args=[decision.pk]), is_todo=True,
        matter=_matter(decision),
    )  # fmt: skip
    after = {"decision": decision.pk, "owner": decision.owner_id, "due_on": str(decision.due_on)}
    record(by, "governance.review_decided", decision.review, after=after)
    return decision


@transaction.atomic
def report_decision(decision: ReviewDecision, result: str, *, by: User) -> None:
    """It is done, in words; the chair hears of it. Raises BadInput, DoneAlready."""
    said = result.strip()
    if not said:
        raise BadInput(_("Write it down."), field="words")
    rows = ReviewDecision.objects.filter(pk=decision.pk, done_at=None)
    if not rows.update(done_at=now(), done_by=by, result=said[:500]):
        raise DoneAlready()
    settle_matter(_matter(decision))
    settle_matter(_matter(decision, "late_decision"))
    review = decision.review
    if review.chair != by:
        tell([review.chair], _("What a review decided is done"),
             body=f"{decision.words}: {said}", url=url_of(review))  # fmt: skip
    record(by, "governance.review_decision_done", review, after={"decision": decision.pk})


def tell_late_decisions() -> int:
    """What is late is told once to its owner and to the chair; how many decisions."""
    return sum(_tell_late(one) for one in late_decisions())


@transaction.atomic
def _tell_late(decision: ReviewDecision) -> int:
    rows = ReviewDecision.objects.filter(pk=decision.pk, late_told_at=None, done_at=None)
    if not rows.update(late_told_at=now()):
        return 0
    tell(
        list(dict.fromkeys([decision.owner, decision.review.chair])),
        _("Late: something that a review decided"),
        body=f"{decision.words} · {decision.owner.name} · {said_of(decision.review)}",
        url=reverse("governance:decision_done", args=[decision.pk]), is_todo=True,
        matter=_matter(decision, "late_decision"),
    )  # fmt: skip
    after = {"decision": decision.pk}
    record(None, "governance.review_decision_late", decision.review, after=after)
    return 1


def _matter(decision: ReviewDecision, what: str = "decision") -> str:
    return f"governance.review_{what}/{decision.pk}"
