"""Lists of cases that people come back to."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A list of cases under a name (常用视图). `query` is what `CaseFilterForm` reads.

    With `unit` everybody of that unit finds it, too; it shows to each what they may see.
    """

    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", models.CASCADE, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(F("person"), F("title"), name="one_view_a_title_and_person")
        ]

    def __str__(self) -> str:
        return self.title
