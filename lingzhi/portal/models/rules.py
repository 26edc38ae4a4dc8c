"""Rules of the house that customers may read, in plain words (服务承诺)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language


class PlainRule(models.Model):
    """A clause that is public, with what it means to a customer. Shown while the clause, by the
    number it has in its regulation, is in force."""

    regulation = models.ForeignKey("rulebook.Regulation", models.PROTECT, related_name="+")
    number = models.CharField(_("clause"), max_length=20)
    words = models.JSONField(_("in plain words"))
    order = models.PositiveSmallIntegerField(_("place in the list"), default=50)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return in_language(self.words)
