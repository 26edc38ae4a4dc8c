"""Business calendars (工作日历): openings per weekday, special dates, published until (I-11)."""

from datetime import date
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi_engine.clock import BadSlots, parse_slots


def a_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("There is no such time zone."))


def working_times(text: str) -> None:
    try:
        parse_slots(text)
    except BadSlots as problem:
        raise ValidationError(SENTENCES[problem.reason]) from problem


SENTENCES = {
    "form": _("Write times like 09:00-12:00, 13:30-18:00."),
    "order": _("A time ends before it begins; midnight is 24:00."),
    "overlap": _("Two times overlap."),
}


class Calendar(models.Model):
    """When a unit works. It answers for the days from `published_from` to `published_until`."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    country = models.CharField(_("country"), max_length=2, default="CN")
    zone = models.CharField(
        _("time zone"), max_length=40, default="Asia/Shanghai", validators=[a_time_zone]
    )
    is_default = models.BooleanField(_("used where no other is named"), default=False)
    published_from = models.DateField(_("published from"), default=date(1970, 1, 1))
    published_until = models.DateField(_("published until"), default=date(1970, 1, 1))

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="calendar_one_default",
            ),
            models.CheckConstraint(
                condition=Q(published_until__gte=F("published_from")),
                name="calendar_published_forwards",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Opening(models.Model):
    """Working times of one weekday (0 = Monday); a weekday without a row is free."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    slots = models.CharField(_("working times"), max_length=120, validators=[working_times])

    class Meta:
        ordering = ["calendar", "weekday"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "weekday"], name="opening_once_a_weekday"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.slots}"


class SpecialDate(models.Model):
    """A date that differs from its weekday: holiday, make-up workday (调休) or one-off change.

    `slots` empty on a worked date means: the times of an ordinary working day.
    """

    class Source(models.TextChoices):
        PUBLISHED = "published", _("Public announcement")
        FILE = "file", _("File")
        HAND = "hand", _("By hand")

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="special_dates")
    day = models.DateField(_("day"))
    is_worked = models.BooleanField(_("working day"))
    slots = models.CharField(
        _("working times"), max_length=120, blank=True, validators=[working_times]
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source)

    class Meta:
        ordering = ["calendar", "day"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="special_date_once"),
            models.CheckConstraint(
                condition=Q(is_worked=True) | Q(slots=""), name="free_date_has_no_slots"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
