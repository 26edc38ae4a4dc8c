"""Chats on web pages (网页在线客服): where they are offered, who serves them, what is said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models.contacts import Contact
from lingzhi.contacts.models.live import OpenContact
from lingzhi.core.encryption import unseal

LONGEST_TEXT = 2000


class ChatSite(models.Model):
    """A web site that offers chats (聊天入口): whose agents serve it, where it may be embedded.

    `greeting` and `away` hold a text for each language of the visitors; `away` is what they read
    outside working hours, which are those of the unit unless `calendar` names others.
    """

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=60)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    calendar = models.ForeignKey(
        "org.Calendar", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("working hours"),
        help_text=_("Empty: those of the unit."),
    )  # fmt: skip
    queue = models.CharField(_("queue"), max_length=60, blank=True)
    origins = models.JSONField(_("embedded on"), default=list, blank=True)
    colour = models.CharField(_("colour"), max_length=7, default="#0f766e")
    greeting = models.JSONField(_("greeting"), default=dict, blank=True)
    away = models.JSONField(_("text outside working hours"), default=dict, blank=True)
    is_automatic = models.BooleanField(_("given to agents by the program"), default=True)
    at_once = models.PositiveSmallIntegerField(_("chats of one agent at once"), default=3)
    changed_at = models.DateTimeField(_("changed at"))
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(at_once__gte=1, at_once__lte=20), name="chats_at_once_are_few"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Chat(models.Model):
    """One chat of a visitor, beside the open contact that rules judge while it goes on.

    The visitor is known by a secret alone, of which the digest is kept; or writes by another
    system, as `thread` says. `last_seq` numbers all that is said, `visible_seq` what the visitor
    sees; both sides' read marks count the latter.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SERVING = "serving", _("Being served")
        ENDED = "ended", _("Ended")

    site = models.ForeignKey(
        ChatSite, models.PROTECT, related_name="chats", verbose_name=_("chat site")
    )
    thread = models.ForeignKey(
        "contacts.MessageThread", models.PROTECT, null=True, related_name="chats"
    )
    number = models.CharField(_("number"), max_length=40, unique=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=10)
    live = models.OneToOneField(OpenContact, models.SET_NULL, null=True, related_name="chat")
    contact = models.OneToOneField(Contact, models.SET_NULL, null=True, related_name="chat")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="chats", verbose_name=_("agent")
    )
    last_seq = models.PositiveIntegerField(default=0)
    visible_seq = models.PositiveIntegerField(default=0)
    visitor_read = models.PositiveIntegerField(default=0)
    agent_read = models.PositiveIntegerField(default=0)
    visitor_typed_at = models.DateTimeField(null=True)
    agent_typed_at = models.DateTimeField(null=True)
    visitor_seen_at = models.DateTimeField()
    started_at = models.DateTimeField(_("started at"))
    queued_at = models.DateTimeField(_("queued at"))
    answered_at = models.DateTimeField(_("answered at"), null=True)
    assigned_at = models.DateTimeField(_("assigned at"), null=True)
    moved_at = models.DateTimeField(_("last message at"))
    transfers = models.PositiveSmallIntegerField(_("transfers"), default=0)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    disposition = models.CharField(_("outcome"), max_length=60, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_at=None)),
                name="ended_chat_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="serving") | Q(agent__isnull=False, assigned_at__isnull=False),
                name="served_chat_has_its_agent",
            ),
            models.UniqueConstraint(
                fields=["thread"], condition=Q(ended_at=None), name="one_open_chat_per_thread"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "queued_at"], name="chat_queue"),
            models.Index(fields=["agent", "state"], name="chat_of_agent"),
        ]

    def __str__(self) -> str:
        return self.number


class ChatMessage(models.Model):
    """One message. `seq` is its place in the chat, given by the program; `client_id` is given by
    who sent it, so that what is sent again is not said twice.

    Whispers go from a supervisor to the agents: they have no `visible_seq`, never reach the
    visitor, and never become turns of the conversation.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        FILE = "file", _("File")
        SYSTEM = "system", _("Note of the program")
        WHISPER = "whisper", _("Whisper")

    class Side(models.TextChoices):
        VISITOR = "visitor", _("Visitor")
        AGENT = "agent", _("Agent")
        PROGRAM = "program", _("The program")

    class Event(models.TextChoices):
        WELCOMED = "welcomed", _("An agent is here for you")
        JOINED = "joined", _("A colleague joined")
        LEFT = "left", _("A colleague left")
        PASSED_ON = "passed_on", _("A colleague goes on with you")
        QUEUED = "queued", _("You are passed on and wait for a colleague")
        ENDED = "ended", _("The chat has ended")

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="messages")
    seq = models.PositiveIntegerField()
    visible_seq = models.PositiveIntegerField(null=True)
    client_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=7, choices=Kind)
    side = models.CharField(max_length=7, choices=Side)
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    event = models.CharField(max_length=10, choices=Event, blank=True)
    text = models.TextField(blank=True)
    sealed = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["chat", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["chat", "seq"], name="message_once_in_its_place"),
            models.UniqueConstraint(fields=["chat", "visible_seq"], name="message_seen_once"),
            models.UniqueConstraint(fields=["chat", "client_id"], name="message_said_once"),
            models.CheckConstraint(
                condition=~Q(kind="whisper") | Q(visible_seq=None), name="whisper_is_not_visible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chat_id} {self.seq}"

    @property
    def place(self) -> str:
        """Where the words as written are sealed for."""
        return f"contacts.chatmessage|text|{self.chat_id}|{self.seq}"

    def spoken(self) -> str:
        """The words as they were written."""
        return unseal(self.sealed, self.place) if self.sealed else self.text


class ChatJoin(models.Model):
    """A colleague takes part in a chat beside its agent (会议), from one moment to another."""

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="joins")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["chat", "person"], condition=Q(left_at=None), name="in_a_chat_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.chat_id} {self.person_id}"
