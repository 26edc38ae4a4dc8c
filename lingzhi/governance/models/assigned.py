"""What somebody was given to do, by a meeting or a review: a to-do until it is reported as done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Assigned(models.Model):
    """Who does what until when; done in words."""

    words = models.CharField(_("what has to be done"), max_length=300)
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("to be done by"))
    made_at = models.DateTimeField(_("written at"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    done_at = models.DateTimeField(_("done at"), null=True)
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    result = models.CharField(_("what was done"), max_length=500, blank=True)
    late_told_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(result__gt=""), name="%(class)s_done_in_words"
            )
        ]

    def __str__(self) -> str:
        return self.words[:80]
