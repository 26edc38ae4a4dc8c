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
from lingzhi.inspections.queries.photos import photos_of
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.inspections.queries.rechecks import LOOKED_AT, NO_VETO_LEFT, is_drawn
from lingzhi.inspections.queries.reviews import confirmers_of
from lingzhi.inspections.queries.trust import automatic_rules
from lingzhi.inspections.services.adding_up import count_score
from lingzhi.inspections.services.checking import draw_checks
from lingzhi.inspections.services.comparing import compare_hidden
from lingzhi.inspections.services.labelling import keep_labels
from lingzhi.inspections.services.listening import sound_of
from lingzhi.inspections.services.scoring import (
    Pins,
    Place,
    given_of,
    items_of,
    mark_counted,
    results_of,
)
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
TEAM = "inspections.team_scores"  # one open line a leader, however many scores are released


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
    message = _(
        "Only a given score can be released; a veto, and a score that is to be re-checked, need a "
        "second person first."
    )


class NoVeto(DomainError):
    message = _("There is no veto to decide about.")


class NotYours(DomainError):
    message = _("Who gave the score does not decide about its veto.")


@transaction.atomic
def open_review(
    contact: Contact, version: SheetVersion, *, reason: str = "", task: Task | None = None, by: User
) -> Review:
    """The inspector's draft for this conversation; the one there is, or a new one.

    What the rules found stands beside the items they answer; where every rule of an item is
    automatic it is the answer already, else it counts once the inspector confirms it. One's own
    conversation is never scored; one of the own team only with a reason, which is kept. With
    `task` the draft is that task's work; without, a conversation that somebody else inspects in a
    task is refused (InspectedInTask).
    """
    if task is not None:
        require_open(task, by)
    known = Review.objects.filter(contact=contact, inspector=by).first()
    if known is not None:
        return _with_task(known, task, by)
    if version.state != SheetVersion.State.ACTIVE:
        raise NotInForce()
    if not contact.has_words:
        raise NothingToScore()
    task = task or task_by_hand(contact, version.sheet_id, by)
    reason = reason.strip() or (task.override_reason if task else "")
    _require_no_conflict(contact, reason, by)
    inspection = latest_inspection(contact)
    sheet = version.read()
    fitting = proposals(sheet, contact)
    review = Review(
        contact=contact, version=version, inspector=by, agent=contact.agent, unit=contact.unit,
        snapshot=inspection.snapshot if inspection else None, started_at=now(),
        override_reason=reason[:300], proposed=as_data(fitting),
        answers=as_data(answered_by_rules(sheet, fitting)),
        task=task, is_covert=bool(task and task.plan and task.plan.openness == "covert"),
        counts=not (task and task.is_repeat),
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


def answered_by_rules(sheet: ReadSheet, fitting: Mapping[str, Given]) -> dict[str, Given]:
    """Of what rules propose, what counts without a person: all rules of the item are automatic."""
    trusted = automatic_rules()
    own = {item.code for item in sheet.items if item.fill and trusted.issuperset(item.fill.rules)}
    return {code: given for code, given in fitting.items() if code in own}


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
    given = given_of(sheet, answers, pins, photos_of(review))
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
    lengths = {turn.seq: len(turn.text) for turn in review.contact.turns.all()}
    review.pins.all().delete()
    Pin.objects.bulk_create(
        Pin(review=review, item=item, turn=turn, start=start, end=end)
        for item, places in pins.items()
        for turn, start, end in sorted({_in_turn(place, lengths) for place in places})
        if turn in lengths
    )


def _in_turn(place: Place, lengths: Mapping[int, int]) -> tuple[int, int, int]:
    """Turn, first character and end; 0 and 0 where the whole turn is meant or no word is."""
    if isinstance(place, int):
        return place, 0, 0
    turn, start, end = place
    end = min(end, lengths.get(turn, 0))
    is_part = start < end and (start, end) != (0, lengths[turn])
    return (turn, start, end) if is_part else (turn, 0, 0)


@transaction.atomic
def submit_review(review: Review, *, by: User) -> Score:
    """Give the score: from now on only a re-check, a veto refused or an appeal changes it.

    A veto is told to the team's leader at once and waits for a second person. Chance decides now
    whether a lead inspector looks at it first; else a centre may release it by itself. Submitting
    twice at the same moment gives one score.
    """
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.state != State.DRAFT:
        raise AlreadyScored()
    sheet = locked.version.read()
    found = score(sheet, read_answers(sheet, locked.answers))
    if not found.is_complete:
        raise NotComplete()
    policy = policy_of(locked.unit)
    needs_recheck = locked.counts and is_drawn(locked.pk, policy.recheck_ratio)
    claimed = Review.objects.filter(pk=review.pk, state=State.DRAFT, inspector=by).update(
        state=State.SCORED,
        scored_at=now(),
        needs_recheck=needs_recheck,
        sound_ratio=sound_of(locked),
        **results_of(found),
    )
    if not claimed:
        raise AlreadyScored()
    finish_task(locked, by=by)
    ReviewItem.objects.bulk_create(items_of(locked, found))
    keep_labels(locked, by=by)
    mark_counted(locked)
    count_score(locked.contact)
    review.refresh_from_db()
    after = {**_about(review), "recheck": needs_recheck}
    record(by, "inspections.review_scored", review, after=after)
    if not review.counts:
        compare_hidden(review)
        return found
    draw_checks(review)
    if review.is_vetoed:
        _tell_of_veto(review)
    elif policy.releases_itself and not (needs_recheck or review.is_covert):
        release_review(review, by=None)
    return found


def _tell_of_veto(review: Review) -> None:
    url = reverse("inspections:review", args=[review.pk])
    tell(
        confirmers_of(review), _("A veto waits for a second person"), url=url, is_todo=True,
        matter=matter_of(review.pk),
    )  # fmt: skip
    if review.agent and not review.is_covert:  # in secret until it is released
        leaders = heads_above(review.agent, today())[:1]
        tell(leaders, _("A conversation of your team was vetoed"), url=url)


def matter_of(review_id: int) -> str:
    """The name under which notices about a score are open."""
    return f"inspections.review/{review_id}"


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
        pk=review.pk, state=State.SCORED, is_vetoed=True, veto_decided_at=None, counts=True
    ).update(**changes)
    if not claimed:
        raise NoVeto()
    review.refresh_from_db()
    if not is_agreed:
        ReviewChange.objects.create(
            review=review, cause=ReviewChange.Cause.VETO, reason=reason.strip()[:500],
            value=before, new_value=review.value, changed_at=now(), changed_by=by,
        )  # fmt: skip
    settle_matter(matter_of(review.pk))
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
def release_review(review: Review, *, by: User | None) -> None:
    """Let the agent and the team's leader see the score, with its words and its opinion.

    A covert inspection is published so. `by` is None where the centre releases by itself.
    """
    claimed = Review.objects.filter(
        NO_VETO_LEFT, LOOKED_AT, pk=review.pk, state=State.SCORED, counts=True
    ).update(state=State.RELEASED, released_at=now(), released_by=by)
    if not claimed:
        raise NotReleasable()
    review.refresh_from_db()
    mark_counted(review)
    record(by, "inspections.review_released", review, after=_about(review))
    if review.agent:
        url = reverse("inspections:review", args=[review.pk])
        tell(
            [review.agent], _("A conversation of yours was scored"), url=url, is_todo=True,
            matter=matter_of(review.pk),
        )  # fmt: skip
        tell(
            heads_above(review.agent, today())[:1], _("Scores of your team are released"),
            url=reverse("inspections:team_scores"), matter=TEAM,
        )  # fmt: skip


@transaction.atomic
def acknowledge_review(review: Review, *, by: User) -> None:
    """The agent has read the score; reading is not agreeing. Doing so twice changes nothing."""
    claimed = Review.objects.filter(
        pk=review.pk, agent=by, state=State.RELEASED, acknowledged_at=None
    ).update(acknowledged_at=now())
    if claimed:
        settle_matter(matter_of(review.pk))
        record(by, "inspections.review_acknowledged", review)


def note_seen(review: Review, *, by: User) -> None:
    """When the agent first looked at the released score."""
    Review.objects.filter(pk=review.pk, agent=by, state=State.RELEASED, seen_at=None).update(
        seen_at=now()
    )


def _about(review: Review) -> dict[str, Any]:
    value = None if review.value is None else str(review.value)
    return {"contact": review.contact_id, "sheet": review.version_id, "score": value}
