"""Keeping what customers were asked and what came of it (I-48, I-49)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Cooldown, Customer, Outreach
from lingzhi.customers.queries.outreach import LONGEST, Why, may_ask


class MayNotAsk(DomainError):
    """The customer refused, did not consent, was asked recently, or the file is closed."""

    code = "may_not_ask"
    SENTENCES = {
        Why.REFUSED: _("The customer does not want to be asked for this."),
        Why.NO_CONSENT: _("The customer has not agreed to be turned to for this."),
        Why.ASKED_RECENTLY: _("The customer was asked only recently."),
        Why.CLOSED: _("This file was merged into another or erased."),
    }

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(self.SENTENCES[why])


@transaction.atomic
def record_ask(
    customer: Customer,
    purpose: str,
    *,
    by: User | None,
    channel: str = "",
    matter: str = "",
    is_repeat: bool = False,
) -> Outreach:
    """Keep that a customer is asked now. Raises MayNotAsk.

    Claimed under a lock on the customer, so two callers do not ask one person at once. A further
    attempt (`is_repeat`) need not wait for what was asked about the same `matter`.
    """
    Customer.objects.select_for_update().get(pk=customer.pk)
    permission = may_ask(customer, purpose, besides=matter if is_repeat else "")
    if not permission.is_given:
        raise MayNotAsk(permission.why)
    return Outreach.objects.create(
        customer=customer, purpose=purpose, channel=channel, matter=matter,
        asked_at=now(), asked_by=by,
    )  # fmt: skip


@transaction.atomic
def settle_ask(outreach: Outreach, outcome: str) -> None:
    """Keep what came of it. Nothing is changed once it was settled."""
    if outcome not in Outreach.Outcome.values or outcome == Outreach.Outcome.ASKED:
        raise BadInput(_("Say what came of it."), field="outcome")
    rows = Outreach.objects.filter(pk=outreach.pk, settled_at=None)
    rows.update(outcome=outcome, settled_at=now())


@transaction.atomic
def set_cooldown(purpose: str, *, same_days: int, any_days: int, by: User) -> Cooldown:
    """Set how many days customers are left alone (at most a year)."""
    if not 0 <= same_days <= LONGEST.days or not 0 <= any_days <= LONGEST.days:
        raise BadInput(_("From 0 to 366 days."), field="same_days")
    days = {"same_days": same_days, "any_days": any_days}
    row, _is_new = Cooldown.objects.update_or_create(purpose=purpose, defaults=days)
    record(by, "customers.cooldown_set", row, after={"purpose": purpose, **days})
    return row
