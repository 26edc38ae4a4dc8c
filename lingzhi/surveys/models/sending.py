"""When whom is asked: rules that follow an event, plans (调查方案), and places with a code."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.surveys.models.questionnaires import Questionnaire


class Mode(models.TextChoices):
    """How somebody is asked and answers. Kept apart in all results: people answer differently."""

    MAIL = "mail", _("E-mail")
    SMS = "sms", _("Text message")
    CHAT = "chat", _("Online chat")
    IVR = "ivr", _("Keys after the call")
    PHONE = "phone", _("Asked by an interviewer")
    QR = "qr", _("QR code at a counter")


# What a rule or plan can send; an interviewer and a code at a counter need no sending.
SENT_MODES = (Mode.MAIL, Mode.SMS, Mode.CHAT, Mode.IVR, Mode.PHONE)


class SendingRule(models.Model):
    """Whoever had this event is asked, `delay_minutes` after it.

    `share_percent` of the events is drawn with `seed`: the same event is drawn again each time one
    looks. `channels` and `units` (with all below) are ids; empty means all of them. Events before
    `starts_at` ask nobody.
    """

    class Event(models.TextChoices):
        CONTACT_ENDED = "contact_ended", _("A conversation ended")
        CASE_CLOSED = "case_closed", _("A case was closed")
        COMPLAINT_CLOSED = "complaint_closed", _("A complaint was closed")

    name = models.CharField(_("name"), max_length=120)
    event = models.CharField(_("event"), max_length=16, choices=Event)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="rules", verbose_name=_("questionnaire")
    )
    mode = models.CharField(_("way of asking"), max_length=5, choices=Mode, default=Mode.MAIL)
    share_percent = models.PositiveSmallIntegerField(_("share asked, %"), default=100)
    seed = models.PositiveIntegerField(_("seed of the draw"), default=1)
    delay_minutes = models.PositiveIntegerField(_("asked after so many minutes"), default=0)
    expiry_days = models.PositiveSmallIntegerField(_("days to answer"), default=7)
    channels = models.JSONField(_("channels"), default=list, blank=True)
    units = models.JSONField(_("units"), default=list, blank=True)
    starts_at = models.DateTimeField(_("in force since"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share_percent__gte=1, share_percent__lte=100),
                name="survey_share_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(expiry_days__gte=1, expiry_days__lte=90), name="survey_rule_expires"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.ended_at is None


class SurveyPlan(models.Model):
    """A plan of asking customers at intervals (服务质量信息调查方案, R-SV-06).

    Approved as it stands; then each round asks up to `size` customers that are in the class
    `segment` and were served in the last `served_days` by `units` (ids, with all below; empty:
    all), drawn with `seed`. `every_months` 0 is one round alone. `next_on` is the day of the next
    round; None where none comes.

    With an `owner` it is run independently (组织级调查, R-SV-08): who works in `units` or below
    them neither changes it nor asks for it, and sees what was answered once it is published
    (`published_at`; each later round anew).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ASKED = "asked", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        ENDED = "ended", _("Ended")

    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("what is to be found out"), max_length=1000)
    owner = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("run independently by"),
    )  # fmt: skip
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="plans", verbose_name=_("questionnaire")
    )
    mode = models.CharField(_("way of asking"), max_length=5, choices=Mode, default=Mode.MAIL)
    segment = models.ForeignKey(
        "customers.Segment", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("class of customers"),
    )  # fmt: skip
    served_days = models.PositiveSmallIntegerField(_("served in the last days"), default=90)
    units = models.JSONField(_("units"), default=list, blank=True)
    size = models.PositiveIntegerField(_("customers a round"), default=200)
    seed = models.PositiveIntegerField(_("seed of the draw"), default=1)
    every_months = models.PositiveSmallIntegerField(_("every so many months"), default=3)
    expiry_days = models.PositiveSmallIntegerField(_("days to answer"), default=14)
    starts_on = models.DateField(_("first round"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    next_on = models.DateField(_("next round"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("draft", "asked")) | Q(approved_at__isnull=False)
                | Q(state="ended"),
                name="survey_plan_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(expiry_days__gte=1, expiry_days__lte=90), name="survey_plan_expires"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_independent(self) -> bool:
        return self.owner_id is not None


def new_place_code() -> str:
    """What the code at a counter leads to: long enough that nobody guesses another one."""
    return secrets.token_urlsafe(16)


class Place(models.Model):
    """A counter or outlet where a code hangs (二维码评价点): who scans it answers, unnamed."""

    name = models.CharField(_("place"), max_length=120)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="survey_places", verbose_name=_("unit")
    )
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="places", verbose_name=_("questionnaire")
    )
    code = models.CharField(max_length=32, unique=True, default=new_place_code, editable=False)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
