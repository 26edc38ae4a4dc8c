"""Files of one and the same customer: merged, kept apart, and what was moved."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Merge(models.Model):
    """That the file `merged` went into `kept`, and whether that was undone."""

    kept = models.ForeignKey(
        "customers.Customer", models.PROTECT, related_name="merges", verbose_name=_("kept")
    )
    merged = models.ForeignKey(
        "customers.Customer", models.PROTECT, related_name="+", verbose_name=_("merged")
    )
    reason = models.CharField(_("reason"), max_length=300)
    merged_at = models.DateTimeField(_("merged at"))
    merged_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("merged by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )
    undo_reason = models.CharField(_("why it was undone"), max_length=300, blank=True)

    class Meta:
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="customers_merge_of_two"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="customers_merged_once"
            ),
        ]


class Moved(models.Model):
    """The rows of one column that a merge moved: undoing takes exactly these back."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="moved")
    column = models.CharField(max_length=100)  # app.model.field
    keys = models.JSONField(default=list)

    class Meta:
        ordering = ["column"]


class Likeness(models.Model):
    """Two files that look like one customer: by what, and whether somebody said they differ."""

    class Reason(models.TextChoices):
        SAME_IDENTIFIER = "identifier", _("The same phone, e-mail, account or ID card")
        SAME_NAME = "name", _("The same name at the same company")

    first = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    second = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    reason = models.CharField(_("why"), max_length=12, choices=Reason)
    found_at = models.DateTimeField(_("found at"))
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-found_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="customers_likeness_in_order"
            ),
            models.UniqueConstraint(fields=["first", "second"], name="customers_likeness_once"),
        ]
