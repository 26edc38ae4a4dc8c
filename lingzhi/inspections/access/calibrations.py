"""Calibrations: who scores in them, who holds them."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import CALIBRATE, SCORE, require
from lingzhi.inspections.models import Calibration, CalibrationTalk, GoldStandard
from lingzhi.inspections.queries.calibrations import calibrations_visible_to
from lingzhi.org.queries import reach


def calibration_to_read(user: User, pk: int) -> Calibration:
    """A session one scores in, once one is invited, or one within reach to hold."""
    require(user, SCORE)
    calibration = calibrations_visible_to(user).filter(pk=pk).first()
    if calibration is None:
        raise Http404
    return calibration


def calibration_to_hold(user: User, pk: int) -> Calibration:
    """A session this person may change, open, settle and close."""
    calibration = calibration_to_read(user, pk)
    require(user, CALIBRATE)
    if not holds(user, calibration):
        raise PermissionDenied
    return calibration


def holds(user: User, calibration: Calibration) -> bool:
    """Whether this person holds the session: within reach of the right to do so."""
    return user.can(CALIBRATE) and reach(user, CALIBRATE).covers(
        calibration.unit, calibration.created_by_id
    )


def scores_in(user: User, calibration: Calibration) -> bool:
    """Whether this person is one of those who score."""
    return bool(calibration.calibrators.filter(person=user).exists())


def _talk(user: User, pk: int) -> CalibrationTalk:
    rows = CalibrationTalk.objects.select_related("contact__agent", "contact__unit")
    talk = rows.filter(pk=pk).first()
    if talk is None:
        raise Http404
    return talk


def talk_to_read(user: User, pk: int) -> CalibrationTalk:
    """A conversation of a session this person sees."""
    require(user, SCORE)
    talk = _talk(user, pk)
    talk.calibration = calibration_to_read(user, talk.calibration_id)
    return talk


def talk_to_score(user: User, pk: int) -> CalibrationTalk:
    """A conversation that this person scores in a session."""
    talk = talk_to_read(user, pk)
    if not scores_in(user, talk.calibration):
        raise PermissionDenied
    return talk


def talk_to_hold(user: User, pk: int) -> CalibrationTalk:
    """A conversation of a session this person holds."""
    talk = talk_to_read(user, pk)
    talk.calibration = calibration_to_hold(user, talk.calibration_id)
    return talk


@dataclass(frozen=True, slots=True)
class CalibrationActs:
    """What one person may do with one session as it stands now."""

    change: bool
    score: bool
    open: bool
    go_on: bool
    agree: bool
    minute: bool
    settle: bool
    close: bool
    use_as_gold: bool
    retire_gold: bool


def acts_on_calibration(user: User, calibration: Calibration) -> CalibrationActs:
    """The buttons on the page of a session."""
    state, states = calibration.state, Calibration.State
    leads = holds(user, calibration)
    gold = _in_use(calibration) if leads and state == states.CLOSED else 0
    discusses = leads and state == states.DISCUSSING
    return CalibrationActs(
        change=leads and state == states.DRAFT,
        score=state == states.SCORING and scores_in(user, calibration),
        open=leads and state == states.SCORING,
        go_on=discusses and calibration.round < calibration.rounds,
        agree=discusses,
        minute=discusses or (leads and state == states.AGREED),
        settle=discusses and not calibration.talks.filter(agreed_at=None).exists(),
        close=leads and state == states.AGREED,
        use_as_gold=leads and state == states.CLOSED and not gold,
        retire_gold=bool(gold),
    )


def _in_use(calibration: Calibration) -> int:
    rows = GoldStandard.objects.filter(talk__calibration=calibration, retired_at=None)
    return rows.count()
