"""The service directory (服务目录): what is offered to whom, with which promises (R-AU-03)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.governance.models.goals import Goal


class ServiceEntry(models.Model):
    """One version of a service in the directory.

    Draft: it is written. Asked: it waits for its approval. Offered: it holds, until a version
    that stands on it (`before`) takes its place or it is withdrawn. An approved version never
    changes. `review_on` is the day by which its owner looks at it again; it stays readable when
    the version has ended at `ended_at`. `clauses` are what it stands on.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        ASKED = "asked", _("Waiting for approval")
        OFFERED = "offered", pgettext_lazy("of a service", "Offered")
        REPLACED = "replaced", pgettext_lazy("of a service", "Replaced")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a service", "Withdrawn")

    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="following")
    number = models.PositiveIntegerField(_("version"), default=1)
    name = models.CharField(_("name of the service"), max_length=80)
    provided = models.TextField(
        _("what is provided"), max_length=2000,
        help_text=_("What the customer gets, and what is not part of it."),
    )  # fmt: skip
    for_whom = models.CharField(_("for whom"), max_length=200)
    channels = models.JSONField(_("channels"), default=list)
    calendar = models.ForeignKey(
        "org.Calendar", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("hours by the calendar"),
        help_text=_("Left empty, the calendar of the unit holds."),
    )  # fmt: skip
    hours = models.CharField(
        _("hours in words"), max_length=200, blank=True,
        help_text=_("What the calendar does not say, such as emergencies at night."),
    )  # fmt: skip
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit that provides it")
    )
    post = models.ForeignKey(
        "org.Post", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsible post"),
    )  # fmt: skip
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("who answers for it"),
        help_text=_("Is asked two weeks before each review is due."),
    )  # fmt: skip
    clauses = models.ManyToManyField("rulebook.Clause", related_name="+", blank=True)
    every_months = models.PositiveSmallIntegerField(
        _("reviewed every"), choices=Goal.Every, default=Goal.Every.YEAR
    )
    review_on = models.DateField(_("next review"), null=True)
    told_on = models.DateField(null=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    change = models.CharField(_("what changed"), max_length=300, blank=True)
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_because = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["unit__path", "name", "-number"]
        indexes = [models.Index(fields=["state", "review_on"], name="service_review_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["offered", "replaced"])
                | Q(approved_at__isnull=False, approved_by__isnull=False, review_on__isnull=False),
                name="service_offered_after_approval",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["replaced", "withdrawn"], ended_at__isnull=False)
                | Q(state__in=["draft", "asked", "offered"], ended_at=None),
                name="service_over_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["before"], condition=Q(state__in=["draft", "asked"]),
                name="one_next_version_of_a_service",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ServicePromise(models.Model):
    """What is promised of a service: within how long, or how many per cent.

    `value` is in `stated_in`. Where an indicator counts it, `target` is what that has to reach, in
    the unit of the indicator: answered within 20 seconds, in 80% of the calls.
    """

    class Unit(models.TextChoices):
        """The words with their numbers are those of core.units."""

        SECONDS = "seconds", _("seconds")
        MINUTES = "minutes", _("minutes")
        HOURS = "hours", _("hours")
        DAYS = "days", _("days")
        WORKING_HOURS = "working_hours", _("working hours")
        WORKING_DAYS = "working_days", _("working days")
        PERCENT = "percent", _("per cent")

    entry = models.ForeignKey(ServiceEntry, models.CASCADE, related_name="promises")
    title = models.CharField(
        _("what is promised"), max_length=120, help_text=_("Answered within, resolved within.")
    )
    value = models.FloatField(_("how much"))
    stated_in = models.CharField(_("stated in"), max_length=13, choices=Unit)
    definition = models.ForeignKey(
        "kpis.Definition", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("measured by"),
        help_text=_("Its figure is read by itself; it cannot be typed."),
    )  # fmt: skip
    target = models.FloatField(
        _("which has to reach"), null=True, blank=True,
        help_text=_("In the unit of the indicator: per cent, seconds, items."),
    )  # fmt: skip

    class Meta:
        ordering = ["entry", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gt=0), name="service_promise_is_something",
                violation_error_message=_("Promise more than nothing."),
            ),
            models.CheckConstraint(
                condition=Q(definition=None, target=None)
                | Q(definition__isnull=False, target__isnull=False),
                name="service_promise_measured_with_target",
                violation_error_message=_("An indicator needs its target, a target its indicator."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
