"""People and companies that the centre serves; their identifiers are sealed from the start."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.core.encryption import unseal


class Customer(models.Model):
    """One customer. Everything that names a person stands in Identifier, sealed."""

    class Segment(models.TextChoices):
        UNKNOWN = "unknown", _("Unknown")
        ORDINARY = "ordinary", _("Ordinary")
        KEY = "key", _("Key customer")

    segment = models.CharField(
        _("segment"), max_length=12, choices=Segment, default=Segment.UNKNOWN
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"C{self.pk}"


class Identifier(models.Model):
    """One fact that identifies a customer: shown masked, found by its blind index."""

    class Kind(models.TextChoices):
        NAME = "name", _("Name")
        PHONE = "phone", _("Phone")
        ID_CARD = "id_card", _("ID card")
        BANK_CARD = "bank_card", _("Bank card")
        PLATE = "plate", _("Number plate")
        EMAIL = "email", _("E-mail")
        ADDRESS = "address", _("Address")
        ACCOUNT = "account", _("Account")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="identifiers")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    sealed = models.TextField()
    masked = models.CharField(_("value"), max_length=200)
    blind_index = models.CharField(max_length=64)

    class Meta:
        ordering = ["customer", "kind"]
        indexes = [models.Index(fields=["kind", "blind_index"])]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind", "blind_index"], name="identifier_once_per_customer"
            )
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def place(self) -> str:
        """Where the value is sealed for."""
        return f"customers.identifier|value|{self.pk}"

    def reveal(self) -> str:
        """The plain value; whoever calls this has recorded who asked and why."""
        return unseal(self.sealed, self.place)
