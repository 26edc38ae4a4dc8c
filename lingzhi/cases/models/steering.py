"""That a customer was told of a channel that suits the matter better, beside their case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case


class Steering(models.Model):
    """What a customer said when an agent recommended another way; once a case."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="steering")
    rule = models.ForeignKey("contacts.SteeringRule", models.PROTECT, related_name="+")
    is_taken = models.BooleanField(_("taken by the customer"))
    told_at = models.DateTimeField(_("told at"))
    told_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        ordering = ["-told_at"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.is_taken}"
