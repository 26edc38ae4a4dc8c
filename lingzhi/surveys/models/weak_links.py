"""Weak links (薄弱环节) that were given to a department, and its answer (R-SV-09)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WeakLink(models.Model):
    """A dimension that lies below its target in a unit, with the figures of that day.

    `before_…` are those of as many days before, `others_…` of the other units; nobody where there
    were none. `gap` is how far it lay below its target for certain, in shares.

    Who leads the unit answers by `due_on`: why it is so (`cause`) and what is done (`measures`).
    """

    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="weak_links", verbose_name=_("unit")
    )
    dimension = models.CharField(_("dimension"), max_length=40)
    satisfied = models.PositiveIntegerField(_("satisfied"))
    asked = models.PositiveIntegerField(_("who answered"))
    target = models.FloatField(_("target, %"))
    gap = models.FloatField(_("below its target by at least"), default=0.0)
    before_satisfied = models.PositiveIntegerField(_("satisfied before"), default=0)
    before_asked = models.PositiveIntegerField(_("who answered before"), default=0)
    others_satisfied = models.PositiveIntegerField(_("satisfied with the others"), default=0)
    others_asked = models.PositiveIntegerField(_("who answered about the others"), default=0)
    due_on = models.DateField(_("answer due on"))
    told_at = models.DateTimeField(_("given at"))
    told_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    cause = models.TextField(_("why it is so"), max_length=1000, blank=True)
    measures = models.TextField(_("what is done about it"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-told_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "dimension"], condition=Q(answered_at=None),
                name="one_open_weak_link",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(cause__gt="", measures__gt=""),
                name="weak_link_answered_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.dimension}"
