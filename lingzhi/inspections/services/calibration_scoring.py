"""Scoring in a calibration: as on the workbench, but for comparison only."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.inspections.models import Calibration, CalibrationScore, CalibrationTalk
from lingzhi.inspections.queries.calibrations import progress_of
from lingzhi.inspections.services.calibration_notices import (
    settle_for,
    settle_late,
    tell_complete,
)
from lingzhi.inspections.services.reviewing import AlreadyScored, NotComplete, SavedElsewhere
from lingzhi.inspections.services.scoring import Pins, given_of, turns_of
from lingzhi_engine.sheet import Score, as_data, read_answers, score


class NotBeingScored(DomainError):
    message = _("This calibration is not being scored now.")


@transaction.atomic
def open_calibration_score(talk: CalibrationTalk, *, by: User) -> CalibrationScore:
    """The person's score of this round, begun with what the same person answered before."""
    calibration = talk.calibration
    calibrator = calibration.calibrators.get(person=by)
    mine = CalibrationScore.objects.filter(talk=talk, calibrator=calibrator)
    known = mine.filter(round=calibration.round).first()
    if known is not None:
        return known
    if calibration.state != Calibration.State.SCORING:
        raise NotBeingScored()
    before = mine.order_by("-round").first()
    begun = CalibrationScore(
        talk=talk, calibrator=calibrator, round=calibration.round, started_at=now(),
        answers=before.answers if before else {}, pins=before.pins if before else {},
        summary=before.summary if before else "",
    )  # fmt: skip
    try:
        with transaction.atomic():
            begun.save()
    except IntegrityError:  # the same click twice
        return mine.get(round=calibration.round)
    return begun


@transaction.atomic
def save_calibration_score(
    mine: CalibrationScore, answers: Mapping[str, Any], pins: Pins, *, seen: int, summary: str
) -> Score:
    """Keep the draft and say what it comes to so far; `seen` is the revision that was opened."""
    _require_scoring(mine)
    sheet = mine.talk.calibration.version.read()
    known = set(mine.talk.contact.turns.values_list("seq", flat=True))
    cited = {item: sorted(turns_of(places) & known) for item, places in pins.items()}
    given = given_of(sheet, answers, cited)
    claimed = CalibrationScore.objects.filter(
        pk=mine.pk, submitted_at=None, revision=seen
    ).update(
        answers=as_data(given), pins={item: turns for item, turns in cited.items() if turns},
        summary=summary[:4000], revision=F("revision") + 1,
    )  # fmt: skip
    if not claimed:
        mine.refresh_from_db()
        raise AlreadyScored() if mine.submitted_at else SavedElsewhere()
    mine.refresh_from_db()
    return score(sheet, given)


def _require_scoring(mine: CalibrationScore) -> Calibration:
    """The session, held until the transaction ends, so that no discussion begins meanwhile."""
    calibration = Calibration.objects.select_for_update().get(pk=mine.talk.calibration_id)
    if calibration.state != Calibration.State.SCORING or calibration.round != mine.round:
        raise NotBeingScored()
    return calibration


@transaction.atomic
def submit_calibration_score(mine: CalibrationScore, *, by: User) -> Score:
    """Give the score: from now on it stays as it is, in this round.

    Submitting twice at the same moment gives one. Raises NotComplete where something is missing.
    """
    calibration = _require_scoring(mine)
    mine.refresh_from_db()
    sheet = calibration.version.read()
    found = score(sheet, read_answers(sheet, mine.answers))
    if not found.is_complete:
        raise NotComplete()
    claimed = CalibrationScore.objects.filter(
        pk=mine.pk, submitted_at=None, calibrator__person=by
    ).update(submitted_at=now(), value=found.value, is_vetoed=found.is_vetoed)
    if not claimed:
        raise AlreadyScored()
    mine.refresh_from_db()
    after = {"conversation": mine.talk.contact_id, "round": mine.round, "score": str(found.value)}
    record(by, "inspections.calibration_scored", calibration, after=after)
    _settle(calibration, mine)
    return found


def _settle(calibration: Calibration, mine: CalibrationScore) -> None:
    everybody = progress_of(calibration)
    own = next(one for one in everybody if one.calibrator.pk == mine.calibrator_id)
    if own.is_done:
        settle_for(calibration, own.calibrator)
    if all(one.is_done for one in everybody):
        settle_late(calibration)
        tell_complete(calibration)
