"""Preparing a calibration (校准): what is scored, by whom, until when; then inviting."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.languages import joined
from lingzhi.inspections.models import Calibration, CalibrationTalk, Calibrator, SheetVersion
from lingzhi.inspections.queries.calibrations import (
    conversations_to_calibrate,
    most_disagreed,
    possible_calibrators,
    some_by_chance,
)
from lingzhi.inspections.services.calibration_notices import tell_invited
from lingzhi.org.models import Unit

State = Calibration.State
MOST_TALKS, MOST_PEOPLE, FEWEST_PEOPLE = 20, 30, 2


class BegunAlready(DomainError):
    message = _("People have been invited: what is scored, and by whom, stays as it is.")


class NotEnoughToCalibrate(DomainError):
    message = _("A calibration needs two people or more, and a conversation.")


class OwnConversationThere(DomainError):
    message = _("Nobody scores their own conversation: one of the people is its agent.")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is set before people are invited. `people` score; `expert` is one of them or nobody."""

    title: str
    version: SheetVersion
    unit: Unit
    is_blind: bool
    rounds: int
    due_on: date
    people: Sequence[User]
    expert: User | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which conversations: these numbers, so many by chance, so many that people differed about."""

    numbers: Sequence[str] = ()
    by_chance: int = 0
    disagreed: int = 0


@transaction.atomic
def create_calibration(setting: Setting, choice: Choice, *, by: User) -> Calibration:
    """A draft that only those who hold calibrations see."""
    calibration = Calibration(created_at=now(), created_by=by, seed=secrets.randbits(62))
    _keep(calibration, setting)
    _take(calibration, choice, by)
    record(by, "inspections.calibration_created", calibration, after=_about(calibration))
    return calibration


@transaction.atomic
def change_calibration(
    calibration: Calibration, setting: Setting, choice: Choice, *, by: User
) -> None:
    """Other settings and more conversations, while nobody is invited yet."""
    _require_draft(calibration)
    _keep(calibration, setting)
    _take(calibration, choice, by)
    record(by, "inspections.calibration_changed", calibration, after=_about(calibration))


def _require_draft(calibration: Calibration) -> None:
    """Hold the row until the transaction ends. Raises BegunAlready once people are invited."""
    locked = Calibration.objects.select_for_update().get(pk=calibration.pk)
    if locked.state != State.DRAFT:
        raise BegunAlready()


def _keep(calibration: Calibration, setting: Setting) -> None:
    _check(setting)
    calibration.title = setting.title.strip()[:120]
    calibration.version, calibration.unit = setting.version, setting.unit
    calibration.is_blind, calibration.rounds = setting.is_blind, setting.rounds
    calibration.due_on = setting.due_on
    calibration.save()
    calibration.calibrators.all().delete()
    Calibrator.objects.bulk_create(
        Calibrator(calibration=calibration, person=person, is_expert=person == setting.expert)
        for person in dict.fromkeys(setting.people)
    )


def _check(setting: Setting) -> None:
    if setting.version.state == SheetVersion.State.DRAFT:
        raise BadInput(_("This score sheet is not in force."), field="version")
    if len(setting.people) > MOST_PEOPLE:
        raise BadInput(_("At most thirty people calibrate together."), field="people")
    if not set(setting.people) <= set(possible_calibrators(setting.unit)):
        raise BadInput(_("Somebody here may not score conversations of this unit."), field="people")
    if setting.expert is not None and setting.expert not in setting.people:
        raise BadInput(_("The expert is one of the people who score."), field="expert")


def _take(calibration: Calibration, choice: Choice, by: User) -> None:
    """Add conversations, those that are in already left out."""
    rows = conversations_to_calibrate(calibration.unit, by)
    if calibration.talks.exclude(contact__in=rows).exists():
        raise BadInput(_("Some of the conversations are not of this unit."), field="unit")
    known = set(calibration.talks.values_list("contact", flat=True))
    named = _named(rows.values_list("external_id", "pk"), choice.numbers)
    rows = rows.exclude(pk__in=known)
    wanted = [pk for pk in named if pk not in known]
    if choice.disagreed:
        wanted += most_disagreed(rows, calibration.version.sheet, choice.disagreed)
    if choice.by_chance:
        left = rows.exclude(pk__in=wanted)
        wanted += some_by_chance(left, choice.by_chance, seed=calibration.seed)
    wanted = list(dict.fromkeys(wanted))
    if len(known) + len(wanted) > MOST_TALKS:
        raise BadInput(_("At most twenty conversations are calibrated together."), field="numbers")
    last = calibration.talks.aggregate(last=Max("position"))["last"] or 0
    CalibrationTalk.objects.bulk_create(
        CalibrationTalk(calibration=calibration, contact_id=pk, position=position)
        for position, pk in enumerate(wanted, start=last + 1)
    )


def _named(rows: Any, numbers: Iterable[str]) -> list[int]:
    """The conversations with these numbers. Raises BadInput that names those that are not there."""
    wanted = [number.strip() for number in numbers if number.strip()]
    found = dict(rows.filter(external_id__in=wanted))
    unknown = [number for number in wanted if number not in found]
    if unknown:
        words = _("No such conversation within reach: %(numbers)s") % {"numbers": joined(unknown)}
        raise BadInput(words, field="numbers")
    return [found[number] for number in wanted]


@transaction.atomic
def leave_out(talk: CalibrationTalk, *, by: User) -> None:
    """Take a conversation out of a session that has not begun."""
    _require_draft(talk.calibration)
    contact = talk.contact_id
    talk.delete()
    record(by, "inspections.calibration_changed", talk.calibration, after={"left_out": contact})


@transaction.atomic
def discard_calibration(calibration: Calibration, *, by: User) -> None:
    """Throw a draft away."""
    _require_draft(calibration)
    record(by, "inspections.calibration_discarded", calibration, before=_about(calibration))
    calibration.delete()


@transaction.atomic
def invite(calibration: Calibration, *, by: User) -> None:
    """Begin: everybody is told what to score until when, and nothing of it changes any more.

    Raises NotEnoughToCalibrate, OwnConversationThere, or BadInput where the day has passed.
    """
    people = [one.person for one in calibration.calibrators.select_related("person")]
    talks = calibration.talks.select_related("contact")
    if len(people) < FEWEST_PEOPLE or not talks:
        raise NotEnoughToCalibrate()
    if {talk.contact.agent_id for talk in talks} & {person.pk for person in people}:
        raise OwnConversationThere()
    if calibration.due_on < today():
        raise BadInput(_("The day until which to score has passed."), field="due_on")
    claimed = Calibration.objects.filter(pk=calibration.pk, state=State.DRAFT).update(
        state=State.SCORING, invited_at=now()
    )
    if not claimed:
        raise BegunAlready()
    calibration.refresh_from_db()
    record(by, "inspections.calibration_begun", calibration, after=_about(calibration))
    tell_invited(calibration)


def _about(calibration: Calibration) -> dict[str, Any]:
    return {
        "sheet": calibration.version_id,
        "unit": calibration.unit_id,
        "blind": calibration.is_blind,
        "round": calibration.round,
        "due_on": calibration.due_on.isoformat(),
        "people": list(calibration.calibrators.values_list("person", flat=True)),
        "conversations": list(calibration.talks.values_list("contact", flat=True)),
    }
