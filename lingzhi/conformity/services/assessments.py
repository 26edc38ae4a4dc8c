"""The life of an assessment: begun from a template, written, approved by others, done anew."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.queries import chain_of
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.conformity.models import Assessment
from lingzhi.conformity.queries.assessments import due_for_review, is_waiting
from lingzhi.conformity.queries.processing import facts_of
from lingzhi.conformity.wording import template_of
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell

MATTER = "conformity.assessment"
WITHOUT_CHAIN = ["leadership"]  # who approves where nobody set other steps
WRITTEN = ("title", "purpose", "impact", "risk", "measures", "effect", "conclusion", "review_on")


class NotADraft(DomainError):
    message = _("It is approved or waits for approval: nothing in it can be changed now.")


class HasFollower(DomainError):
    message = _("This assessment is being done anew already.")


class TextChanged(DomainError):
    message = _("The assessment was changed after it was signed. Submit it again.")


@transaction.atomic
def begin_assessment(kind: str, *, by: User) -> Assessment:
    """A draft with the words of the template and the facts that the program knows."""
    row = Assessment.objects.create(
        kind=kind, facts=facts_of(kind), assessor=by, written_at=now(), **template_of(kind)
    )
    record(by, "conformity.assessment_begun", row, after={"kind": kind})
    return row


@transaction.atomic
def assess_again(row: Assessment, *, by: User) -> Assessment:
    """A draft that follows an approved one and begins with its words. Raises HasFollower."""
    locked = Assessment.objects.select_for_update().get(pk=row.pk)
    if locked.approved_at is None:
        raise NotADraft()
    if Assessment.objects.filter(follows=locked).exists():
        raise HasFollower()
    words = {name: getattr(locked, name) for name in WRITTEN if name != "review_on"}
    again = Assessment.objects.create(
        kind=locked.kind, facts=facts_of(locked.kind), assessor=by, written_at=now(),
        follows=locked, **words,
    )  # fmt: skip
    record(by, "conformity.assessment_begun", again, after={"follows": locked.pk})
    return again


@transaction.atomic
def write_assessment(row: Assessment, values: dict[str, Any], *, by: User) -> None:
    """Keep what is written so far; the facts are taken anew. Raises NotADraft."""
    locked = _draft(row)
    for name in WRITTEN:
        setattr(locked, name, values[name])
    locked.facts, locked.assessor, locked.written_at = facts_of(locked.kind), by, now()
    locked.save()
    record(by, "conformity.assessment_written", locked, after=content_of(locked))


@transaction.atomic
def submit_assessment(row: Assessment, *, by: User) -> Approval | None:
    """Ask others to approve it. Raises NotADraft; BadInput where something is still missing."""
    locked = _draft(row)
    missing = [name for name in WRITTEN if not getattr(locked, name)]
    if missing:
        label = Assessment.label_of(missing[0])
        raise BadInput(_("Still missing: %(what)s.") % {"what": label}, field=missing[0])
    if locked.review_on is not None and locked.review_on <= today():
        raise BadInput(_("The review lies in the future."), field="review_on")
    return ask(
        locked, MATTER, title=str(_("Impact assessment: %(title)s") % {"title": locked.title}),
        url=reverse("conformity:assessment", args=[locked.pk]), content=content_of(locked),
        job="conformity.approve_assessment", arguments={"assessment_id": locked.pk},
        roles=chain_of(MATTER) or WITHOUT_CHAIN, by=by,
    )  # fmt: skip


@transaction.atomic
def approve_assessment(row: Assessment, approval: Approval) -> None:
    """The last signature was given: it holds. Twice changes nothing. Raises TextChanged."""
    if not approval.covers(content_of(row)):
        raise TextChanged()
    last = approval.signatures.order_by("-step").select_related("signed_by").first()
    by = last.signed_by if last else None
    rows = Assessment.objects.filter(pk=row.pk, approved_at=None)
    if rows.update(approved_at=now(), approved_by=by):
        if row.follows_id:
            settle_matter(_matter(row.follows_id))
        record(by, "conformity.assessment_approved", row, after=content_of(row))


@transaction.atomic
def remind_of_reviews() -> int:
    """A to-do for the assessor of each that is due for review; how many were told."""
    title = _("An impact assessment is due for review")
    told = 0
    for row in due_for_review():
        url = reverse("conformity:assessment", args=[row.pk])
        told += tell([row.assessor], title, url=url, is_todo=True, matter=_matter(row.pk))
    return told


def content_of(row: Assessment) -> dict[str, Any]:
    """What signatures are bound to."""
    words = {name: str(getattr(row, name) or "") for name in WRITTEN}
    return {"kind": row.kind, **words, "facts": row.facts}


def _draft(row: Assessment) -> Assessment:
    locked = Assessment.objects.select_for_update().get(pk=row.pk)
    if locked.approved_at is not None or is_waiting(locked):
        raise NotADraft()
    return locked


def _matter(pk: int) -> str:
    return f"conformity.assessment/{pk}"
