"""Meetings that come back (会议安排): who is called when, and what they talk about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """Meetings of one kind in one unit. `first_on` gives the weekday, or the day of the month.

    Called are who holds one of `posts` there, who works in `units`, `people` by name, and with
    `calls_leaders` who leads the unit and the teams below it. `standing` are points of every
    agenda, one a line; `sources` the codes of what the program puts on it from the data.
    `demands` are the clauses it answers, each as its pack and the key of its control.
    """

    class Kind(models.TextChoices):
        QUALITY = "quality", _("Quality analysis meeting")
        CUSTOMER = "customer", _("Customer service meeting")
        WEEKLY = "weekly", _("Weekly meeting")
        WORK = "work", _("Work meeting of a team")
        SHIFT = "shift", _("Meeting before or after the shift")
        REVIEW = "review", _("Review by the management")
        OTHER = "other", _("Other meeting")

    class Cadence(models.TextChoices):
        ONCE = "once", _("once")
        DAILY = "daily", _("daily")
        WEEKLY = "weekly", _("weekly")
        MONTHLY = "monthly", _("monthly")
        QUARTERLY = "quarterly", _("quarterly")
        YEARLY = "yearly", _("yearly")

    class Holiday(models.TextChoices):
        BEFORE = "before", _("the working day before")
        AFTER = "after", _("the working day after")
        SKIP = "skip", _("it is left out")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    cadence = models.CharField(_("how often"), max_length=9, choices=Cadence)
    first_on = models.DateField(
        _("first meeting on"),
        help_text=_("The weekday, or the day of the month, of those that follow."),
    )
    at = models.TimeField(_("begins at"))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    holiday = models.CharField(
        _("on a day off"), max_length=6, choices=Holiday, default=Holiday.BEFORE,
        help_text=_("Days off and worked weekends stand in the calendar of the unit."),
    )  # fmt: skip
    place = models.CharField(_("place"), max_length=120, blank=True)
    chair = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("chair")
    )
    minute_taker = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("minute taker")
    )
    posts = models.ManyToManyField(
        "org.Post", blank=True, related_name="+", verbose_name=_("holders of these posts")
    )
    units = models.ManyToManyField(
        "org.Unit", blank=True, related_name="+", verbose_name=_("everybody of these units")
    )
    people = models.ManyToManyField(
        "accounts.User", blank=True, related_name="+", verbose_name=_("these people")
    )
    calls_leaders = models.BooleanField(
        _("who leads the unit and the teams below it"), default=False
    )
    asks_reports = models.BooleanField(
        _("the leader of each team hands in a report before"), default=False
    )
    call_days = models.PositiveSmallIntegerField(_("called so many days before"), default=3)
    standing = models.TextField(_("standing points, one a line"), max_length=1000, blank=True)
    sources = models.JSONField(_("points from the data"), default=list)
    demands = models.JSONField(_("clauses it answers"), default=list)
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["unit__path", "kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(ended_at=None), name="series_name_once",
                violation_error_message=_("This unit has meetings of this name already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
