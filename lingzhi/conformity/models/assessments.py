"""Assessment of what processing personal data does to people (个人信息保护影响评估)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

KEPT_YEARS = 3  # at least (个人信息保护法 Art. 56)


class Assessment(models.Model):
    """One assessment of one kind of processing, before it begins or anew at its review.

    It answers what Art. 56 asks: whether purpose and way are lawful and needed, what it does to
    people and what can go wrong, and whether the measures work and fit the risk. `facts` are what
    the program knew when it was last written (see `queries.processing`). Once approved it never
    changes and is never deleted; the next one `follows` it.
    """

    class Kind(models.TextChoices):
        RECORDING = "recording", _("Recording and transcripts of conversations")
        STAFF = "staff", _("Automatic evaluation and monitoring of staff")
        SENSITIVE = "sensitive", _("Sensitive personal data")
        SHARING = "sharing", _("Passing data on to others")
        PUBLICATION = "publication", _("Publishing cases, grades or results")

    class Risk(models.TextChoices):
        LOW = "low", _("Low risk")
        MEDIUM = "medium", _("Medium risk")
        HIGH = "high", _("High risk")

    class Conclusion(models.TextChoices):
        GO = "go", _("It may go on")
        AFTER = "after", _("It may go on once the measures are in place")
        STOP = "stop", _("It must not go on")

    kind = models.CharField(_("processing"), max_length=11, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("purpose, way and why it is needed"), max_length=4000)
    impact = models.TextField(_("what it does to people, and what can go wrong"), max_length=4000)
    risk = models.CharField(_("risk"), max_length=6, choices=Risk, blank=True)
    measures = models.TextField(_("protective measures"), max_length=4000)
    effect = models.TextField(_("do they work and fit the risk?"), max_length=4000, blank=True)
    conclusion = models.CharField(_("conclusion"), max_length=5, choices=Conclusion, blank=True)
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    facts = models.JSONField(default=dict)
    assessor = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("assessor")
    )
    written_at = models.DateTimeField(_("written at"))
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="followed_by", verbose_name=_("follows")
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None)
                | (~Q(risk="") & ~Q(conclusion="") & Q(review_on__isnull=False)),
                name="approved_assessment_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def label_of(cls, name: str) -> str:
        """How one of its parts is called."""
        return next(str(one.verbose_name) for one in cls._meta.fields if one.name == name)

    @property
    def kept_until(self) -> date | None:
        """It is kept at least up to this day; None before it is approved."""
        if self.approved_at is None:
            return None
        day = localdate(self.approved_at)
        try:
            return day.replace(year=day.year + KEPT_YEARS)
        except ValueError:  # 29 February
            return day.replace(year=day.year + KEPT_YEARS, month=3, day=1)
