"""What goes on outside about a complaint (调解、和解、仲裁): the body, its end, the papers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.complaints import Complaint


class Dispute(models.Model):
    """One proceeding before a body that is not ours; `result` once it ended."""

    class Kind(models.TextChoices):
        MEDIATION = "mediation", _("Mediation")
        SETTLEMENT = "settlement", _("Settlement")
        ARBITRATION = "arbitration", _("Arbitration")
        COURT = "court", _("Court")

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="disputes")
    kind = models.CharField(_("proceeding"), max_length=11, choices=Kind)
    body = models.CharField(_("body"), max_length=120)
    number = models.CharField(_("their own number"), max_length=60, blank=True)
    began_on = models.DateField(_("began on"))
    result = models.CharField(_("result"), max_length=1000, blank=True)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.body}"


class DisputePaper(models.Model):
    """A document of a proceeding; the file itself stands in `files`, with its SHA-256."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="papers")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
