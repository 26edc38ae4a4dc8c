"""Messages of customers by other systems (消息渠道): WeChat, WeCom, SMS, Feishu, DingTalk."""

import json
import secrets
from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models.chat import ChatMessage, ChatSite
from lingzhi.core.encryption import seal, unseal


def new_key() -> str:
    """What ends the address that the other system calls: long enough that nobody guesses it."""
    return secrets.token_hex(16)


class MessageLine(models.Model):
    """One account of the centre at another system, whose customers write to its agents.

    They are served as chats of `site`: its unit, queue, working hours and limits. `account` is
    the id that the other system gave, `detail` what else names it there (see
    `contacts.messaging.platforms`). Secrets and the access token are kept sealed. `cursor` is how
    far messages were fetched where the other system only tells that there are some.
    """

    class Kind(models.TextChoices):
        WECHAT = "wechat_official", _("WeChat official account")
        WECOM = "wecom_kf", _("WeCom customer service")
        SMS = "sms", _("Text messages, any gateway")
        SUBMAIL = "submail", _("Text messages by SUBMAIL")
        FEISHU = "feishu", _("Feishu bot")
        DINGTALK = "dingtalk", _("DingTalk bot")

    key = models.SlugField(_("key"), max_length=32, unique=True, default=new_key, editable=False)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    name = models.CharField(_("name"), max_length=60)
    site = models.ForeignKey(
        ChatSite, models.PROTECT, related_name="lines", verbose_name=_("served as"),
        help_text=_("A chat site: its unit, queue, working hours and texts hold here, too."),
    )  # fmt: skip
    account = models.CharField(_("account"), max_length=120, blank=True)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    sealed_secrets = models.TextField()
    sealed_token = models.TextField(blank=True)
    token_until = models.DateTimeField(null=True)
    cursor = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"))
    changed_at = models.DateTimeField(_("changed at"))
    came_at = models.DateTimeField(_("last message that came"), null=True)
    went_at = models.DateTimeField(_("last message that went out"), null=True)
    problem = models.CharField(_("what was wrong"), max_length=300, blank=True)
    problem_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def secrets(self) -> dict[str, str]:
        """What proves who calls, on either side; none before they were set."""
        if not self.sealed_secrets:
            return {}
        found: dict[str, str] = json.loads(unseal(self.sealed_secrets, self._place("secrets")))
        return found

    def seal_secrets(self, given: Mapping[str, str]) -> None:
        self.sealed_secrets = seal(json.dumps(dict(given)), self._place("secrets"))

    @property
    def token(self) -> str:
        """The access token as it was last given; empty where there is none."""
        return self.opened(self.sealed_token) if self.sealed_token else ""

    def sealed(self, token: str) -> str:
        """The token as it is kept, or a key to fetch messages with as a job has it."""
        return seal(token, self._place("token"))

    def opened(self, sealed: str) -> str:
        return unseal(sealed, self._place("token"))

    def _place(self, what: str) -> str:
        return f"contacts.messageline|{what}|{self.key}"


class MessageThread(models.Model):
    """One person at one line. Who it is stands sealed, and is found by a keyed digest.

    `reply_to` is where an answer must be sent, until `reply_until`, where the other system gives
    an address with each message.
    """

    line = models.ForeignKey(MessageLine, models.PROTECT, related_name="threads")
    person_index = models.CharField(max_length=64)
    sealed_person = models.TextField(blank=True)
    shown = models.CharField(_("customer"), max_length=60)
    sealed_reply_to = models.TextField(blank=True)
    reply_until = models.DateTimeField(null=True)
    wrote_at = models.DateTimeField(_("last wrote at"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "person_index"], name="thread_once_per_line")
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def place(self) -> str:
        """Where the person is sealed for."""
        return f"contacts.messagethread|person|{self.line_id}|{self.person_index}"

    @property
    def person(self) -> str:
        """What the other system calls them."""
        return unseal(self.sealed_person, self.place) if self.sealed_person else ""

    @property
    def reply_to(self) -> str:
        return unseal(self.sealed_reply_to, self.place) if self.sealed_reply_to else ""


class CameMessage(models.Model):
    """That a message came, so that it is taken once: known by the number it has over there."""

    line = models.ForeignKey(MessageLine, models.CASCADE, related_name="came")
    external_id = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "external_id"], name="came_once_per_line")
        ]

    def __str__(self) -> str:
        return self.external_id


class SentMessage(models.Model):
    """A message to a customer. `reference` is our number for it, `external_id` that of the other
    system. `is_automatic` marks what the program writes by itself; `matter` is what it is about.

    While it is being sent it is claimed; whoever finds it claimed for long cannot know whether it
    went out, and says so instead of sending it again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Went out")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Could not be sent")
        UNKNOWN = "unknown", _("Not known whether it was sent")
        GIVEN_UP = "given_up", _("Given up")

    thread = models.ForeignKey(MessageThread, models.PROTECT, related_name="sent")
    said = models.OneToOneField(ChatMessage, models.SET_NULL, null=True, related_name="sent")
    matter = models.CharField(max_length=60, blank=True, db_index=True)
    reference = models.CharField(max_length=32, unique=True)
    external_id = models.CharField(max_length=120, blank=True, db_index=True)
    sealed_text = models.TextField(blank=True)
    is_automatic = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    queued_at = models.DateTimeField(_("queued at"))
    next_at = models.DateTimeField(_("next try"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)
    problem = models.CharField(_("what was wrong"), max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False),
                name="delivered_has_its_time",
            )
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="sent_message_due")]

    def __str__(self) -> str:
        return self.reference

    @property
    def place(self) -> str:
        """Where the words are sealed for."""
        return f"contacts.sentmessage|text|{self.reference}"

    @property
    def text(self) -> str:
        return unseal(self.sealed_text, self.place) if self.sealed_text else ""
