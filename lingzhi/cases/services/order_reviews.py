"""Reviewing the answer (审核), and having it done again (重办、发回重办)."""

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, WorkOrder
from lingzhi.cases.queries.dispatch import living_orders, main_order
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.clocks import repeat_dues
from lingzhi.cases.services.dispatching import Ending, Sending, end_order, send_order
from lingzhi.cases.services.moving import NoSuchStep, move_case
from lingzhi.cases.services.words import demanded, kept
from lingzhi.core.errors import DomainError
from lingzhi.notifications.services import tell

Kind = CaseEvent.Kind


class OwnAnswer(DomainError):
    message = _("Whoever handled the case does not review it.")


@transaction.atomic
def pass_review(case: Case, *, words: str = "", seen: int, by: User) -> None:
    """The answer is good: the customer may be told. Never by who signed for it or answered."""
    require_other_hands(case, by)
    move_case(case, "pass", seen=seen, reason=words, by_act=True, by=by)
    note_event(case, Kind.REVIEWED, by=by, text=kept(words, 500))
    tell(
        [case.handler or case.owner], _("An answer passed its review: call the customer"),
        body=f"{case.number} {case.title}", url=reverse("cases:case", args=[case.pk]),
    )  # fmt: skip
    record(by, "cases.review_passed", case, reason=words)


def require_other_hands(case: Case, by: User) -> None:
    """Raise OwnAnswer where this person handled the case for a unit."""
    handled = living_orders(case).values_list("signed_by", "answered_by")
    if any(by.pk in pair for pair in handled):
        raise OwnAnswer()


@transaction.atomic
def redo_case(case: Case, *, reason: str, seen: int, by: User) -> WorkOrder:
    """Send it back to the units that answered: a new cycle, with new orders and new clocks.

    After the review (发回重办) as well as after a customer who is not content (重办).
    """
    words = demanded(reason, 500, field="reason")
    main = main_order(case)
    if main is None:
        raise NoSuchStep()
    if case.state == "answered":
        require_other_hands(case, by)
    was_over = case.is_over
    move_case(case, "redo", seen=seen, reason=words, by_act=True, by=by)
    if not was_over:  # reopening has counted it already
        Case.objects.filter(pk=case.pk).update(cycle=F("cycle") + 1)
        case.refresh_from_db()
    again = main
    for order in list(living_orders(case)):
        if order.answered_at is None:
            continue
        end_order(order, Ending.REDONE, words, by=by)
        sent = send_order(
            case, order.role, order.unit, Sending(order.unit, (), order.matter, words),
            is_final=order.is_final, by=by,
        )  # fmt: skip
        again = sent if sent.is_main else again
    note_event(case, Kind.REDONE, by=by, unit=again.unit, text=words)
    repeat_dues(case)
    record(by, "cases.sent_back", case, after={"cycle": case.cycle}, reason=words)
    return again
