"""Discussing a calibration, agreeing on answers, deciding how items are to be understood."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import (
    Calibration,
    CalibrationComment,
    CalibrationDecision,
    CalibrationScore,
    CalibrationTalk,
)
from lingzhi.inspections.services.calibration_notices import (
    settle_late,
    tell_agreed,
    tell_invited,
    tell_opened,
)
from lingzhi.inspections.services.comparing import compare_agreed
from lingzhi.inspections.services.scoring import Pins, given_of
from lingzhi.inspections.services.sheets import revise_sheet, save_sheet
from lingzhi_engine.sheet import Score, as_data, score

State = Calibration.State


class NothingToCompare(DomainError):
    message = _("Nobody can compare yet: two people must have scored the same conversation.")


class NotBeingDiscussed(DomainError):
    message = _("This calibration is not being discussed now.")


class NoMoreRounds(DomainError):
    message = _("All rounds of this calibration have been scored.")


class NotAllAgreed(DomainError):
    message = _("For some conversation no answers are agreed on yet.")


class NotAgreedYet(DomainError):
    message = _("Agree on the answers first; then the calibration can be closed.")


class ItemIsGone(DomainError):
    message = _("The score sheet does not have this item any more.")


@transaction.atomic
def open_discussion(calibration: Calibration, *, by: User) -> None:
    """Everybody sees everybody's answers. Who has not scored by now is missing in this round."""
    given = CalibrationScore.objects.filter(
        talk__calibration=calibration, round=calibration.round, submitted_at__isnull=False
    ).values_list("talk", flat=True)
    if len(given) == len(set(given)):
        raise NothingToCompare()
    claimed = Calibration.objects.filter(pk=calibration.pk, state=State.SCORING).update(
        state=State.DISCUSSING, discussed_at=now()
    )
    if not claimed:
        raise NotBeingDiscussed()
    calibration.refresh_from_db()
    record(by, "inspections.calibration_opened", calibration, after={"round": calibration.round})
    settle_late(calibration)
    tell_opened(calibration)


@transaction.atomic
def begin_next_round(calibration: Calibration, *, due_on: date, by: User) -> None:
    """Everybody scores the same conversations again, blind or open as before."""
    if due_on < today():
        raise BadInput(_("The day until which to score has passed."), field="due_on")
    if calibration.round >= calibration.rounds:
        raise NoMoreRounds()
    claimed = Calibration.objects.filter(
        pk=calibration.pk, state=State.DISCUSSING, round=calibration.round
    ).update(state=State.SCORING, round=calibration.round + 1, due_on=due_on)
    if not claimed:
        raise NotBeingDiscussed()
    calibration.refresh_from_db()
    record(by, "inspections.calibration_begun", calibration, after={"round": calibration.round})
    tell_invited(calibration)


@transaction.atomic
def agree_on(talk: CalibrationTalk, answers: Mapping[str, Any], pins: Pins, *, by: User) -> Score:
    """Note the answers that the people agreed on for a conversation; again until it is settled.

    Every item that is asked needs its answer; comments and evidence may be left out.
    """
    calibration = _discussing(talk.calibration)
    sheet = calibration.version.read()
    given = given_of(sheet, answers, pins)
    found = score(sheet, given)
    if any(one.what == "answer" for one in found.missing):
        raise BadInput(_("Some items have no agreed answer yet."), field="answers")
    CalibrationTalk.objects.filter(pk=talk.pk).update(
        agreed=as_data(given), agreed_value=found.value, agreed_at=now(), agreed_by=by
    )
    talk.refresh_from_db()
    after = {"conversation": talk.contact_id, "score": str(found.value)}
    record(by, "inspections.calibration_agreed_on", calibration, after=after)
    return found


def _discussing(calibration: Calibration) -> Calibration:
    """The session, held until the transaction ends. Raises NotBeingDiscussed."""
    locked = Calibration.objects.select_for_update().get(pk=calibration.pk)
    if locked.state != State.DISCUSSING:
        raise NotBeingDiscussed()
    return locked


@transaction.atomic
def comment_on(talk: CalibrationTalk, item: str, text: str, *, by: User) -> CalibrationComment:
    """Say something about an item while it is discussed."""
    calibration = _discussing(talk.calibration)
    if not text.strip():
        raise BadInput(_("Write something."), field="text")
    if item not in {one.code for one in calibration.version.read().items}:
        raise ItemIsGone()
    return CalibrationComment.objects.create(
        talk=talk, item=item, text=text.strip()[:1000], made_at=now(), made_by=by
    )


@transaction.atomic
def write_minutes(calibration: Calibration, minutes: str, *, by: User) -> None:
    """Keep what was said and decided; possible until the session is closed."""
    claimed = Calibration.objects.filter(
        pk=calibration.pk, state__in=(State.DISCUSSING, State.AGREED)
    ).update(minutes=minutes.strip()[:20_000])
    if not claimed:
        raise NotBeingDiscussed()
    calibration.refresh_from_db()
    record(by, "inspections.calibration_minuted", calibration)


@transaction.atomic
def decide_guidance(
    calibration: Calibration, item: str, guidance: str, *, by: User
) -> CalibrationDecision:
    """Write how an item is to be understood into the sheet's draft, a new one where none is.

    Putting that draft into force stays an act of its own. Raises ItemIsGone where the sheet lacks
    the item by now, NotBeingDiscussed before the discussion and after the close.
    """
    if not guidance.strip():
        raise BadInput(_("Write how the item is to be understood."), field="guidance")
    locked = Calibration.objects.select_for_update().get(pk=calibration.pk)
    if locked.state not in (State.DISCUSSING, State.AGREED):
        raise NotBeingDiscussed()
    draft = revise_sheet(locked.version.sheet, by=by)
    content = deepcopy(draft.content)
    place = _place(content, item)
    before = str(place.get("guidance", ""))
    place["guidance"] = guidance.strip()[:2000]
    note = str(_("From the calibration “%(title)s”") % {"title": locked.title})
    written = save_sheet(locked.version.sheet, content, note=note, by=by)
    decision = CalibrationDecision.objects.create(
        calibration=locked, item=item, guidance=place["guidance"], before=before, version=written,
        decided_at=now(), decided_by=by,
    )  # fmt: skip
    after = {"item": item, "version": written.number}
    record(by, "inspections.calibration_decided", locked, after=after, reason=place["guidance"])
    return decision


def _place(content: dict[str, Any], code: str) -> dict[str, Any]:
    for section in content.get("sections", []):
        for item in section.get("items", []):
            if item.get("code") == code:
                found: dict[str, Any] = item
                return found
    raise ItemIsGone()


@transaction.atomic
def settle_calibration(calibration: Calibration, *, by: User) -> None:
    """All answers are agreed on: the discussion ends."""
    if calibration.talks.filter(agreed_at=None).exists():
        raise NotAllAgreed()
    claimed = Calibration.objects.filter(pk=calibration.pk, state=State.DISCUSSING).update(
        state=State.AGREED, agreed_at=now()
    )
    if not claimed:
        raise NotBeingDiscussed()
    calibration.refresh_from_db()
    record(by, "inspections.calibration_agreed", calibration)


@transaction.atomic
def close_calibration(calibration: Calibration, *, by: User) -> None:
    """End the session: from now on nothing of it changes; everybody may read the minutes."""
    claimed = Calibration.objects.filter(pk=calibration.pk, state=State.AGREED).update(
        state=State.CLOSED, closed_at=now(), closed_by=by
    )
    if not claimed:
        raise NotAgreedYet()
    calibration.refresh_from_db()
    record(by, "inspections.calibration_closed", calibration)
    compare_agreed(calibration)
    tell_agreed(calibration)
