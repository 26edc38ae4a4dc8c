"""That a person's data were erased: what went, not whose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """One erasure (个人信息删除): why, by whom, and how many rows of each app it touched."""

    customer = models.OneToOneField(
        "customers.Customer", models.PROTECT, related_name="erasure", verbose_name=_("customer")
    )
    reason = models.CharField(_("reason"), max_length=300)
    erased_at = models.DateTimeField(_("erased at"))
    erased_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("erased by")
    )
    counts = models.JSONField(_("rows"), default=dict)

    class Meta:
        ordering = ["-erased_at", "-id"]
