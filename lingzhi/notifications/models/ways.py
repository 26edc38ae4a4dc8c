"""How notices reach people outside: their mail, channels of the company, quiet hours."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Channel(models.Model):
    """A group of an office messenger with a robot (群机器人), or an address of another system.

    Whoever knows the address may write into the group, so it is kept sealed; `origin` is shown.
    """

    class Kind(models.TextChoices):
        WECOM = "wecom", _("WeCom robot")
        DINGTALK = "dingtalk", _("DingTalk robot")
        FEISHU = "feishu", _("Feishu robot")
        WEBHOOK = "webhook", _("Plain webhook")

    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    origin = models.CharField(_("address"), max_length=300)
    sealed_url = models.TextField()
    sealed_secret = models.TextField(blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QuietHours(models.Model):
    """When the company leaves its people in peace (免打扰时段): at most one row, none without it.

    Times of day in the organisation's zone; `begins_at` after `ends_at` goes over midnight.
    """

    begins_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_quiet_hours"),
            models.CheckConstraint(
                condition=~Q(begins_at=F("ends_at")), name="quiet_hours_are_not_the_whole_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins_at:%H:%M}–{self.ends_at:%H:%M}"


class Wishes(models.Model):
    """How a person wants to be told besides the inbox. Nobody without a row is."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", _("At once, one by one")
        HOURLY = "hourly", _("Gathered, every hour")
        DAILY = "daily", _("Gathered, once a day")

    class Quiet(models.TextChoices):
        HOUSE = "house", _("As the company")
        OWN = "own", _("My own hours")
        NONE = "none", _("None")

    person = models.OneToOneField("accounts.User", models.CASCADE, related_name="wishes")
    by_mail = models.BooleanField(_("by e-mail"), default=False)
    channels = models.ManyToManyField(Channel, related_name="wishes", blank=True)
    rhythm = models.CharField(max_length=7, choices=Rhythm, default=Rhythm.AT_ONCE)
    daily_at = models.PositiveSmallIntegerField(default=9)
    quiet = models.CharField(max_length=5, choices=Quiet, default=Quiet.HOUSE)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(daily_at__lte=23), name="wishes_hour_of_the_day"),
            models.CheckConstraint(
                condition=~Q(quiet="own")
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~Q(quiet_from=F("quiet_until")),
                name="wishes_own_quiet_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class Delivery(models.Model):
    """One notice on its way out by one way: written with the notice (outbox).

    Without a channel it goes to the person's mail. While it waits, `next_at` is the time of the
    next try; a try under way has moved it on, so that one that died with its process is made again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENT = "sent", _("Sent out")
        GIVEN_UP = "given_up", _("No longer tried")
        DROPPED = "dropped", _("No longer needed")

    notice = models.ForeignKey("notifications.Notice", models.CASCADE, related_name="deliveries")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="deliveries")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_at = models.DateTimeField(_("next try at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    answer = models.CharField(_("last answer"), max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None)
                | ~Q(state="waiting") & Q(ended_at__isnull=False),
                name="delivery_ends_once",
            )
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["channel", "-id"], name="delivery_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.state}"
