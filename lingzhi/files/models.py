"""Files that people bring in: recordings, imports, attachments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file in Django's storage, named by the server; the sender's name is only a label."""

    stored_as = models.CharField(max_length=200, unique=True)
    name = models.CharField(_("name"), max_length=200)
    purpose = models.CharField(_("purpose"), max_length=40, db_index=True)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    content_type = models.CharField(_("content type"), max_length=100, blank=True)
    stored_at = models.DateTimeField(_("stored at"))
    stored_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("stored by")
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
