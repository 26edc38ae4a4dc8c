"""Invitations (邀评): one row for each service that was due to be judged, asked or not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.surveys.models.questionnaires import QuestionnaireVersion
from lingzhi.surveys.models.sending import Mode, SendingRule, SurveyPlan


class Invitation(models.Model):
    """One service that a rule or a plan wanted judged.

    `key` names the event: each asks once a rule or plan, such as `contact/17`, `case/5/1` (its
    cycle) or `2026-11-23/customer/9`. Who is not asked stays here with `reason`: so the share of
    the invited among those due can be counted. `token_hash` is of the secret in the link, which
    itself is kept nowhere. While it is being sent it is claimed (`claimed_at`): whoever finds an
    old claim cannot know whether it went out, and sends it no second time. `opened_at` is the
    first answer of a person; that a link was merely fetched is not kept.
    """

    class State(models.TextChoices):
        DUE = "due", _("To be asked")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Asked to judge")
        UNKNOWN = "unknown", _("Not known whether it was sent")
        WITHHELD = "withheld", _("Not asked")

    class Reason(models.TextChoices):
        NONE = "", "–"
        SHARE = "share", _("not drawn")
        COOLDOWN = "cooldown", _("was asked only recently")
        REFUSED = "refused", _("does not want to be asked")
        NO_CONSENT = "no_consent", _("has not agreed to be asked")
        CLOSED = "closed", _("the customer's file is closed")
        NO_CUSTOMER = "no_customer", _("nobody knows whom to ask")
        HIDDEN = "hidden", _("who complained is hidden")
        NO_ADDRESS = "no_address", _("no address for this way of asking")
        UNDELIVERABLE = "undeliverable", _("could not be delivered")
        AGENT_HUNG_UP = "agent_hung_up", _("the agent hung up before")
        CUSTOMER_LEFT = "customer_left", _("the customer hung up before")
        NOT_ASKED = "not_asked", _("nobody asked in time")
        NO_VERSION = "no_version", _("the questionnaire has no active version")
        REOPENED = "reopened", _("the case was reopened")
        STOPPED = "stopped", _("the rule or plan was ended")
        ERASED = "erased", _("the data were erased")

    rule = models.ForeignKey(
        SendingRule, models.PROTECT, null=True, related_name="invitations", verbose_name=_("rule")
    )
    plan = models.ForeignKey(
        SurveyPlan, models.PROTECT, null=True, related_name="invitations", verbose_name=_("plan")
    )
    key = models.CharField(max_length=180)
    version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, null=True, related_name="invitations",
        verbose_name=_("questionnaire"),
    )  # fmt: skip
    mode = models.CharField(_("way of asking"), max_length=5, choices=Mode)
    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, null=True, related_name="invitations",
        verbose_name=_("customer"),
    )  # fmt: skip
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, related_name="invitations", verbose_name=_("case")
    )
    contact = models.ForeignKey(
        "contacts.Contact", models.SET_NULL, null=True, related_name="invitations",
        verbose_name=_("conversation"),
    )  # fmt: skip
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="survey_invitations",
        verbose_name=_("agent"),
    )  # fmt: skip
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="survey_invitations",
        verbose_name=_("unit"),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    served_at = models.DateTimeField(_("served at"))
    due_at = models.DateTimeField(_("due at"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DUE)
    reason = models.CharField(
        _("why not"), max_length=13, choices=Reason, blank=True, default=Reason.NONE
    )
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    problem = models.CharField(_("what was wrong"), max_length=200, blank=True)
    sent_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    sent_at = models.DateTimeField(_("asked at"), null=True)
    expires_at = models.DateTimeField(_("to be answered by"), null=True)
    opened_at = models.DateTimeField(_("first answer at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    outreach = models.ForeignKey("customers.Outreach", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-due_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "key"], condition=Q(rule__isnull=False), name="asked_once_by_rule"
            ),
            models.UniqueConstraint(
                fields=["plan", "key"], condition=Q(plan__isnull=False), name="asked_once_by_plan"
            ),
            models.CheckConstraint(
                condition=Q(rule=None, plan__isnull=False) | Q(rule__isnull=False, plan=None),
                name="invitation_of_rule_or_plan",
            ),
            models.CheckConstraint(
                condition=Q(state="withheld") & ~Q(reason="") | ~Q(state="withheld") & Q(reason=""),
                name="withheld_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent")
                | Q(sent_at__isnull=False, expires_at__isnull=False, version__isnull=False),
                name="sent_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="invitation_by_state"),
            models.Index(fields=["agent", "served_at"], name="invitation_by_agent"),
            models.Index(fields=["unit", "served_at"], name="invitation_by_unit"),
            models.Index(fields=["-due_at", "-id"], name="invitation_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id or self.plan_id} {self.key}"

    @property
    def is_withheld(self) -> bool:
        return self.state == self.State.WITHHELD

    @property
    def matter(self) -> str:
        """What the customer was asked about, as `customers.Outreach` names it."""
        return f"surveys.invitation/{self.pk}"
