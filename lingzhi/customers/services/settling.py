"""The second half of a note: compared, agreed to, invoiced, ended. Each happens once."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Delivery, FeeNotice, Need, Note
from lingzhi_engine.privacy import mask


class SettledAlready(DomainError):
    code = "settled_already"
    message = _("This was settled already.")


def _settle(row: Note, unsettled: dict[str, Any], by: User, **facts: Any) -> None:
    """Claim a row that is as `unsettled` says, write `facts`, and record it."""
    claimed = type(row)._default_manager.filter(pk=row.pk, **unsettled).update(**facts)
    if not claimed:
        raise SettledAlready()
    kind = row._meta.model_name
    record(by, "customers.note_settled", row.customer, after={"kind": kind, "row": row.pk})


@transaction.atomic
def compare_need(need: Need, *, provided: str, verdict: str, by: User) -> None:
    """Hold the service provided against what the customer expects (R-CS-04)."""
    if not provided.strip():
        raise BadInput(_("Say what was provided."), field="provided")
    moment = {"compared_at": now(), "compared_by": by}
    _settle(need, {"verdict": ""}, by, provided=mask(provided), verdict=verdict, **moment)


@transaction.atomic
def agree_fee(notice: FeeNotice, *, by: User) -> None:
    """The customer agreed to what was told (征得同意)."""
    _settle(notice, {"agreed_at": None}, by, agreed_at=now())


@transaction.atomic
def invoice_fee(notice: FeeNotice, *, invoice: str, by: User) -> None:
    """The invoice was handed out without being asked for (主动出具发票)."""
    if not invoice.strip():
        raise BadInput(_("This must be given."), field="invoice")
    _settle(notice, {"invoice": ""}, by, invoice=invoice.strip(), invoiced_at=now())


@transaction.atomic
def end_delivery(delivery: Delivery, *, ended_on: date, by: User) -> None:
    """A project or contract has ended. Raises BadInput for a day before it began."""
    if ended_on < delivery.delivered_on:
        raise BadInput(_("It cannot end before it began."), field="ended_on")
    _settle(delivery, {"ended_on": None}, by, ended_on=ended_on)
