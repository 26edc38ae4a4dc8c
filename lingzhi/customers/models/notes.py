"""What is noted about a customer: each row has its moment and its person, and stays."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Note(models.Model):
    """One row about a customer. Its free words are stored masked (see `services.notes`)."""

    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, related_name="%(class)s_rows",
        verbose_name=_("customer"),
    )  # fmt: skip
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("noted by")
    )

    class Meta:
        abstract = True
        ordering = ["-noted_at", "-id"]
