"""The yearly demand campaign (新年礼品与次年需求计划): a gift, and what the next year needs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.customers.models.notes import Note


class Campaign(models.Model):
    """The campaign at the end of `year` for the plans of the year after."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    gift = models.CharField(_("gift"), max_length=120, blank=True)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="customers_campaign_ends_after"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class CampaignEntry(Note):
    """What came of the campaign with one customer: the gift sent, the plan of the next year."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="entries", verbose_name=_("campaign")
    )
    gift_on = models.DateField(_("gift sent on"), null=True, blank=True)
    plan = models.TextField(_("demand plan of the next year"), max_length=2000, blank=True)
    amount = models.DecimalField(
        _("planned amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta(Note.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "customer"], name="customers_campaign_entry_once"
            )
        ]
