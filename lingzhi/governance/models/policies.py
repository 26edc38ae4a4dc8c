"""Versions of the quality policy (质量方针) on their way to being in force (R-AU-03)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.governance.models.goals import Goal


class PolicyVersion(models.Model):
    """A text that leadership is asked to put into force for a unit and everything below it.

    Published, it is the `statement` that everybody reads; that one says from when to when it
    holds. `review_on` is the day by which its owner looks at it again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        ASKED = "asked", _("Waiting for approval")
        PUBLISHED = "published", pgettext_lazy("of a policy", "Published")
        DROPPED = "dropped", pgettext_lazy("of a policy", "Dropped")

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    text = models.TextField(_("text"), max_length=2000)
    change = models.CharField(_("what changed"), max_length=300, blank=True)
    from_on = models.DateField(
        _("in force from"),
        help_text=_("Not before the day it is approved."),
    )  # fmt: skip
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("who answers for it"),
        help_text=_("Is asked two weeks before each review is due."),
    )  # fmt: skip
    every_months = models.PositiveSmallIntegerField(
        _("reviewed every"), choices=Goal.Every, default=Goal.Every.YEAR
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    statement = models.OneToOneField("org.Statement", models.PROTECT, null=True, related_name="+")
    review_on = models.DateField(_("next review"), null=True)
    told_on = models.DateField(null=True)
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["unit__path", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(statement__isnull=False, approved_by__isnull=False, review_on__isnull=False),
                name="policy_published_after_approval",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state__in=["draft", "asked"]),
                name="one_next_policy_of_a_unit",
                violation_error_message=_("A next version is being written already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{_('Quality policy')} · {self.unit}"
