"""Scales (量表) and the dimensions that questions are about (评价维度)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language


class Scale(models.Model):
    """How a judgement is given as a number (量表).

    From `satisfied_from` on a customer counts as satisfied (of NPS: promoter), up to
    `dissatisfied_to` as dissatisfied (detractor); between the two they are neither. `labels` are
    the words of each number, by language. Its numbers never change: answers are read by them.
    """

    class Kind(models.TextChoices):
        SCALE = "scale", _("Rating scale")
        CSAT = "csat", _("CSAT")
        NPS = "nps", _("NPS")
        CES = "ces", _("CES")

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.JSONField(_("title"))
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.SCALE)
    lowest = models.PositiveSmallIntegerField(_("lowest"))
    highest = models.PositiveSmallIntegerField(_("highest"))
    satisfied_from = models.PositiveSmallIntegerField(_("satisfied from"))
    dissatisfied_to = models.PositiveSmallIntegerField(_("dissatisfied up to"))
    labels = models.JSONField(_("words of the numbers"), default=dict, blank=True)
    order = models.PositiveSmallIntegerField(default=50)
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lowest__lte=F("dissatisfied_to"), highest__gte=F("satisfied_from"))
                & Q(dissatisfied_to__lt=F("satisfied_from")),
                name="scale_has_its_cut_offs",
            )
        ]

    def __str__(self) -> str:
        return in_language(self.title) or self.code

    @property
    def numbers(self) -> range:
        """What can be chosen."""
        return range(self.lowest, self.highest + 1)

    def label_of(self, number: int) -> str:
        """The words of a number in the reader's language; empty where it has none."""
        return in_language(self.labels.get(str(number)) or {})

    @property
    def steps(self) -> list[tuple[int, str]]:
        """Each number with its words."""
        return [(number, self.label_of(number)) for number in self.numbers]


class Dimension(models.Model):
    """What a judgement is about (评价维度): attitude, efficiency, content, …

    A version whose occasion is a service or a complaint must ask about every required one.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.JSONField(_("title"))
    is_required = models.BooleanField(_("required"), default=False)
    order = models.PositiveSmallIntegerField(default=50)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return in_language(self.title) or self.code
