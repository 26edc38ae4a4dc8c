"""What was found when a service or the quality policy was looked at again (定期评审)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DirectoryReview(models.Model):
    """One review of a version of a service or of the policy. Nothing of it changes later."""

    class Outcome(models.TextChoices):
        KEPT = "kept", pgettext_lazy("of a review", "Kept as it is")
        CHANGED = "changed", pgettext_lazy("of a review", "To be changed")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a review", "Withdrawn")

    entry = models.ForeignKey(
        "governance.ServiceEntry", models.PROTECT, null=True, related_name="reviews"
    )
    policy = models.ForeignKey(
        "governance.PolicyVersion", models.PROTECT, null=True, related_name="reviews"
    )
    due_on = models.DateField(_("due on"))
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=300)
    said_at = models.DateTimeField(_("reviewed at"))
    said_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry=None, policy__isnull=False)
                | Q(entry__isnull=False, policy=None),
                name="directory_review_of_one_thing",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.entry_id or self.policy_id} {self.due_on}"
