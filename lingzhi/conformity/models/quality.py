"""Flaws of data (数据质量): what the nightly checks found, who mends it, and how it went."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DataFlaw(models.Model):
    """What one check found in the end, with the one unit that answers for it.

    `found` of `asked` records as of `counted_on`. CLEAN once nothing is found any more; found
    again it is OPEN again. Accepted it stays accepted, with the reason, while anything is found.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To be mended")
        MENDING = "mending", _("Being mended")
        ACCEPTED = "accepted", _("Accepted with a reason")
        CLEAN = "clean", _("No flaw found")

    code = models.CharField(_("code"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.CLEAN)
    owner = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("owner"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    found = models.PositiveIntegerField(_("found"), default=0)
    asked = models.PositiveIntegerField(_("checked"), default=0)
    counted_on = models.DateField(_("counted on"))
    changed_at = models.DateTimeField(_("changed at"), null=True)
    changed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="accepted") | ~Q(reason=""), name="accepted_flaw_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DataCount(models.Model):
    """How many records a check found on a day; `whole:` codes count those that have everything."""

    code = models.CharField(max_length=40)
    day = models.DateField(_("day"))
    found = models.PositiveIntegerField(_("found"))
    asked = models.PositiveIntegerField(_("checked"))

    class Meta:
        ordering = ["code", "day"]
        constraints = [
            models.UniqueConstraint(fields=["code", "day"], name="data_count_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"
