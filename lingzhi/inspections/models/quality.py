"""How good inspectors' scores are: known answers, comparisons, and dated estimates."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .calibrations import CalibrationScore, CalibrationTalk
from .reviews import Review
from .sheets import Sheet, SheetVersion


class GoldStandard(models.Model):
    """A conversation whose answers are known: given to inspectors among their normal work."""

    contact = models.ForeignKey("contacts.Contact", models.CASCADE, related_name="gold_standards")
    version = models.ForeignKey(SheetVersion, models.PROTECT, related_name="gold_standards")
    talk = models.ForeignKey(
        CalibrationTalk, models.SET_NULL, null=True, related_name="gold_standards"
    )
    answers = models.JSONField()
    value = models.DecimalField(_("score"), max_digits=9, decimal_places=2, null=True)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "version"], condition=Q(retired_at=None),
                name="one_gold_standard_in_use",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.contact_id} {self.version_id}"


class Comparison(models.Model):
    """An inspector's answers about one conversation held against others' or against known ones.

    `equal` of `items` were answered alike; `points` is the own score less the other one. Either a
    `review` is compared, or a `score` of a calibration.
    """

    class Kind(models.TextChoices):
        SECOND = "second", _("Second score")
        GOLD = "gold", _("Gold task")
        RECHECK = "recheck", _("Re-check")
        AGREED = "agreed", _("Calibration")

    kind = models.CharField(_("held against"), max_length=7, choices=Kind)
    inspector = models.ForeignKey("accounts.User", models.PROTECT, related_name="comparisons")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.CASCADE, null=True, related_name="comparisons")
    score = models.ForeignKey(
        CalibrationScore, models.CASCADE, null=True, related_name="comparisons"
    )
    items = models.PositiveSmallIntegerField(_("items"))
    equal = models.PositiveSmallIntegerField(_("answered alike"))
    points = models.DecimalField(_("points apart"), max_digits=9, decimal_places=2, null=True)
    compared_at = models.DateTimeField(_("compared at"))

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "review"], name="review_compared_once_a_kind"),
            models.UniqueConstraint(fields=["score"], name="calibration_score_compared_once"),
            models.CheckConstraint(
                condition=Q(review__isnull=False, score=None) | Q(review=None, score__isnull=False),
                name="comparison_of_one_score",
            ),
            models.CheckConstraint(
                condition=Q(equal__lte=models.F("items")), name="comparison_counts_fit"
            ),
        ]
        indexes = [models.Index(fields=["inspector", "sheet", "compared_at"])]

    def __str__(self) -> str:
        return f"{self.inspector_id} {self.kind}"


class QualityEstimate(models.Model):
    """What the scores of some months under one sheet say of a centre's inspectors and agents.

    Computed by a job and kept with its date. `groups` counts the groups of inspectors that can be
    compared; `shared` the conversations that two or more people scored.
    """

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("centre"))
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="quality_estimates")
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    reviews = models.PositiveIntegerField(_("scores"))
    shared = models.PositiveIntegerField(_("conversations scored by several"))
    groups = models.PositiveIntegerField(_("groups"))
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "sheet", "to_on"], name="one_quality_estimate_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.sheet_id} {self.to_on}"


class InspectorEstimate(models.Model):
    """One inspector in an estimate.

    Leniency in points above (lenient) or below the average inspector of the group, drift in points
    gained in 30 days; None where it cannot be said. `agreement` holds, by the kind of `Comparison`,
    value, low, high and number of conversations. `days` counts days with a score.
    """

    estimate = models.ForeignKey(QualityEstimate, models.CASCADE, related_name="inspectors")
    inspector = models.ForeignKey("accounts.User", models.PROTECT, related_name="quality_estimates")
    group = models.PositiveSmallIntegerField(_("group"))
    scores = models.PositiveIntegerField(_("scores"))
    counted = models.PositiveIntegerField(_("scores that count for agents"), default=0)
    days = models.PositiveIntegerField(_("days with a score"))
    median_seconds = models.FloatField(_("median time"), null=True)
    overturned = models.PositiveIntegerField(_("changed by re-check or appeal"))
    leniency = models.FloatField(_("leniency"), null=True)
    leniency_low = models.FloatField(null=True)
    leniency_high = models.FloatField(null=True)
    drift = models.FloatField(_("drift"), null=True)
    drift_low = models.FloatField(null=True)
    drift_high = models.FloatField(null=True)
    agreement = models.JSONField(default=dict)

    class Meta:
        ordering = ["estimate", "inspector__staff_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["estimate", "inspector"], name="inspector_once_an_estimate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.estimate_id} {self.inspector_id}"


class AgentEstimate(models.Model):
    """An agent's mean as scored, and with average inspectors: never for pay.

    `adjusted` is None where a single inspector scored, with nobody to be compared with.
    """

    estimate = models.ForeignKey(QualityEstimate, models.CASCADE, related_name="agents")
    agent = models.ForeignKey("accounts.User", models.PROTECT, related_name="adjusted_scores")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    group = models.PositiveSmallIntegerField(_("group"))
    scores = models.PositiveIntegerField(_("scores"))
    raw = models.FloatField(_("as scored"))
    adjusted = models.FloatField(_("with average inspectors"), null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)

    class Meta:
        ordering = ["estimate", "agent__staff_no"]
        constraints = [
            models.UniqueConstraint(fields=["estimate", "agent"], name="agent_once_an_estimate"),
        ]

    def __str__(self) -> str:
        return f"{self.estimate_id} {self.agent_id}"
