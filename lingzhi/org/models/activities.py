"""Activities of the service culture (文化活动), who took part, and what proves it (R-CD-09)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Activity(models.Model):
    """A meeting, contest or the like that a unit holds, open to the people of some units.

    It counts once its organiser has confirmed who was there; before, nobody knows.
    """

    class Kind(models.TextChoices):
        SHARING = "sharing", _("Sharing experience")
        LECTURE = "lecture", _("Presenting what we stand for")
        CONTEST = "contest", _("Contest of skills")
        PRAISE = "praise", _("Honouring people")
        TEAM = "team", _("Team building")
        COMMUNITY = "community", _("Voluntary service")
        OTHER = "other", _("Other")

    title = models.CharField(_("title"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="activities", verbose_name=_("held by")
    )
    open_to = models.ManyToManyField(
        "org.Unit", related_name="open_activities", verbose_name=_("open to")
    )
    organiser = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="activities", verbose_name=_("organiser")
    )
    statement = models.ForeignKey(
        "org.Statement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("serves"),
    )
    place = models.CharField(_("place"), max_length=100, blank=True)
    about = models.TextField(_("what it is about"), max_length=2000, blank=True)
    begins_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_because = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["-begins_at", "-pk"]
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="activity_ends_after_it_begins",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(confirmed_at__isnull=True),
                name="activity_cancelled_or_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participation(models.Model):
    """A person and an activity: signed up, and then there or not, as the organiser confirms."""

    class State(models.TextChoices):
        SIGNED_UP = "signed_up", _("Signed up")
        ATTENDED = "attended", _("Was there")
        ABSENT = "absent", _("Was not there")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="participations")
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="participations", verbose_name=_("person")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SIGNED_UP)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    signed_up_at = models.DateTimeField(_("signed up at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["person__staff_no"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="participation_once"),
            models.CheckConstraint(
                condition=~Q(state="absent") | ~Q(reason=""), name="absence_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="signed_up", confirmed_at__isnull=True)
                | ~Q(state="signed_up") & Q(confirmed_at__isnull=False),
                name="participation_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.person_id} {self.state}"


class ActivityEvidence(models.Model):
    """What proves that an activity was held: a note, a file such as a photo, or both."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="evidence")
    note = models.CharField(_("note"), max_length=500, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(note="") | Q(file__isnull=False), name="evidence_is_something"
            )
        ]

    def __str__(self) -> str:
        return self.note or str(self.file)
