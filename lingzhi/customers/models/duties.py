"""What a customer has to be told: risks, fees and rights."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.customers.models.notes import Note


class RiskWarning(Note):
    """A warning of a risk that was sent to a customer (风险提示)."""

    risk = models.CharField(_("risk"), max_length=120)
    words = models.TextField(_("words of the warning"), max_length=1000)
    channel = models.CharField(_("channel"), max_length=40)
    is_acknowledged = models.BooleanField(_("the customer confirmed it"), default=False)


class FeeNotice(Note):
    """That fees, how they are charged, and the customer's rights were told (主动告知费用).

    `agreed_at` is when the customer agreed, empty where that did not happen; an invoice follows
    (主动出具发票).
    """

    matter = models.CharField(_("what is charged for"), max_length=120)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    method = models.CharField(_("how it is charged"), max_length=200)
    rights = models.CharField(_("rights told"), max_length=300, blank=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    invoice = models.CharField(_("invoice number"), max_length=60, blank=True)
    invoiced_at = models.DateTimeField(_("invoiced at"), null=True)

    class Meta(Note.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(invoice="", invoiced_at=None)
                | (~Q(invoice="") & Q(invoiced_at__isnull=False)),
                name="customers_invoice_has_its_moment",
            )
        ]
