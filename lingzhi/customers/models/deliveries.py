"""What was delivered to customers: projects, contracts, products (交付使用的项目)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.customers.models.notes import Note


class Delivery(Note):
    """One project, contract or product handed over; its day drives the age rules of follow-up.

    A product is bought on its day; a project or contract runs from then until `ended_on`.
    """

    class Kind(models.TextChoices):
        PROJECT = "project", _("Project")
        CONTRACT = "contract", _("Contract")
        PRODUCT = "product", _("Product")

    RUNNING = (Kind.PROJECT, Kind.CONTRACT)

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PRODUCT)
    number = models.CharField(_("order or contract number"), max_length=60)
    name = models.CharField(_("project or product"), max_length=120)
    code = models.CharField(_("part number"), max_length=60, blank=True, db_index=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    delivered_on = models.DateField(_("delivered on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        ordering = ["-delivered_on", "-id"]
        indexes = [
            models.Index(fields=["delivered_on"]),
            models.Index(fields=["customer", "delivered_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "code", "name"], name="customers_delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("delivered_on")),
                name="customers_delivery_ends_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
