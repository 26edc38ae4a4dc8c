"""Alerts about conversations that go on (现场告警): limits by unit, and what went over them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AlertLimit(models.Model):
    """From when on a conversation of a unit or below needs a supervisor: yellow, then red.

    Of two of one kind the one of the nearer unit holds. What lasts has its limits in seconds; of
    findings and words they count how many.
    """

    class Kind(models.TextChoices):
        WAIT = "wait", _("Waits for an agent")
        UNANSWERED = "unanswered", _("The customer waits for a reply")
        LENGTH = "length", _("Lasts long")
        SILENT = "silent", _("Nobody says anything")
        FINDING = "finding", _("Findings of given rules")
        WORDS = "words", _("Words of the customer")

    COUNTED = {Kind.FINDING.value, Kind.WORDS.value}

    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("unit"))
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    yellow = models.PositiveIntegerField(_("yellow from"), null=True, blank=True)
    red = models.PositiveIntegerField(_("red from"), null=True, blank=True)
    rules = models.ManyToManyField("inspections.Rule", blank=True, verbose_name=_("rules"))
    words = models.TextField(_("words of the customer"), max_length=2000, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["unit__path", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=Q(retired_at=None),
                name="one_alert_limit_a_kind",
                violation_error_message=_("The unit has limits for this already."),
            ),
            models.CheckConstraint(
                condition=Q(yellow__isnull=False, yellow__gte=1)
                | Q(red__isnull=False, red__gte=1),
                name="alert_limit_has_a_level",
                violation_error_message=_("Give at least one of the two levels."),
            ),
            models.CheckConstraint(
                condition=Q(yellow=None) | Q(red=None) | Q(red__gt=F("yellow")),
                name="alert_red_above_yellow",
                violation_error_message=_("Red begins above yellow."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}"

    @property
    def is_counted(self) -> bool:
        """Whether its limits are numbers and not seconds."""
        return self.kind in self.COUNTED

    @property
    def said(self) -> list[str]:
        """The words, one a line."""
        return [one.strip() for one in self.words.splitlines() if one.strip()]

    def level_of(self, value: float) -> str:
        """The level that a value reaches; empty for none."""
        if self.red and value >= self.red:
            return "red"
        return "yellow" if self.yellow and value >= self.yellow else ""


class Alert(models.Model):
    """One conversation reached one level of one limit: told once, however often it comes back.

    `live` or `call` is what goes on; afterwards source and number tell which it was. `value` is
    the highest that was seen.
    """

    class Level(models.TextChoices):
        YELLOW = "yellow", _("Yellow")
        RED = "red", _("Red")

    limit = models.ForeignKey(AlertLimit, models.PROTECT, related_name="alerts")
    level = models.CharField(_("alert level"), max_length=6, choices=Level)
    matter = models.CharField(max_length=200)
    live = models.ForeignKey(
        "contacts.OpenContact", models.SET_NULL, null=True, related_name="alerts"
    )
    number = models.CharField(_("number"), max_length=120)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("team"))
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("agent")
    )
    value = models.PositiveIntegerField(_("value"))
    began_at = models.DateTimeField(_("began at"))
    ended_at = models.DateTimeField(_("over at"), null=True)
    answered_at = models.DateTimeField(_("seen to at"), null=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["limit", "matter", "level"], name="alert_once_a_matter_and_level"
            )
        ]
        indexes = [models.Index(fields=["ended_at", "-began_at"], name="alert_open")]

    def __str__(self) -> str:
        return f"{self.limit} {self.number} {self.level}"

    @property
    def answer_seconds(self) -> float | None:
        """How long it took until somebody saw to it; None while nobody has."""
        if self.answered_at is None:
            return None
        return (self.answered_at - self.began_at).total_seconds()
