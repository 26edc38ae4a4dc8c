"""Quality goals (质量目标): what is aimed at, how it is measured, whom it serves (R-KP-02)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Goal(models.Model):
    """What a unit, with everything below it, wants to have reached by `due_on`.

    It is measured by an indicator with a `target` in the unit of its definition, or shown by what
    `shown_by` names. `above` is the goal that it serves. `owner` answers for it, `judge` says at
    each review whether it is on its way: never the same person. The goal is judged every
    `every_months` until its end; `review_on` is the next day of that, none once it is over.
    `is_control` marks a control indicator of senior management (管控指标, R-KP-12).
    """

    class Basis(models.TextChoices):
        STRATEGY = "strategy", _("Strategy of the house")
        NEED = "need", _("Need of customers")
        CLAUSE = "clause", _("Clause of a regulation")
        PROMISE = "promise", _("Contract or promise")

    class Span(models.TextChoices):
        MONTH = "month", _("Its last whole month")
        TERM = "term", _("All its months so far")

    class Every(models.IntegerChoices):
        MONTH = 1, _("Every month")
        QUARTER = 3, _("Every quarter")
        HALF = 6, _("Every half year")
        YEAR = 12, _("Every year")

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below",
        verbose_name=_("serves the goal"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=120)
    words = models.TextField(
        _("what exactly is to be reached"), max_length=1000,
        help_text=_("For whom, by what, how far: so that two people read the same."),
    )  # fmt: skip
    basis = models.CharField(_("it stands on"), max_length=8, choices=Basis)
    basis_words = models.CharField(
        _("which one"), max_length=300,
        help_text=_("The number of the clause, the sentence of the strategy, the need found."),
    )  # fmt: skip
    clause = models.ForeignKey("rulebook.Clause", models.SET_NULL, null=True, related_name="+")
    definition = models.ForeignKey(
        "kpis.Definition", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("measured by"),
    )  # fmt: skip
    channel = models.CharField(_("channel"), max_length=20, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    span = models.CharField(_("counted over"), max_length=5, choices=Span, default=Span.MONTH)
    shown_by = models.CharField(
        _("or shown by"), max_length=300, blank=True,
        help_text=_("Where no indicator counts it: which record proves it."),
    )  # fmt: skip
    is_control = models.BooleanField(
        _("control indicator of senior management"), default=False,
        help_text=_("Its judge looks at it in every period; the figures of that day are kept."),
    )  # fmt: skip
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("who answers for it")
    )
    judge = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("judged by")
    )
    from_on = models.DateField(_("from"))
    due_on = models.DateField(_("to be reached by"))
    every_months = models.PositiveSmallIntegerField(
        _("reviewed every"), choices=Every, default=Every.QUARTER
    )
    review_on = models.DateField(_("next review"), null=True)
    told_on = models.DateField(null=True)
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(_("dropped at"), null=True)
    dropped_because = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["unit__path", "id"]
        indexes = [models.Index(fields=["review_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("from_on")), name="goal_has_days",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=Q(definition__isnull=False, target__isnull=False)
                | Q(definition=None, target=None, shown_by__gt=""),
                name="goal_is_measured_or_shown",
                violation_error_message=_(
                    "Name an indicator with its target, or what shows that it is reached."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_control=False) | Q(definition__isnull=False),
                name="control_goal_is_counted",
                violation_error_message=_("What senior management controls by is an indicator."),
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("judge")), name="goal_judged_by_another",
                violation_error_message=_("Nobody judges the own goal."),
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(review_on=None), name="dropped_goal_has_no_review"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it is still to be judged."""
        return self.review_on is not None

    def covers(self, day: date) -> bool:
        """Whether `day` lies in its time."""
        return self.from_on <= day <= self.due_on
