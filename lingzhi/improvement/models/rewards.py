"""Who proposed an improvement is thanked (改进建议奖励)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.improvement.models.rectifications import Rectification


class Reward(models.Model):
    """For one of us, or for a customer or guest by name (`who`): what was given."""

    rectification = models.ForeignKey(Rectification, models.CASCADE, related_name="rewards")
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("one of us"),
    )  # fmt: skip
    who = models.CharField(_("or somebody else"), max_length=80, blank=True)
    given = models.CharField(_("what is given"), max_length=200)
    given_at = models.DateTimeField(_("given at"))
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, who="") | Q(person=None, who__gt=""),
                name="reward_is_for_somebody",
                violation_error_message=_("Name either one of us or somebody else."),
            ),
            models.UniqueConstraint(
                fields=["rectification", "person"], name="rewarded_once_for_it"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.rectification_id} {self.given}"
