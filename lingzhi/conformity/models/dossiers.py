"""Audit files (审核文件): a regulation over some days as a document, kept as it was made."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Dossier(models.Model):
    """One file that somebody asked for: which version, of which unit and days, in which language.

    It is made in the background. The same evidence gives the same bytes: a file that was made
    before is then kept once, and both rows lead to it. `problem` says why none could be made.
    """

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        WORD = "docx", "Word"

    version = models.ForeignKey("rulebook.Version", models.PROTECT, related_name="dossiers")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    form = models.CharField(_("form"), max_length=4, choices=Form)
    language = models.CharField(_("language"), max_length=10)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), null=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="dossier_days_are_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.first_on} – {self.last_on}"


class DossierReceipt(models.Model):
    """Who took an audit file away, and when."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="receipts")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken at"))

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.person} {self.taken_at:%Y-%m-%d %H:%M}"
