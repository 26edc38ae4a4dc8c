"""Lists as people like to see them: filters and order under a name of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """One person's name for the filters of one list. `page` is the list's name in the URL conf."""

    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page", "name"], name="saved_view_name_once_per_list"
            )
        ]

    def __str__(self) -> str:
        return self.name
