"""Typical conversations to learn from (典型案例)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .appeals import Appeal
from .reviews import Review


class TypicalCase(models.Model):
    """A typical good or bad conversation from inspections, as a masked excerpt with its lesson.

    Its life: proposed, approved (from then on agents see it), retired. `excerpt` holds the turns
    that were chosen, `{"seq", "role", "text"}` each, copied with masked words: what happens to the
    conversation later does not change the lesson, and the case names no customer. `words` is
    everything in it folded for search.
    """

    class Kind(models.TextChoices):
        GOOD = "good", _("Exemplary")
        BAD = "bad", _("Cautionary")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("In the library")
        RETIRED = "retired", _("Retired")

    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind of case"), max_length=4, choices=Kind)
    why = models.TextField(_("why it is typical"))
    dimension = models.CharField(_("dimension"), max_length=40, blank=True, db_index=True)
    item = models.CharField(_("item of the score sheet"), max_length=200, blank=True)
    tags = models.JSONField(_("tags"), default=list)
    excerpt = models.JSONField(_("excerpt"), default=list)
    contact = models.ForeignKey(
        "contacts.Contact", models.SET_NULL, null=True, related_name="typical_cases",
        verbose_name=_("conversation"),
    )  # fmt: skip
    review = models.ForeignKey(Review, models.SET_NULL, null=True, related_name="typical_cases")
    appeal = models.ForeignKey(Appeal, models.SET_NULL, null=True, related_name="typical_cases")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    changed_at = models.DateTimeField(_("changed at"))
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    retired_at = models.DateTimeField(_("retired at"), null=True)
    retire_reason = models.CharField(_("reason for retiring"), max_length=500, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["-approved_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="typical_case_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="retired") | Q(retired_at__isnull=False),
                name="typical_case_retired_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "kind", "-approved_at"])]

    def __str__(self) -> str:
        return self.title
