"""What the house stands for (服务宗旨、文化理念、价值观): published and dated (R-CD-09)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.org.models.people import ends_after_it_starts


class Statement(models.Model):
    """One version of what a unit and everything below it stands for.

    A new version takes the place of the one before from its first day on; who published what when
    stays readable. A unit below may say the same in its own words: then both hold there.
    """

    class Kind(models.TextChoices):
        PURPOSE = "purpose", _("Purpose of service")
        PHILOSOPHY = "philosophy", _("Philosophy of service")
        VALUES = "values", _("Core values")
        POLICY = "policy", _("Quality policy")

    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="statements", verbose_name=_("unit")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=2000)
    change = models.CharField(_("what changed"), max_length=300, blank=True)
    from_on = models.DateField(_("in force from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        ordering = ["unit__path", "kind", "-number"]
        constraints = [
            ends_after_it_starts("statement_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["unit", "kind", "number"], name="statement_number_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=Q(to_on__isnull=True), name="statement_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.unit}"
