"""One meeting (会议): who was called and came, its agenda, minutes, decisions and actions."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.governance.models.assigned import Assigned
from lingzhi.governance.models.series import Series


class Meeting(models.Model):
    """A meeting of a series. `planned_on` is its day in the series, `begins_at` its time.

    Called: members propose points. Fixed: the agenda stands with its figures, people sign in.
    Written: the chair reads the minutes. Confirmed: the members read them.
    """

    class State(models.TextChoices):
        CALLED = "called", _("Members called")
        FIXED = "fixed", _("Agenda fixed")
        WRITTEN = "written", _("Minutes with the chair")
        CONFIRMED = "confirmed", _("Minutes confirmed")
        CANCELLED = "cancelled", _("Called off")

    series = models.ForeignKey(
        Series, models.PROTECT, related_name="meetings", verbose_name=_("meetings")
    )
    planned_on = models.DateField(_("planned for"))
    begins_at = models.DateTimeField(_("begins at"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    chair = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("chair")
    )
    minute_taker = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("minute taker")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.CALLED)
    called_at = models.DateTimeField(_("called at"))
    fixed_at = models.DateTimeField(_("agenda fixed at"), null=True)
    guests = models.CharField(_("guests"), max_length=200, blank=True)
    written_at = models.DateTimeField(_("minutes written at"), null=True)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    returned = models.CharField(_("what the chair wants changed"), max_length=500, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    cancelled = models.CharField(_("why it was called off"), max_length=500, blank=True)

    class Meta:
        ordering = ["-begins_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "planned_on"], name="meeting_once_a_day"),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(written_at__isnull=False, confirmed_at__isnull=False),
                name="meeting_confirmed_after_its_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled__gt=""),
                name="meeting_called_off_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.series.name

    @property
    def ends_at(self) -> datetime:
        return self.begins_at + timedelta(minutes=self.series.minutes)

    @property
    def was_held(self) -> bool:
        return self.state in (self.State.WRITTEN, self.State.CONFIRMED)


class Attendee(models.Model):
    """Somebody who was called. Presence is signed by oneself or noted by who takes the minutes."""

    class Presence(models.TextChoices):
        UNKNOWN = "", _("not known")
        PRESENT = "present", _("present")
        ABSENT = "absent", _("stayed away")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    presence = models.CharField(_("presence"), max_length=7, choices=Presence, blank=True)
    reason = models.CharField(_("reason of absence"), max_length=200, blank=True)
    signed_at = models.DateTimeField(_("presence signed at"), null=True)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(_("minutes read at"), null=True)

    class Meta:
        ordering = ["person__staff_no"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="called_once_to_a_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id}"


class Point(models.Model):
    """A point of the agenda. One from the data holds the figures of the moment it was fixed.

    `facts` of a point from the data: `first` and `last` day, `lines` as `queries.points` gives
    them, and `more`, how many lines were left out.
    """

    class Origin(models.TextChoices):
        CARRIED = "carried", _("From earlier meetings")
        DATA = "data", _("From the data")
        STANDING = "standing", _("Standing point")
        PROPOSED = "proposed", _("Proposed by a member")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField(default=0)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin)
    source = models.CharField(max_length=20, blank=True)
    title = models.CharField(_("point"), max_length=120, blank=True)
    text = models.TextField(_("what you want to talk about"), max_length=1000, blank=True)
    facts = models.JSONField(default=dict)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    minutes = models.TextField(_("minutes of the point"), max_length=4000, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin__in=("carried", "data"), source__gt="") | Q(title__gt=""),
                name="point_says_what_it_is_about",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.source


class Decision(models.Model):
    """What a meeting decided (决议)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    words = models.TextField(_("decision"), max_length=1000)
    made_at = models.DateTimeField(_("written at"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words[:80]


class Action(Assigned):
    """Who does what until when (行动项): a to-do of its owner until it is reported as done."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="actions")
