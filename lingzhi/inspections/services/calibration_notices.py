"""Telling the people of a calibration: invited, due tomorrow, overdue, open for discussion."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import Calibration, Calibrator
from lingzhi.inspections.queries.calibrations import progress_of
from lingzhi.notifications.services import settle_matter, tell

KINDS = ("invited", "tomorrow", "overdue")


def tell_invited(calibration: Calibration) -> None:
    """Everybody has something to score, in the first round and in each that follows."""
    for one in calibration.calibrators.select_related("person"):
        _to_do(calibration, one, "invited", _("Please score for a calibration"))


def tell_opened(calibration: Calibration) -> None:
    """Results are open: who scored, and who has not, may see and discuss them."""
    for one in calibration.calibrators.select_related("person"):
        settle_for(calibration, one)
    people = [one.person for one in calibration.calibrators.select_related("person")]
    _tell(calibration, people, _("The results of a calibration are open"))


def tell_agreed(calibration: Calibration) -> None:
    """The session is closed, with its minutes."""
    people = [one.person for one in calibration.calibrators.select_related("person")]
    _tell(calibration, people, _("A calibration is closed; its minutes can be read"))


def tell_complete(calibration: Calibration) -> None:
    """Who holds the session hears that everybody has scored."""
    _tell(calibration, [calibration.created_by], _("Everybody has scored; open the discussion"))


def settle_for(calibration: Calibration, calibrator: Calibrator) -> None:
    """This person has nothing left to score in this round."""
    for kind in KINDS:
        settle_matter(_matter(calibration, calibrator, kind))


def remind_calibrators() -> int:
    """Remind whoever still has to score: on the last day but one, and once it is overdue.

    Who holds the session hears of the overdue ones. Doing so again the same day tells nobody twice.
    """
    reminded = 0
    tomorrow = today() + timedelta(days=1)
    late = Calibration.objects.filter(state=Calibration.State.SCORING, due_on__lte=tomorrow)
    for calibration in late.select_related("created_by"):
        is_overdue = calibration.due_on < today()
        if not is_overdue and calibration.due_on != tomorrow:
            continue
        left = [one.calibrator for one in progress_of(calibration) if not one.is_done]
        reminded += sum(_remind(calibration, one, is_overdue=is_overdue) for one in left)
        if is_overdue and left:
            tell(
                [calibration.created_by], _("Scores of a calibration are overdue"),
                body=calibration.title, url=_url(calibration), is_todo=True,
                matter=f"{_name(calibration)}/late",
            )  # fmt: skip
    return reminded


def _remind(calibration: Calibration, calibrator: Calibrator, *, is_overdue: bool) -> int:
    if is_overdue:
        return _to_do(calibration, calibrator, "overdue", _("Your calibration scores are overdue"))
    return _to_do(calibration, calibrator, "tomorrow", _("Calibration scores are due tomorrow"))


def settle_late(calibration: Calibration) -> None:
    """Nothing is awaited any more in this round."""
    settle_matter(f"{_name(calibration)}/late")


def _to_do(
    calibration: Calibration, calibrator: Calibrator, kind: str, title: Promise | str
) -> int:
    return tell(
        [calibrator.person], title, body=calibration.title, url=_url(calibration), is_todo=True,
        matter=_matter(calibration, calibrator, kind),
    )  # fmt: skip


def _tell(calibration: Calibration, people: Iterable[User], title: Promise | str) -> None:
    tell(people, title, body=calibration.title, url=_url(calibration))


def _url(calibration: Calibration) -> str:
    return reverse("inspections:calibration", args=[calibration.pk])


def _name(calibration: Calibration) -> str:
    return f"inspections.calibration/{calibration.pk}/{calibration.round}"


def _matter(calibration: Calibration, calibrator: Calibrator, kind: str) -> str:
    return f"{_name(calibration)}/{kind}/{calibrator.pk}"
