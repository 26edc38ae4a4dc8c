"""Joint inspections by several departments (联合稽查组, 督察制度)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JointInspection(models.Model):
    """Inspectors of several units look at one unit together, and sign one faithful record.

    `sha256` is of the record as it stood when the first of them signed: from then on nothing is
    added or changed. It is over when everybody has signed.
    """

    title = models.CharField(_("title"), max_length=120)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit inspected")
    )
    held_on = models.DateField(_("held on"))
    scope = models.TextField(_("what is looked at"), blank=True)
    led_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("led by")
    )
    opened_at = models.DateTimeField(_("opened at"))
    sha256 = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return self.title


class JointInspector(models.Model):
    """One inspector, for the unit that sent them, with their signature."""

    inspection = models.ForeignKey(JointInspection, models.CASCADE, related_name="inspectors")
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="joint_inspections", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    signed_at = models.DateTimeField(_("signed at"), null=True)
    remark = models.CharField(_("remark at signing"), max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "person"], name="inspector_once_a_joint"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.person_id}"


class JointRecord(models.Model):
    """One thing that was seen, classified."""

    class Class(models.TextChoices):
        GOOD = "good", _("Good practice")
        KEPT = "kept", _("Met")
        REMARK = "remark", _("Remark")
        MINOR = "minor", _("Minor fault")
        MAJOR = "major", _("Major fault")

    inspection = models.ForeignKey(JointInspection, models.CASCADE, related_name="records")
    classified = models.CharField(_("class"), max_length=6, choices=Class)
    words = models.CharField(_("what was seen"), max_length=1000)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(classified__in=("minor", "major")) | ~Q(evidence=""),
                name="fault_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.classified}"
