"""Agreeing on a visit, going there, and what came of it. Each step happens once."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, BinaryIO, cast

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, Rebooking, Visit, VisitPhoto
from lingzhi.cases.models.visits import PLACE
from lingzhi.cases.queries.visits import overlapping
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.words import demanded, kept
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Customer
from lingzhi.files.services import store_file
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit

State, Kind = Visit.State, Visit.Kind
MOST_BYTES = 10 * 1024 * 1024
MOST = 10
HEADS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


class Overlaps(DomainError):
    message = _("The engineer has another visit in this window.")


class NotNow(DomainError):
    message = _("This visit is not at this point any more.")


@dataclass(frozen=True, slots=True)
class Appointment:
    """What was agreed with the customer. Without a case it is proactive maintenance."""

    engineer: User
    unit: Unit
    purpose: str
    place: str
    begins_at: datetime
    ends_at: datetime
    case: Case | None = None
    customer: Customer | None = None


@transaction.atomic
def plan_visit(agreed: Appointment, *, by: User) -> Visit:
    """Agree on a window. Raises Overlaps where the engineer is elsewhere then."""
    _require_window(agreed.begins_at, agreed.ends_at)
    _require_free(agreed.engineer, agreed.begins_at, agreed.ends_at)
    case = agreed.case
    visit = Visit.objects.create(
        kind=Kind.SERVICE if case else Kind.MAINTENANCE, case=case,
        customer=agreed.customer or (case.customer if case else None), unit=agreed.unit,
        engineer=agreed.engineer, purpose=demanded(agreed.purpose, 300, field="purpose"),
        place=demanded(agreed.place, 200, field="place"),
        place_sealed=seal(agreed.place.strip()[:200], PLACE), begins_at=agreed.begins_at,
        ends_at=agreed.ends_at, planned_at=now(), planned_by=by,
    )  # fmt: skip
    _note(visit, State.PLANNED, visit.purpose, by)
    _tell(visit, by)
    after = {"engineer": agreed.engineer.pk, "begins": str(agreed.begins_at), "kind": visit.kind}
    record(by, "cases.visit_planned", visit, after=after)
    return visit


@transaction.atomic
def rebook_visit(
    visit: Visit, begins_at: datetime, ends_at: datetime, *, reason: str, by: User
) -> None:
    """Another window, told to the customer now (提前告知改约): before the old one began or not."""
    words = demanded(reason, 300, field="reason")
    _require_window(begins_at, ends_at)
    _require_free(visit.engineer, begins_at, ends_at, besides=visit.pk)
    before = visit.begins_at, visit.ends_at
    _claim(visit, (State.PLANNED, State.ON_THE_WAY), State.PLANNED,
           begins_at=begins_at, ends_at=ends_at, set_out_at=None)  # fmt: skip
    Rebooking.objects.create(
        visit=visit, from_begins_at=before[0], from_ends_at=before[1], reason=words,
        is_in_advance=now() < before[0], at=now(), by=by,
    )  # fmt: skip
    _note(visit, "rebooked", words, by)
    _tell(visit, by)
    record(by, "cases.visit_rebooked", visit, after={"begins": str(begins_at)}, reason=words)


@transaction.atomic
def set_out(visit: Visit, *, by: User) -> None:
    """On the way."""
    _claim(visit, (State.PLANNED,), State.ON_THE_WAY, set_out_at=now())
    _note(visit, State.ON_THE_WAY, "", by)
    record(by, "cases.visit_moved", visit, after={"state": visit.state})


@transaction.atomic
def tell_delay(visit: Visit, *, by: User) -> None:
    """The customer was told that it will be later, before the window was over."""
    if visit.told_late_at is not None or now() > visit.ends_at:
        raise NotNow()
    _claim(visit, (State.PLANNED, State.ON_THE_WAY), visit.state, told_late_at=now())
    _note(visit, "delay_told", "", by)
    record(by, "cases.visit_delay_told", visit)


@transaction.atomic
def arrive(visit: Visit, *, by: User) -> None:
    """At the customer's."""
    _claim(visit, (State.PLANNED, State.ON_THE_WAY), State.ARRIVED, arrived_at=now())
    _note(visit, State.ARRIVED, "", by)
    record(by, "cases.visit_moved", visit, after={"state": visit.state})


@transaction.atomic
def finish_visit(visit: Visit, result: str, *, confirmed_by: str, by: User) -> None:
    """What was done, and the name of whoever confirmed it there."""
    words = demanded(result, 2000, field="result")
    if not confirmed_by.strip():
        raise BadInput(_("Say who confirmed it."), field="confirmed_by")
    _claim(visit, (State.ARRIVED,), State.DONE, ended_at=now(), result=words,
           confirmed_by=kept(confirmed_by, 60))  # fmt: skip
    _end(visit, State.DONE, words, by)


@transaction.atomic
def give_up_visit(visit: Visit, *, reason: str, is_cancelled: bool = False, by: User) -> None:
    """Not done (nobody there, a part is missing), or called off before anybody set out."""
    words = demanded(reason, 2000, field="reason")
    state = State.CANCELLED if is_cancelled else State.FAILED
    sources = (State.PLANNED,) if is_cancelled else Visit.LIVING
    _claim(visit, sources, state, ended_at=now(), result=words)
    _end(visit, state, words, by)


def _end(visit: Visit, state: str, words: str, by: User) -> None:
    _note(visit, state, words, by)
    settle_matter(_matter(visit))
    record(by, "cases.visit_moved", visit, after={"state": state}, reason=words)


@transaction.atomic
def add_visit_photo(visit: Visit, source: IO[Any], *, name: str, by: User) -> VisitPhoto:
    """Keep a photo from the place. Raises BadInput for what is no JPEG or PNG, or too much."""
    if visit.state not in (State.ARRIVED, State.DONE):
        raise NotNow()
    head, size = source.read(16), source.seek(0, 2)
    source.seek(0)
    if not picture_kind(head):
        raise BadInput(_("Only JPEG and PNG are taken."), field="photo")
    if size > MOST_BYTES:
        raise BadInput(_("A photo is at most 10 MB."), field="photo")
    if visit.photos.count() >= MOST:
        raise BadInput(_("A visit takes at most ten photos."), field="photo")
    stored = store_file(cast(BinaryIO, source), name=name, purpose="visit", by=by)
    photo = VisitPhoto.objects.create(visit=visit, file=stored)
    record(by, "cases.visit_photo_added", visit, after={"sha256": stored.sha256})
    return photo


def picture_kind(head: bytes) -> str:
    """What a picture is by its first bytes; empty for anything else."""
    return next((kind for begin, kind in HEADS if head.startswith(begin)), "")


def _require_window(begins_at: datetime, ends_at: datetime) -> None:
    if ends_at <= begins_at:
        raise BadInput(_("The window ends before it begins."), field="ends_at")
    if ends_at <= now():
        raise BadInput(_("Say by when: a time to come."), field="begins_at")


def _require_free(
    engineer: User, begins_at: datetime, ends_at: datetime, besides: int | None = None
) -> None:
    """The engineer's row is locked, so that two who plan at once do not both find it free."""
    User.objects.select_for_update().get(pk=engineer.pk)
    if overlapping(engineer, begins_at, ends_at, besides).exists():
        raise Overlaps()


def _claim(visit: Visit, sources: tuple[str, ...], state: str, **facts: Any) -> None:
    claimed = Visit.objects.filter(pk=visit.pk, state__in=sources).update(state=state, **facts)
    if not claimed:
        raise NotNow()
    visit.refresh_from_db()


def _note(visit: Visit, step: str, words: str, by: User) -> None:
    if visit.case is not None:
        note_event(
            visit.case, CaseEvent.Kind.VISIT, by=by, step=step, person=visit.engineer, text=words,
            expected_at=visit.begins_at if step in (State.PLANNED, "rebooked") else None,
        )  # fmt: skip


def _tell(visit: Visit, by: User) -> None:
    settle_matter(_matter(visit))
    if visit.engineer != by:
        tell(
            [visit.engineer], _("You have a visit"), is_todo=True, matter=_matter(visit),
            body=visit.purpose, url=reverse("cases:visit", args=[visit.pk]),
        )  # fmt: skip


def _matter(visit: Visit) -> str:
    return f"cases.visit/{visit.pk}"
