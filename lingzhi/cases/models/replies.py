"""Reply templates (答复模板): what agents tell customers and write to them, said well once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReplyTemplate(models.Model):
    """A text with gaps such as `{number}`. It is its owner's, or of a unit and what lies below it,
    or without both of the whole centre. What was said with it is not changed by changing it."""

    class Use(models.TextChoices):
        TELL = "tell", _("Telling the customer")
        NOTE = "note", _("Note on a case")
        RECEIVED = "received", _("Letter of receipt")
        PROGRESS = "progress", _("Letter on progress")
        DECISION = "decision", _("Letter of the decision")

    use = models.CharField(_("used for"), max_length=8, choices=Use)
    name = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("text"))
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["use", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(owner__isnull=True), name="reply_of_one_scope"
            )
        ]

    def __str__(self) -> str:
        return self.name
