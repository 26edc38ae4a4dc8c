"""Handing a case to another unit (转交): it changes hands only when somebody there accepts."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, ClockKind, HandOver
from lingzhi.cases.queries.people import leaders_of, without_accused
from lingzhi.cases.services.claiming import claim, note_event
from lingzhi.cases.services.clocks import meet_clocks, repeat_dues, start_clocks
from lingzhi.cases.services.following import follow_case
from lingzhi.cases.services.moving import HandOverOpen
from lingzhi.cases.services.words import demanded
from lingzhi.cases.services.working import CaseClosed, give_to_do
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit

Kind = CaseEvent.Kind


class AlreadyAnswered(DomainError):
    message = _("This hand-over was answered already.")


@transaction.atomic
def ask_hand_over(case: Case, unit: Unit, *, reason: str, seen: int, by: User) -> HandOver:
    """Offer the case to a unit. Until it accepts, everything stays as it was."""
    if case.is_over:
        raise CaseClosed()
    if unit == case.unit:
        raise BadInput(_("The case is in this unit already."), field="unit")
    words = demanded(reason, 500, field="reason")
    claim(case, seen)
    try:
        with transaction.atomic():
            offer = HandOver.objects.create(
                case=case, unit=unit, reason=words, asked_at=now(), asked_by=by
            )
    except IntegrityError:
        raise HandOverOpen() from None
    note_event(case, Kind.HAND_OVER_ASKED, by=by, unit=unit, text=words)
    start_clocks(case, [ClockKind.HAND_OVER], unit=unit, by=by)
    repeat_dues(case)
    tell(
        without_accused(case, leaders_of(unit)), _("A case is offered to your unit"), is_todo=True,
        url=reverse("cases:case", args=[case.pk]), body=f"{case.number} {case.title}",
        matter=_matter(offer),
    )  # fmt: skip
    record(by, "cases.hand_over_asked", case, after={"unit": unit.pk}, reason=words)
    return offer


@transaction.atomic
def accept_hand_over(offer: HandOver, *, by: User) -> None:
    """The unit takes the case: whoever accepts handles it until somebody else is named."""
    _answer(offer, is_accepted=True, answer="", by=by)
    case = offer.case
    claim(case, case.revision, unit=offer.unit, handler=by)
    note_event(case, Kind.HAND_OVER_ACCEPTED, by=by, unit=offer.unit, person=by)
    follow_case(case, reason=offer.reason, by=by)
    give_to_do(case, by=by)
    _finish(offer, by)


@transaction.atomic
def return_hand_over(offer: HandOver, *, reason: str, by: User) -> None:
    """The unit does not take it, and says why; whoever offered it is told."""
    words = demanded(reason, 500, field="reason")
    _answer(offer, is_accepted=False, answer=words, by=by)
    note_event(offer.case, Kind.HAND_OVER_RETURNED, by=by, unit=offer.unit, text=words)
    tell(
        [offer.asked_by], _("Your hand-over was returned"), body=words,
        url=reverse("cases:case", args=[offer.case_id]),
    )  # fmt: skip
    _finish(offer, by)


def _answer(offer: HandOver, *, is_accepted: bool, answer: str, by: User) -> None:
    claimed = HandOver.objects.filter(pk=offer.pk, answered_at=None).update(
        answered_at=now(), answered_by=by, is_accepted=is_accepted, answer=answer
    )
    if not claimed:
        raise AlreadyAnswered()
    offer.refresh_from_db()


def _finish(offer: HandOver, by: User) -> None:
    case = offer.case
    meet_clocks(case, [ClockKind.HAND_OVER, *([ClockKind.OWN] if offer.is_accepted else [])], by=by)
    repeat_dues(case)
    settle_matter(_matter(offer))
    after = {"unit": offer.unit_id, "accepted": offer.is_accepted}
    record(by, "cases.hand_over_answered", case, after=after, reason=offer.answer)
    case.refresh_from_db()


def _matter(offer: HandOver) -> str:
    return f"cases.hand_over/{offer.pk}"
