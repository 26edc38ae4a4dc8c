"""People and companies that the centre serves; their identifiers are sealed from the start."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.core.encryption import unseal


class Company(models.Model):
    """A company that is served (企业客户); the people there are its contact persons (联系人)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    number = models.CharField(_("registration number"), max_length=40, blank=True, db_index=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    business = models.CharField(_("line of business"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Customer(models.Model):
    """One customer (客户档案). Everything that names a person stands in Identifier, sealed.

    `merged_into` leads from a file that turned out to be of the same customer to the one that is
    kept. Once `erased_at` is set nothing of the person is left; the row stays for the counts.
    """

    company = models.ForeignKey(
        Company, models.SET_NULL, null=True, blank=True, related_name="people",
        verbose_name=_("company"),
    )  # fmt: skip
    post = models.CharField(_("post at the company"), max_length=60, blank=True)
    preferred_channel = models.CharField(_("preferred channel"), max_length=40, blank=True)
    preferred_times = models.CharField(_("when to reach"), max_length=80, blank=True)
    special_needs = models.CharField(_("special needs"), max_length=200, blank=True)
    manager = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("relationship manager"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("created by")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", verbose_name=_("merged into")
    )
    erased_at = models.DateTimeField(_("erased at"), null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"C{self.pk}"


class Identifier(models.Model):
    """One fact that identifies a customer: shown masked, found by its blind index.

    `tail` holds the last four characters where the mask shows them anyway (尾号).
    """

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
    tail = models.CharField(max_length=4, blank=True)

    class Meta:
        ordering = ["customer", "kind"]
        indexes = [
            models.Index(fields=["kind", "blind_index"]),
            models.Index(fields=["tail"], condition=~models.Q(tail=""), name="identifier_tail"),
        ]
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
