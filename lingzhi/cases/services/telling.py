"""Telling the customer, and what they say to it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, ClockKind
from lingzhi.cases.services.claiming import claim, note_event
from lingzhi.cases.services.clocks import (
    call_off_clocks,
    meet_clocks,
    repeat_dues,
    start_clocks,
    start_promise,
)
from lingzhi.cases.services.words import demanded, kept
from lingzhi.cases.services.working import CaseClosed
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter

Kind = ClockKind
# What a customer can say; that one was not reached nobody says.
SAID = tuple(one for one in Case.Satisfaction.values if one != Case.Satisfaction.UNREACHED)


class NothingToldYet(DomainError):
    message = _("Tell the customer the result first.")


@dataclass(frozen=True, slots=True)
class Told:
    """What the customer was told (告知): how it is handled or why, until when, and how they hear.

    While the case is open all three are demanded (处理方式、预计时限、后续联系方式). The time is a
    promise with a clock of its own. Once it is solved, `method` is the result.
    """

    method: str
    expected_at: datetime | None = None
    way: str = ""


@transaction.atomic
def tell_customer(case: Case, told: Told, *, of: Case | None = None, seen: int, by: User) -> None:
    """Record what the customer was told now: it answers the clocks that waited for a word.

    `of` is the incident whose customers were all told the same.
    """
    if case.is_closed:
        raise CaseClosed()
    words = demanded(told.method, 2000, field="method")
    _require_whole(case, told)
    claim(case, seen, **({"fed_back_at": now()} if case.is_over else {}))
    note_event(
        case, CaseEvent.Kind.TOLD, by=by, text=words, is_public=True, way=told.way,
        expected_at=told.expected_at, other=of,
    )  # fmt: skip
    meet_clocks(case, [Kind.FIRST_RESPONSE, Kind.UPDATE], by=by)
    settle_matter(f"cases.case/{case.pk}/promise")
    if case.is_over:
        meet_clocks(case, [Kind.FEEDBACK, Kind.PROMISE], by=by)
    elif told.expected_at is not None:
        call_off_clocks(case, [Kind.PROMISE], reason="another time was told", by=by)
        start_promise(case, told.expected_at, by=by)
        start_clocks(case, [Kind.UPDATE], by=by)
    repeat_dues(case)
    record(by, "cases.customer_told", case, after={"expected": str(told.expected_at or "")})
    case.refresh_from_db()


def _require_whole(case: Case, told: Told) -> None:
    if told.way not in CaseEvent.Way.values or (not told.way and not case.is_over):
        raise BadInput(_("Say how the customer will hear from you."), field="way")
    if case.is_over:
        return
    if told.expected_at is None or told.expected_at <= now():
        raise BadInput(_("Say by when: a time to come."), field="expected_at")


@transaction.atomic
def record_answer(
    case: Case, satisfaction: str, *, objection: str = "", seen: int, by: User | None
) -> None:
    """What the customer says to the result: only then may the case be closed (R-TK-17).

    `by` is None where they said it themselves.
    """
    if case.is_closed:
        raise CaseClosed()
    if not (case.is_over and case.fed_back_at):
        raise NothingToldYet()
    if satisfaction not in SAID:
        raise BadInput(_("Choose what the customer says."), field="satisfaction")
    objects = satisfaction == Case.Satisfaction.OBJECTS
    words = demanded(objection, 500, field="objection") if objects else kept(objection, 500)
    claim(case, seen, satisfaction=satisfaction, objection=words)
    note_event(case, CaseEvent.Kind.ANSWERED, by=by, text=words, step=satisfaction)
    record(by, "cases.answer_recorded", case, after={"satisfaction": satisfaction})
    case.refresh_from_db()
