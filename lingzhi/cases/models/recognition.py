"""Recognising what a new case is about (自动识别与分派): rules first, then what was learned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case
from lingzhi.cases.models.types import CaseClass, CaseType, Priority
from lingzhi_engine.stats import Rate


class RecognitionRule(models.Model):
    """By what a matter is recognised, and what it then is. The first in order that fits wins.

    `words` are one a line; one of them in subject, description or demand is enough. So is one of
    `hits`, codes of inspection rules (规则命中), in the conversation the case is opened from. What
    is left empty does not narrow, and what the rule does not say the type says. `finds_person`
    gives the case to whoever of the unit knows the type best and has room. Rows in use never
    change but for their end.
    """

    title = models.CharField(_("title"), max_length=80)
    order = models.PositiveSmallIntegerField(_("place in the order"), default=50)
    words = models.TextField(_("words, one a line"), max_length=2000, blank=True)
    channel = models.ForeignKey(
        "contacts.Channel", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("channel"),
    )  # fmt: skip
    segment = models.ForeignKey(
        "customers.Segment", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("customer class"),
    )  # fmt: skip
    hits = models.JSONField(default=list, blank=True)
    type = models.ForeignKey(
        CaseType, models.PROTECT, related_name="+", verbose_name=_("case type")
    )
    case_class = models.CharField(_("case class"), max_length=8, choices=CaseClass, blank=True)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, null=True, blank=True
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    finds_person = models.BooleanField(
        _("goes at once to whoever of the unit knows the type best and has room"), default=False
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="")
                | Q(channel__isnull=False)
                | Q(segment__isnull=False)
                | ~Q(hits=[]),
                name="recognised_by_something",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def word_list(self) -> list[str]:
        """The words, each once, without empty lines."""
        return list(dict.fromkeys(filter(None, map(str.strip, self.words.splitlines()))))


class LearnedModel(models.Model):
    """What was learned from the centre's own closed cases, and how good it was on held-back ones.

    `right` of `measured` cases got their type or unit from a model that had not seen them;
    `examples` counts different texts, `version` stands for what it learned from. Only the newest
    row of a target has its `weights`.
    """

    class Target(models.TextChoices):
        TYPE = "type", _("Case type")
        UNIT = "unit", _("Unit")

    target = models.CharField(_("what is recognised"), max_length=4, choices=Target)
    version = models.CharField(_("version"), max_length=16)
    trained_at = models.DateTimeField(_("learned at"))
    examples = models.PositiveIntegerField(_("closed cases"))
    right = models.PositiveIntegerField()
    measured = models.PositiveIntegerField()
    weights = models.BinaryField(default=bytes)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.target} {self.version}"

    @property
    def accuracy(self) -> Rate:
        """How many of the held-back cases it recognised."""
        return Rate(self.right, self.measured)


class Recognition(models.Model):
    """What a new case was recognised as: by a rule, or by what was learned (`certainty`, 0-1).

    `hits` are the rule's inspection rules that had hit in the conversation. `is_acted_on` is False
    where it was only proposed and a person chose.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="recognition")
    rule = models.ForeignKey(
        RecognitionRule, models.PROTECT, null=True, related_name="recognitions"
    )
    learned = models.ForeignKey(
        LearnedModel, models.PROTECT, null=True, related_name="recognitions"
    )
    type = models.ForeignKey(CaseType, models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    hits = models.JSONField(default=list)
    certainty = models.FloatField(null=True)
    is_acted_on = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rule__isnull=False, learned=None, certainty=None)
                | Q(rule=None, learned__isnull=False, certainty__isnull=False),
                name="recognised_one_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.type_id}"


class RecognitionSettings(models.Model):
    """What the assistant may do: one row; without it these defaults hold.

    It acts by itself where it is certain to `acts_from` per cent; None: never. It says nothing
    before `least` closed cases.
    """

    acts_from = models.PositiveSmallIntegerField(
        _("acts by itself from this certainty on, %; empty: never"), null=True, blank=True
    )
    least = models.PositiveIntegerField(_("closed cases to learn from, at least"), default=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acts_from=None) | Q(acts_from__gte=50, acts_from__lte=100),
                name="assistant_acts_when_certain",
            )
        ]

    def __str__(self) -> str:
        return "recognition"
