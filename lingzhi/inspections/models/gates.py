"""The quality gate (不合格决不放行): what must pass a sheet before it leaves the house."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .sheets import Sheet, SheetVersion


class Gate(models.Model):
    """One kind of deliverable that a sheet guards, such as a reply in writing or a notice.

    `kind` is what other apps ask by (`queries.gates.may_deliver`).
    """

    kind = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("what is delivered"), max_length=120)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("whose deliverables")
    )
    sheet = models.ForeignKey(
        Sheet, models.PROTECT, related_name="gates", verbose_name=_("score sheet")
    )
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("set by")
    )
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class GateCheck(models.Model):
    """One check of one deliverable: the newest of a reference counts; none ever changes.

    What failed is blocked until a later check passes, or until somebody authorised lets it
    through with a reason.
    """

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="checks")
    reference = models.CharField(_("reference"), max_length=120)
    version = models.ForeignKey(SheetVersion, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    value = models.DecimalField(_("score"), max_digits=9, decimal_places=2, null=True)
    is_passed = models.BooleanField(_("passed"))
    checked_at = models.DateTimeField(_("checked at"))
    checked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("checked by")
    )
    released_at = models.DateTimeField(_("let through at"), null=True)
    released_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+",
        verbose_name=_("let through by"),
    )  # fmt: skip
    release_reason = models.CharField(_("why it was let through"), max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None) | (Q(is_passed=False) & ~Q(release_reason="")),
                name="let_through_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["gate", "reference", "-id"])]

    def __str__(self) -> str:
        return f"{self.gate_id} {self.reference}"

    @property
    def may_leave(self) -> bool:
        """Whether this check lets the deliverable out."""
        return self.is_passed or self.released_at is not None
