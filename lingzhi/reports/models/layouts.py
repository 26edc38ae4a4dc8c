"""What reports of a kind look like (报告模板), in versions that the house writes itself."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.reports.models.kinds import Kind


class Layout(models.Model):
    """One version of the template of a kind of report.

    `content` holds the sections in their order, each with its own title, paragraphs with named
    facts, and what of it is shown (`lingzhi.reports.layouts`). It changes only as long as it is a
    draft; each keeping counts `revision` up. A kind without one in force looks as it is shipped.
    """

    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    in_force_at = models.DateTimeField(_("in force from"), null=True)
    in_force_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("in force until"), null=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True)

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="layout_number_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(in_force_at=None, dropped_at=None),
                name="layout_one_draft",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(in_force_at__isnull=False, ended_at=None),
                name="layout_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at=None, ended_at=None)
                | Q(in_force_at__isnull=False, dropped_at=None)
                & (Q(ended_at=None) | Q(ended_at__gte=F("in_force_at"))),
                name="layout_ends_after_it_began",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.in_force_at is None and self.dropped_at is None

    @property
    def is_in_force(self) -> bool:
        return self.in_force_at is not None and self.ended_at is None
