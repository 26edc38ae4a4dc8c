"""The yearly demand campaign: opened in December, each customer once, whom is still missing."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Campaign, CampaignEntry, Customer
from lingzhi.customers.queries.campaigns import expected
from lingzhi.customers.services.notes import note
from lingzhi.notifications.services import settle_matter, tell
from lingzhi_engine.privacy import mask


class OpenAlready(DomainError):
    code = "open_already"
    message = _("The campaign of this year is open already.")


class EnteredAlready(DomainError):
    code = "entered_already"
    message = _("This customer has its entry in this campaign.")


def matter_of(campaign: Campaign) -> str:
    """What notices about it are about."""
    return f"customers.campaign/{campaign.pk}"


@transaction.atomic
def open_campaign(year: int, *, gift: str = "", by: User | None) -> Campaign:
    """Open the campaign of `year`, 1 to 31 December; relationship managers have it as a to-do.

    Raises OpenAlready the second time.
    """
    from_on, to_on = date(year, 12, 1), date(year, 12, 31)
    made, is_new = Campaign.objects.get_or_create(
        year=year, defaults={"from_on": from_on, "to_on": to_on, "gift": gift}
    )
    if not is_new:
        raise OpenAlready()
    record(by, "customers.campaign_opened", made, after={"year": year, "gift": gift})
    managers = User.objects.filter(pk__in=expected(made).exclude(manager=None).values("manager"))
    title = _("New-Year gifts and next year's demand: ask your customers")
    address = reverse("customers:campaign", args=[made.pk])
    tell(managers, title, url=address, is_todo=True, matter=matter_of(made))
    return made


@transaction.atomic
def enter(
    campaign: Campaign,
    customer: Customer,
    *,
    gift_on: date | None = None,
    plan: str = "",
    amount: Decimal | None = None,
    by: User,
) -> CampaignEntry:
    """Keep the gift and the plan of one customer; what is not there yet may follow.

    Raises EnteredAlready where nothing is left to add.
    """
    if gift_on is None and not plan.strip():
        raise BadInput(_("Say when the gift was sent, or what the customer plans."), field="plan")
    given = {"gift_on": gift_on, "plan": mask(plan.strip()), "amount": amount}
    entry = CampaignEntry.objects.filter(campaign=campaign, customer=customer).first()
    if entry is None:
        entry = note(CampaignEntry(campaign=campaign, customer=customer, **given), by=by)
    else:
        _complete(entry, given, by)
    if not expected(campaign).exclude(campaignentry_rows__campaign=campaign).exists():
        settle_matter(matter_of(campaign))
    return entry


def _complete(entry: CampaignEntry, given: dict[str, Any], by: User) -> None:
    """Add what the entry does not say yet; what it says stays."""
    news = {name: one for name, one in given.items() if one and not getattr(entry, name)}
    if not news:
        raise EnteredAlready()
    CampaignEntry.objects.filter(pk=entry.pk).update(**news)
    record(by, "customers.noted", entry.customer, after={"kind": "campaignentry", "row": entry.pk})
