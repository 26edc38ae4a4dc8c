"""What lies beside a case: files, and people who want to hear of it."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case


class CaseFile(models.Model):
    """A file that belongs to a case (附件): a photo of the goods, a letter, a signed form.

    `added_by` is None where the customer sent it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="files")
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")
    note = models.CharField(_("what it shows"), max_length=200, blank=True)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.file_id}"


class Watcher(models.Model):
    """A person who hears of whatever happens to a case, without working on it (关注)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="watchers")
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(F("case"), F("person"), name="one_watch_a_person_and_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"
