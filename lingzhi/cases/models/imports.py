"""Cases that were another system's tickets (历史工单)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case


class ImportedCase(models.Model):
    """Where a case came from, and how the other system judged its time limit (None: it did not)."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="imported")
    source = models.SlugField(_("source"), max_length=40)
    external_id = models.CharField(_("number there"), max_length=80)
    batch = models.ForeignKey("imports.Batch", models.PROTECT, null=True, related_name="+")
    kept_limit = models.BooleanField(_("kept the limit, as judged there"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="case_imported_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"
