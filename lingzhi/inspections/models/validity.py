"""Whether items of a sheet have to do with what customers do afterwards (评分项效度)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .sheets import Sheet


class ItemValidity(models.Model):
    """One item of a sheet against one outcome: four counts of scored conversations.

    Of `failed_count` in which the item failed `failed_bad` had the outcome, of `fine_count` in
    which it did not fail `fine_bad`. Where the outcome is not known a conversation is in none.
    """

    class Outcome(models.TextChoices):
        DISSATISFIED = "dissatisfied", _("Dissatisfied")
        REPEAT = "repeat", _("Came again within 7 days")
        COMPLAINT = "complaint", _("Complained within 30 days")

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="validities")
    item = models.CharField(_("item"), max_length=40)
    outcome = models.CharField(_("what follows"), max_length=12, choices=Outcome)
    failed_count = models.PositiveIntegerField()
    failed_bad = models.PositiveIntegerField()
    fine_count = models.PositiveIntegerField()
    fine_bad = models.PositiveIntegerField()
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        ordering = ["sheet", "item", "outcome"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "item", "outcome"], name="item_against_outcome_once"
            ),
            models.CheckConstraint(
                condition=Q(failed_bad__lte=F("failed_count")) & Q(fine_bad__lte=F("fine_count")),
                name="no_more_outcomes_than_scores",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.item} {self.outcome}"
