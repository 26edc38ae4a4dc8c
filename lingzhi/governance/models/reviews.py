"""Reviews that come round (评审): of the system, service, resources, goals and rules."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.governance.models.assigned import Assigned


class Review(models.Model):
    """One review of a unit with everything below it.

    Planned; prepared (`prepared_at`): the inputs are there to be read; held (`held_at`): they are
    collected once more and change no more, people judge and decide; closed with a conclusion, or
    cancelled. `before` is the review it follows; with `every_months` the next one follows it.
    """

    class Kind(models.TextChoices):
        MANAGEMENT = "management", _("Management review")
        SERVICE = "service", _("Review of needs and service quality")
        RESOURCES = "resources", _("Review of resources")
        GOALS = "goals", _("Review of goals and indicators")
        RULEBOOK = "rulebook", _("Review of the system and its rules")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("of a review", "Planned")
        PREPARED = "prepared", pgettext_lazy("of a review", "Prepared")
        HELD = "held", pgettext_lazy("of a review", "Held")
        CLOSED = "closed", pgettext_lazy("of a review", "Closed")
        CANCELLED = "cancelled", pgettext_lazy("of a review", "Cancelled")

    class Every(models.IntegerChoices):
        ONCE = 0, _("once")
        MONTH = 1, _("Every month")
        QUARTER = 3, _("Every quarter")
        HALF = 6, _("Every half year")
        YEAR = 12, _("Every year")

    kind = models.CharField(_("kind of review"), max_length=10, choices=Kind)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    planned_on = models.DateField(_("to be held on"))
    every_months = models.PositiveSmallIntegerField(
        _("held again"), choices=Every, default=Every.YEAR,
        help_text=_("The next one is planned by itself when this one is closed."),
    )  # fmt: skip
    preparer = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    chair = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("chair")
    )
    before = models.OneToOneField("self", models.PROTECT, null=True, related_name="following")
    created_at = models.DateTimeField(_("planned at"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(_("prepared at"), null=True)
    held_at = models.DateTimeField(_("held at"), null=True)
    conclusion = models.TextField(_("conclusion"), max_length=3000, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)

    class Meta:
        ordering = ["-planned_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(held_at__isnull=False, closed_by__isnull=False, cancelled_at=None)
                & ~Q(conclusion=""),
                name="closed_review_was_held_and_concluded",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.planned_on}"

    @property
    def number(self) -> str:
        """What people call it by: MR-2026-0007."""
        return f"MR-{self.planned_on.year}-{self.pk:04d}"

    @property
    def state(self) -> str:
        if self.cancelled_at is not None:
            return self.State.CANCELLED
        if self.closed_at is not None:
            return self.State.CLOSED
        if self.held_at is not None:
            return self.State.HELD
        return self.State.PREPARED if self.prepared_at is not None else self.State.PLANNED

    @property
    def state_words(self) -> Any:
        return self.State(self.state).label

    @property
    def held_on(self) -> date | None:
        return localdate(self.held_at) if self.held_at else None


class ReviewLine(models.Model):
    """One line: an input from the data (`source`), a goal, or a question.

    `source` is a code of `queries.points.SOURCES`, `question` one of `queries.reviews.QUESTIONS`;
    `title` is the goal, or a question in own words. `facts` are as those of a point of an agenda.
    """

    class Verdict(models.TextChoices):
        GOOD = "good", pgettext_lazy("of a review", "In order")
        PARTLY = "partly", pgettext_lazy("of a review", "In part")
        BAD = "bad", pgettext_lazy("of a review", "Not in order")
        UNKNOWN = "unknown", pgettext_lazy("of a review", "Cannot be said")

    review = models.ForeignKey(Review, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20, blank=True)
    question = models.CharField(max_length=20, blank=True)
    title = models.CharField(_("question"), max_length=300, blank=True)
    goal = models.ForeignKey("governance.Goal", models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    verdict = models.CharField(_("verdict"), max_length=7, choices=Verdict, blank=True)
    words = models.TextField(_("reason"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["review", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__gt="") | Q(question__gt="") | Q(title__gt=""),
                name="review_line_asks_something",
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(words__gt="", answered_by__isnull=False),
                name="review_verdict_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.question or self.source

    @property
    def is_input(self) -> bool:
        """Whether it comes from the data; such a line may stay without a verdict."""
        return bool(self.source) and self.goal_id is None


class ReviewDecision(Assigned):
    """What a review decided (评审决定): somebody does it until a day."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions")
