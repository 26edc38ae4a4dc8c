"""Whether channels are clear (渠道畅通): seats planned for each, limits, and what was congested."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models.channels import Channel


class ChannelSeats(models.Model):
    """So many agents are planned for a channel (坐席配置) on these days between two full hours.

    Stretches of one channel may overlap: their seats add up.
    """

    class Days(models.TextChoices):
        EVERY = "every", _("Every day")
        WEEKDAYS = "weekdays", _("Monday to Friday")
        WEEKEND = "weekend", _("Saturday and Sunday")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="seats")
    days = models.CharField(_("on which days"), max_length=8, choices=Days, default=Days.EVERY)
    from_hour = models.PositiveSmallIntegerField(_("from, full hour"))
    to_hour = models.PositiveSmallIntegerField(_("until, full hour"))
    seats = models.PositiveSmallIntegerField(_("planned seats"))

    class Meta:
        ordering = ["days", "from_hour", "to_hour", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_hour__lt=F("to_hour"), to_hour__lte=24),
                name="seats_have_their_hours",
                violation_error_message=_("The end lies before the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.days} {self.from_hour}-{self.to_hour}: {self.seats}"

    def covers(self, weekday: int, hour: int) -> bool:
        """Whether it holds on a day of the week (0 is Monday) at an hour."""
        held = {self.Days.EVERY: True, self.Days.WEEKDAYS: weekday < 5}
        return held.get(self.days, weekday >= 5) and self.from_hour <= hour < self.to_hour  # type: ignore[call-overload]


class FlowLimits(models.Model):
    """From when on a channel counts as congested (拥堵). What is left empty decides nothing."""

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="flow_limits")
    waiting = models.PositiveSmallIntegerField(
        _("customers waiting, more than"), null=True, blank=True
    )
    longest_seconds = models.PositiveIntegerField(
        _("longest wait, seconds, more than"), null=True, blank=True
    )
    connect_percent = models.FloatField(
        _("connect rate of the last hour, percent, under"), null=True, blank=True
    )
    least_cases = models.PositiveSmallIntegerField(
        _("with at least so many cases in the hour"), default=20
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(connect_percent=None)
                | Q(connect_percent__gt=0, connect_percent__lte=100),
                name="flow_connect_is_percent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_id}"


class Congestion(models.Model):
    """A channel was congested from one look to another; its owner was told once.

    `causes` are the limits that were broken, `seen_at` is the last look that found it so: less
    than five minutes without it is the same one. Peaks are None where that was not measured.
    """

    class Cause(models.TextChoices):
        WAITING = "waiting", _("too many wait")
        LONGEST = "longest", _("somebody waits too long")
        CONNECT = "connect", _("too few get through")

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="congestions")
    causes = models.JSONField(default=list)
    began_at = models.DateTimeField(_("began at"))
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(_("over at"), null=True)
    peak_waiting = models.PositiveIntegerField(_("most waiting"), null=True)
    peak_seconds = models.PositiveIntegerField(_("longest wait, seconds"), null=True)
    lowest_connect = models.FloatField(_("lowest connect rate"), null=True)

    class Meta:
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel"], condition=Q(ended_at=None), name="one_congestion_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.began_at:%Y-%m-%d %H:%M}"


class FlowDay(models.Model):
    """How often a channel was looked at on a day while it was open, and how often congested."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+")
    day = models.DateField()
    looks = models.PositiveIntegerField(default=0)
    congested = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "day"], name="flow_day_once_a_channel")
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day}"
