"""What people say about the verdicts of rules, and how far a rule is trusted (信任闸门)."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi_engine.stats import TrustGate, TrustThresholds

from .reviews import Review
from .rules import RuleVersion

_PART = [MinValueValidator(0), MaxValueValidator(1)]


class LabelSource(models.TextChoices):
    """Where somebody said something about a verdict, the weakest word first."""

    ITEM = "item", _("Item of a score")
    FLAG = "flag", _("Flagged by the agent")
    MARK = "mark", _("Mark of an inspector")
    RECHECK = "recheck", _("Re-check")
    APPEAL = "appeal", _("Appeal")


class RuleLabel(models.Model):
    """What people say about one verdict of one version on one conversation.

    `said` is the verdict, `is_present` whether what the rule looks for is really there: a hit is
    right or wrong by it, a non-hit missed something or not. One row for each conversation and
    version, the one that counts: a stronger source replaces a weaker one. `inclusion` is the
    chance (0-1) with which the conversation came to be looked at; None where it was not chance:
    such a label never enters a rate that speaks for all. `is_overturned`: an appeal or a re-check
    took back a hit that had counted.
    """

    class Said(models.TextChoices):
        HIT = "hit", _("Hit")
        MISS = "miss", _("No hit")
        UNKNOWN = "unknown", _("Unknown")

    contact = models.ForeignKey("contacts.Contact", models.CASCADE, related_name="rule_labels")
    version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="labels")
    review = models.ForeignKey(Review, models.CASCADE, null=True, related_name="rule_labels")
    said = models.CharField(_("verdict"), max_length=7, choices=Said)
    is_present = models.BooleanField()
    source = models.CharField(_("where it comes from"), max_length=7, choices=LabelSource)
    inclusion = models.FloatField(_("chance of being taken"), null=True)
    is_overturned = models.BooleanField(_("overturned"), default=False)
    labelled_at = models.DateTimeField(_("labelled at"))
    labelled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("labelled by")
    )

    class Meta:
        ordering = ["-labelled_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "version"], name="one_label_a_verdict"),
        ]
        indexes = [models.Index(fields=["version", "said", "-labelled_at"])]

    def __str__(self) -> str:
        return f"{self.version_id} {self.contact_id} {self.said}"

    @property
    def is_right(self) -> bool | None:
        """Whether the rule was right; None where it could not judge."""
        if self.said == self.Said.UNKNOWN:
            return None
        return self.is_present == (self.said == self.Said.HIT)


class RuleTrust(models.Model):
    """How far a version in force is trusted, and the figures of the last time it was weighed.

    A version in shadow counts for nobody and a suspended one judges nothing: that stands in the
    version itself. Here stands only what is more: a version in force assists, an automatic one
    answers by itself. `ready_for` is the next stage where its figures reach it; a person decides.
    """

    version = models.OneToOneField(RuleVersion, models.PROTECT, related_name="trust")
    is_automatic = models.BooleanField(_("automatic"), default=False)
    ready_for = models.CharField(max_length=9, blank=True)
    since = models.DateTimeField(_("stage since"))
    evidence = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    weighed_at = models.DateTimeField(_("weighed at"), null=True)

    class Meta:
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.version_id}"


class TrustMove(models.Model):
    """A step of a version from one stage to another, with the figures that led to it."""

    version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="trust_moves")
    was = models.CharField(max_length=9)
    stage = models.CharField(max_length=9)
    reasons = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    note = models.CharField(_("reason"), max_length=500, blank=True)
    moved_at = models.DateTimeField(_("moved at"))
    moved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.was} {self.stage}"


def _part(words: Any, default: float) -> models.FloatField:
    return models.FloatField(words, default=default, validators=_PART)


def _number(words: Any, default: int) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(words, default=default, validators=[MinValueValidator(1)])


class TrustPolicy(models.Model):
    """What the company asks of a rule before it is trusted; without a row these defaults hold.

    Shares are compared with the limits of intervals, see docs/reference/statistics.md. `days` is
    how far back conversations are looked at.
    """

    assist_precision = _part(_("hits that are right, to assist"), 0.6)
    assist_reviews = _number(_("hits looked at, to assist"), 20)
    automatic_precision = _part(_("hits that are right, to be automatic"), 0.9)
    automatic_recall = _part(_("share of what is there that it finds, to be automatic"), 0.5)
    automatic_agreement = _part(_("agreement with people, to be automatic"), 0.8)
    automatic_reviews = _number(_("hits looked at, to be automatic"), 50)
    floor = _part(_("hits that are right, below which it is suspended"), 0.5)
    overturned = _part(_("overturned hits, above which it is automatic no more"), 0.05)
    overturned_far = _part(_("overturned hits, above which it is suspended"), 0.2)
    margin = _part(_("margin before it falls"), 0.02)
    reviews_to_fall = _number(_("hits looked at before it may fall"), 10)
    hits_to_fall = _number(_("hits open to appeal before it may fall"), 20)
    days = _number(_("days looked back"), 180)
    rises_by_itself = models.BooleanField(
        _("becomes automatic without a person's consent"), default=False
    )
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_trust_policy"),
        ]

    def __str__(self) -> str:
        return "trust"

    def thresholds(self) -> TrustThresholds:
        """The same for `lingzhi_engine.stats.decide_trust`."""
        return TrustThresholds(
            assist=TrustGate(self.assist_precision, 0.0, 0.0, self.assist_reviews),
            automatic=TrustGate(
                self.automatic_precision,
                self.automatic_recall,
                self.automatic_agreement,
                self.automatic_reviews,
            ),
            floor=self.floor,
            overturned=self.overturned,
            overturned_far=self.overturned_far,
            margin=self.margin,
            reviews_to_fall=self.reviews_to_fall,
            hits_to_fall=self.hits_to_fall,
        )
