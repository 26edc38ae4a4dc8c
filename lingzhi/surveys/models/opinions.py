"""Opinions that supervisors ask customers for (征求宾客意见, R-SV-15), and how many."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SolicitedOpinion(models.Model):
    """What a customer said when asked on the spot; in `words` personal data are masked.

    `customer` is known only where a telephone number was left. Where something is to be done,
    `case` is the feedback case that answers.
    """

    class Kind(models.TextChoices):
        PRAISE = "praise", _("Praise")
        SUGGESTION = "suggestion", _("Suggestion")
        PROBLEM = "problem", _("Something was not good")
        NOTHING = "nothing", _("Nothing to say")

    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="solicited_opinions", verbose_name=_("outlet")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    words = models.TextField(_("in the customer's words"), max_length=2000, blank=True)
    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, null=True, related_name="solicited_opinions",
        verbose_name=_("customer"),
    )  # fmt: skip
    case = models.OneToOneField(
        "cases.Case", models.PROTECT, null=True, related_name="solicited_opinion",
        verbose_name=_("case"),
    )  # fmt: skip
    asked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="solicited_opinions",
        verbose_name=_("asked by"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked at"))

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["unit", "asked_at"], name="opinion_by_unit")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.asked_at:%F}"


class OpinionQuota(models.Model):
    """How many opinions a month are to be asked for in a unit and below it: each outlet, and each
    person who asks. The nearest one holds; 0 demands nothing."""

    unit = models.OneToOneField(
        "org.Unit", models.PROTECT, related_name="opinion_quota", verbose_name=_("unit")
    )
    an_outlet = models.PositiveSmallIntegerField(_("a month and outlet"), default=0)
    a_person = models.PositiveSmallIntegerField(_("a month and supervisor"), default=0)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["unit__path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(an_outlet__lte=999, a_person__lte=999), name="opinion_quota_is_sane"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.an_outlet}/{self.a_person}"
