"""Causes of complaints (客诉原因): quality or not, then codes that a centre extends."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language


class Cause(models.Model):
    """A line of the dictionary of causes. `industry` empty holds for all."""

    class Kind(models.TextChoices):
        QUALITY = "quality", _("Quality abnormality")
        OTHER = "other", _("Not of quality: human factor")

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("quality or not"), max_length=7, choices=Kind)
    industry = models.CharField(_("industry"), max_length=60, blank=True)
    title = models.JSONField(_("title"))
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["kind", "industry", "code"]

    def __str__(self) -> str:
        return in_language(self.title) or self.code
