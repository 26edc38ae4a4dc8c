"""What leaders ask of a phone system (监听, 密语, 强插, 拦截, 强制示忙…), and where it is sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models.calls import Call
from lingzhi.contacts.models.live import Feed
from lingzhi.core.clock import now
from lingzhi.core.encryption import unseal


class CommandAddress(models.Model):
    """Where the phone system of a feed takes commands, and which of them it offers.

    Nothing is offered before somebody says so. `tried_at` and `problem` are of the last try.
    """

    feed = models.OneToOneField(Feed, models.CASCADE, related_name="takes")
    url = models.CharField(_("address"), max_length=300)
    sealed_secret = models.TextField()
    offers = models.JSONField(_("what it offers"), default=list)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )
    tried_at = models.DateTimeField(_("tried at"), null=True)
    problem = models.CharField(_("what was wrong"), max_length=18, blank=True)

    class Meta:
        ordering = ["feed"]

    def __str__(self) -> str:
        return str(self.feed)

    @property
    def shown_problem(self) -> str:
        """What was wrong at the last try, in words."""
        known = dict([*PhoneCommand.Why.choices, *PhoneCommand.State.choices])
        return str(known.get(self.problem, self.problem))

    @property
    def secret(self) -> bytes:
        """What commands are signed with."""
        return unseal(self.sealed_secret, place_of_address(self.feed_id)).encode()


def place_of_address(feed_id: int) -> str:
    """The place that the secret of an address is sealed for."""
    return f"contacts.commandaddress|secret|{feed_id}"


class PhoneCommand(models.Model):
    """One command, asked for once under its number, and what became of it.

    It is sent at most once (`sent_at`), and only before `until`. It is done only where the phone
    system said so: in its answer, or by an event that followed. What it does not confirm by then
    is unanswered: nobody knows whether it was done.
    """

    class Kind(models.TextChoices):
        LISTEN = "listen", _("Listen silently")
        WHISPER = "whisper", _("Whisper, heard by the agent alone")
        BARGE_IN = "barge_in", _("Barge in")
        INTERCEPT = "intercept", _("Take the call over")
        FORCE_BUSY = "force_busy", _("Force to occupied")
        FORCE_READY = "force_ready", _("Force to ready")
        FORCE_SIGN_OUT = "force_sign_out", _("Force to sign out")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked, waiting for the phone system")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Not done: refused")
        UNANSWERED = "unanswered", _("Not confirmed by the phone system")

    class Why(models.TextChoices):
        """Why it was not done."""

        UNKNOWN_CALL = "unknown_call", _("The phone system does not know this call")
        CALL_OVER = "call_over", _("The call is over")
        NOT_TALKING = "not_talking", _("The agent is not talking")
        UNKNOWN_AGENT = "unknown_agent", _("The phone system does not know this agent")
        UNKNOWN_LEADER = "unknown_supervisor", _("The phone system does not know your extension")
        LEADER_BUSY = "supervisor_busy", _("Your own phone is occupied or not signed in")
        NOT_ALLOWED = "not_allowed", _("The phone system does not allow it")
        NOT_OFFERED = "not_offered", _("The phone system does not offer this")
        TOO_LATE = "too_late", _("It could not be sent in time; nothing was sent")
        CLOSED = "closed", _("The way out is closed; nothing was sent")
        NO_SECRET = "no_secret", _("The secret cannot be opened; nothing was sent")
        NOT_TAKEN = "not_taken", _("The phone system did not take the message")
        OTHER = "other", _("The phone system gave no reason known here")

    OF_CALLS = (Kind.LISTEN, Kind.WHISPER, Kind.BARGE_IN, Kind.INTERCEPT)
    SPOKEN = (Kind.WHISPER, Kind.BARGE_IN, Kind.INTERCEPT)

    number = models.CharField(_("number"), max_length=32, unique=True)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="commands")
    kind = models.CharField(_("what"), max_length=14, choices=Kind)
    call = models.ForeignKey(
        Call, models.SET_NULL, null=True, related_name="commands", verbose_name=_("call")
    )
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="phone_commands", verbose_name=_("agent")
    )
    agent_reference = models.CharField(_("agent as delivered"), max_length=80)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    asked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    settled_at = models.DateTimeField(_("answered at"), null=True)
    why = models.CharField(_("why not"), max_length=18, choices=Why, blank=True)
    words = models.CharField(_("in the words of the phone system"), max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "kind"], condition=Q(state="asked"), name="one_open_command"
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(settled_at__isnull=False),
                name="settled_command_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "until"], name="command_open"),
            models.Index(fields=["agent", "-asked_at"], name="command_of_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d %H:%M:%S}"

    @property
    def is_waiting(self) -> bool:
        """Whether the phone system may still answer in time."""
        return self.state == self.State.ASKED and self.until > now()

    @property
    def shown_state(self) -> str:
        """In words; what was asked and not answered in time is not confirmed."""
        is_late = self.state == self.State.ASKED and self.until <= now()
        return str((self.State.UNANSWERED if is_late else self.State(self.state)).label)

    @property
    def tone(self) -> str:
        """How the state is shown."""
        if self.state == self.State.ASKED:
            return "flow" if self.is_waiting else "warn"
        return {"done": "good", "refused": "bad"}.get(self.state, "warn")
