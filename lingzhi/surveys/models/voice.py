"""What sources speak of, laid on the dimensions of surveys (客户之声对照表, R-SV-18)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.surveys.models.scales import Dimension


class VoiceTerm(models.Model):
    """The dimension to which a word of one source belongs.

    `code` is the code of a cause of complaints, of a case type, of a kind of feedback or of a
    rule, or a phrase that customers write. `dimension` None: looked at, and of none of them. What
    has no row was not looked at yet.
    """

    class Source(models.TextChoices):
        CAUSE = "cause", _("Cause of complaints")
        TYPE = "type", _("Type of complaint")
        FEEDBACK = "feedback", _("Kind of feedback")
        RULE = "rule", _("Inspection rule")
        PHRASE = "phrase", _("Phrase that customers write")

    source = models.CharField(_("source"), max_length=8, choices=Source)
    code = models.CharField(_("code"), max_length=80)
    dimension = models.ForeignKey(
        Dimension, models.PROTECT, null=True, related_name="voice_terms",
        verbose_name=_("dimension"),
    )  # fmt: skip

    class Meta:
        ordering = ["source", "code"]
        constraints = [
            models.UniqueConstraint(fields=["source", "code"], name="voice_term_once")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.source} {self.code}"
