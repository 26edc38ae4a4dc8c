"""Scoring a conversation by hand (人工评分): draft, scored, released, acknowledged."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Pin, Review, ReviewChange, ReviewItem, SheetVersion, Task
from lingzhi.inspections.queries import latest_inspection, versions_by_verdict
from lingzhi.inspections.queries.conflicts import Conflict, conflict_of
from lingzhi.inspections.queries.reviews import confirmers_of
from lingzhi.inspections.services.scoring import Pins, given_of, items_of, results_of
from lingzhi.inspections.services.taking import finish_task, require_open, task_by_hand
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.queries import heads_above
from lingzhi_engine.sheet import (
    Given,
    Score,
    as_data,
    proposed,
    read_answers,
    score,
)
from lingzhi_engine.sheet import Sheet as ReadSheet

State = Review.State


class OwnConversation(DomainError):
    message = _("Nobody scores their own conversation.")


class InConflict(DomainError):
    message = _("There is a conflict of interest: say why you score it all the same.")


class OwnTeam(InConflict):
    message = _("This is a conversation of your own team: say why you score it all the same.")


class NothingToScore(DomainError):
    message = _("This conversation has no words to score.")


class NotInForce(DomainError):
    message = _("This score sheet is not in force.")


class SavedElsewhere(DomainError):
    message = _("This score was saved elsewhere meanwhile. Load the page anew; nothing is lost.")


class AlreadyScored(DomainError):
    message = _("This score is given already.")


class NotComplete(DomainError):
    message = _("Something is missing yet; the page names it.")


class NotReleasable(DomainError):
    message = _("Only a given score can be released, and a veto needs a second person first.")


class NoVeto(DomainError):
    message = _("There is no veto to decide about.")


class NotYours(DomainError):
    message = _("Who gave the score does not decide about its veto.")


@transaction.atomic
def open_review(
    contact: Contact, version: SheetVersion, *, reason: str = "", task: Task | None = None, by: User
) -> Review:
    """The inspector's draft for this conversation; the one there is, or a new one.

    What the rules found fills the items they answer. One's own conversation is never scored; one
    of the own team only with a reason, which is kept. With `task` the draft is that task's work;
    without, a conversation that somebody else inspects in a task is refused (InspectedInTask).
    """
    if task is not None:
        require_open(task, by)
    known = Review.objects.filter(contact=contact, inspector=by).first()
    if known is not None:
        return _with_task(known, task, by)
    if version.state != SheetVersion.State.ACTIVE:
        raise NotInForce()
    if contact.is_unanswered:
        raise NothingToScore()
    task = task or task_by_hand(contact, version.sheet_id, by)
    reason = reason.strip() or (task.override_reason if task else "")
    _require_no_conflict(contact, reason, by)
    inspection = latest_inspection(contact)
    fitting = proposals(version.read(), contact)
    review = Review(
        contact=contact, version=version, inspector=by, agent=contact.agent, unit=contact.unit,
        snapshot=inspection.snapshot if inspection else None, started_at=now(),
        override_reason=reason[:300], proposed=as_data(fitting), answers=as_data(fitting),
        task=task, is_covert=bool(task and task.plan and task.plan.openness == "covert"),
    )  # fmt: skip
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError:  # the same click twice
        return Review.objects.get(contact=contact, inspector=by)
    record(by, "inspections.review_opened", review, after=_about(review), reason=reason)
    return review


def _with_task(review: Review, task: Task | None, by: User) -> Review:
    """The score that was begun before becomes the work of the task; a given one ends it."""
    if task is not None and review.task_id is None:
        Review.objects.filter(pk=review.pk).update(task=task)
        review.task = task
        if review.state != State.DRAFT:
            finish_task(review, by=by)
    return review


def _require_no_conflict(contact: Contact, reason: str, by: User) -> None:
    conflict = conflict_of(by, contact)
    if conflict is Conflict.CONVERSATION:
        raise OwnConversation()
    if conflict is not None and not reason:
        raise OwnTeam() if conflict is Conflict.TEAM else InConflict()


def proposals(sheet: ReadSheet, contact: Contact) -> dict[str, Given]:
    """What the rules answer about a conversation, by the code of the item."""
    inspection = latest_inspection(contact)
    if inspection is None:
        return {}
    judged = versions_by_verdict(inspection)
    verdicts = {version.rule.code: verdict for version, verdict in judged}
    places: dict[str, int] = {}
    rows = inspection.findings.filter(verdict="hit").values_list("version__rule__code", flat=True)
    for code in rows:
        places[code] = places.get(code, 0) + 1
    return proposed(sheet, verdicts, places)


@transaction.atomic
def save_review(
    review: Review, answers: Mapping[str, Any], pins: Pins, *, seen: int, summary: str, by: User
) -> Score:
    """Keep the draft and say what it comes to so far. `seen` is the revision that was opened.

    Raises SavedElsewhere, and keeps what is there, where the draft was saved since; BadInput names
    every answer that does not fit its item.
    """
    sheet = review.version.read()
    given = given_of(sheet, answers, pins)
    claimed = Review.objects.filter(
        pk=review.pk, inspector=by, state=State.DRAFT, revision=seen
    ).update(answers=as_data(given), summary=summary[:4000], revision=F("revision") + 1)
    if not claimed:
        review.refresh_from_db()
        raise AlreadyScored() if review.state != State.DRAFT else SavedElsewhere()
    _keep_pins(review, pins)
    review.refresh_from_db()
    return score(sheet, given)


def _keep_pins(review: Review, pins: Pins) -> None:
    known = set(review.contact.turns.values_list("seq", flat=True))
    review.pins.all().delete()
    Pin.objects.bulk_create(
        Pin(review=review, item=item, turn=turn)
        for item, turns in pins.items()
        for turn in sorted(set(turns) & known)
    )


@transaction.atomic
def submit_review(review: Review, *, by: User) -> Score:
    """Give the score: from now on only a re-check, a veto refused or an appeal changes it.

    A veto is told to the team's leader at once and waits for a second person. Submitting twice at
    the same moment gives one score.
    """
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.state != State.DRAFT:
        raise AlreadyScored()
    sheet = locked.version.read()
    found = score(sheet, read_answers(sheet, locked.answers))
    if not found.is_complete:
        raise NotComplete()
    claimed = Review.objects.filter(pk=review.pk, state=State.DRAFT, inspector=by).update(
        state=State.SCORED, scored_at=now(), **results_of(found)
    )
    if not claimed:
        raise AlreadyScored()
    finish_task(locked, by=by)
    ReviewItem.objects.bulk_create(items_of(locked, found))
    review.refresh_from_db()
    record(by, "inspections.review_scored", review, after=_about(review))
    if review.is_vetoed:
        _tell_of_veto(review)
    return found


def _tell_of_veto(review: Review) -> None:
    url = reverse("inspections:review", args=[review.pk])
    tell(
        confirmers_of(review), _("A veto waits for a second person"), url=url, is_todo=True,
        matter=_matter(review),
    )  # fmt: skip
    if review.agent and not review.is_covert:  # in secret until it is released
        leaders = heads_above(review.agent, today())[:1]
        tell(leaders, _("A conversation of your team was vetoed"), url=url)


def _matter(review: Review) -> str:
    return f"inspections.review/{review.pk}"


@transaction.atomic
def decide_veto(review: Review, *, is_agreed: bool, reason: str, by: User) -> None:
    """The second person agrees to a veto, or refuses it: then the score without it counts."""
    if by.pk == review.inspector_id:
        raise NotYours()
    if not is_agreed and not reason.strip():
        raise BadInput(_("Say why you refuse."), field="reason")
    before = review.value
    changes: dict[str, Any] = {"veto_decided_at": now(), "veto_decided_by": by}
    if not is_agreed:
        changes |= _without_veto(review)
    claimed = Review.objects.filter(
        pk=review.pk, state=State.SCORED, is_vetoed=True, veto_decided_at=None
    ).update(**changes)
    if not claimed:
        raise NoVeto()
    review.refresh_from_db()
    if not is_agreed:
        ReviewChange.objects.create(
            review=review, cause=ReviewChange.Cause.VETO, reason=reason.strip()[:500],
            value=before, new_value=review.value, changed_at=now(), changed_by=by,
        )  # fmt: skip
    settle_matter(_matter(review))
    after = {**_about(review), "agreed": is_agreed}
    record(by, "inspections.veto_decided", review, after=after, reason=reason)


def _without_veto(review: Review) -> dict[str, Any]:
    sheet = review.version.read()
    value = review.without_veto

    def reaches(line: Fraction | None) -> bool | None:
        return None if value is None or line is None else Fraction(value) >= line

    return {
        "value": value,
        "is_vetoed": False,
        "is_passed": reaches(sheet.passes_at),
        "is_excellent": reaches(sheet.excels_at),
    }


@transaction.atomic
def release_review(review: Review, *, by: User) -> None:
    """Let the agent and the team's leader see the score, with its words and its opinion."""
    claimed = (
        Review.objects.filter(pk=review.pk, state=State.SCORED)
        .exclude(is_vetoed=True, veto_decided_at=None)
        .update(state=State.RELEASED, released_at=now(), released_by=by)
    )
    if not claimed:
        raise NotReleasable()
    review.refresh_from_db()
    record(by, "inspections.review_released", review, after=_about(review))
    if review.agent:
        url = reverse("inspections:review", args=[review.pk])
        tell(
            [review.agent], _("A conversation of yours was scored"), url=url, is_todo=True,
            matter=_matter(review),
        )  # fmt: skip
        tell(heads_above(review.agent, today())[:1], _("A score of your team is released"), url=url)


@transaction.atomic
def acknowledge_review(review: Review, *, by: User) -> None:
    """The agent has read the score; reading is not agreeing. Doing so twice changes nothing."""
    claimed = Review.objects.filter(
        pk=review.pk, agent=by, state=State.RELEASED, acknowledged_at=None
    ).update(acknowledged_at=now())
    if claimed:
        settle_matter(_matter(review))
        record(by, "inspections.review_acknowledged", review)


def note_seen(review: Review, *, by: User) -> None:
    """When the agent first looked at the released score."""
    Review.objects.filter(pk=review.pk, agent=by, state=State.RELEASED, seen_at=None).update(
        seen_at=now()
    )


def _about(review: Review) -> dict[str, Any]:
    value = None if review.value is None else str(review.value)
    return {"contact": review.contact_id, "sheet": review.version_id, "score": value}
