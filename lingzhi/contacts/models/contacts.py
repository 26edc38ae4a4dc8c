"""Conversations of the centre with its customers (联络记录): what was said, when, by whom."""

from abc import abstractmethod

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models.channels import Channel, Source
from lingzhi.core.encryption import unseal


class Contact(models.Model):
    """One conversation, or a call that nobody answered. Of a call that a phone system told about
    without its words, answered or not, there are no turns.

    A time that is not known is null, never zero.

    `unit` is the agent's team at the time of the contact: moving a person later changes nothing
    here. A contact of an unfinished import is invisible to people and figures.

    `notice` is the version about recording that the customer was told. What is withheld (since the
    customer refused the recording, say) is neither heard, read nor inspected until it is released.
    """

    class Direction(models.TextChoices):
        IN = "in", _("Inbound")
        OUT = "out", _("Outbound")

    class EndedBy(models.TextChoices):
        UNKNOWN = "", _("Unknown")
        AGENT = "agent", _("Agent")
        CUSTOMER = "customer", _("Customer")
        SYSTEM = "system", _("System")

    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))
    external_id = models.CharField(_("number"), max_length=120)
    channel = models.ForeignKey(Channel, models.PROTECT, verbose_name=_("channel"))
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    queue = models.CharField(_("queue"), max_length=60, blank=True)
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="contacts", verbose_name=_("agent")
    )
    agent_reference = models.CharField(_("agent as delivered"), max_length=80, blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, verbose_name=_("team"))
    customer = models.ForeignKey(
        "customers.Customer",
        models.PROTECT,
        null=True,
        related_name="contacts",
        verbose_name=_("customer"),
    )
    started_at = models.DateTimeField(_("started at"), null=True)
    queued_at = models.DateTimeField(_("queued at"), null=True)
    ringing_at = models.DateTimeField(_("ringing at"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    wrapped_up_at = models.DateTimeField(_("after-call work ended at"), null=True)
    hold_seconds = models.PositiveIntegerField(_("on hold, seconds"), null=True)
    ring_count = models.PositiveSmallIntegerField(_("rings"), null=True)
    transfers = models.PositiveSmallIntegerField(_("transfers"), null=True)
    ended_by = models.CharField(
        _("ended by"), max_length=8, choices=EndedBy, blank=True, default=EndedBy.UNKNOWN
    )
    outcome = models.CharField(_("outcome"), max_length=60, blank=True)
    recording_notice = models.BooleanField(_("told of the recording"), null=True)
    recording_consent = models.BooleanField(_("agreed to the recording"), null=True)
    notice = models.ForeignKey(
        "org.PrivacyNotice", models.PROTECT, null=True, related_name="+",
        db_index=False, verbose_name=_("notice that was told"),
    )  # fmt: skip
    withheld_at = models.DateTimeField(_("withheld at"), null=True)
    withheld_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    withheld_because = models.CharField(_("why it is withheld"), max_length=300, blank=True)
    meta = models.JSONField(_("further data"), default=dict, blank=True)
    turn_count = models.PositiveIntegerField(_("turns"), default=0)
    content_sha256 = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(_("received at"))
    batch = models.ForeignKey("imports.Batch", models.PROTECT, null=True, verbose_name=_("import"))

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                name="contact_once_per_source",
                violation_error_message=_("This source delivered a contact of this number before."),
            )
        ]
        indexes = [
            models.Index(fields=["-started_at", "-id"], name="contact_newest"),
            models.Index(fields=["agent", "-started_at"], name="contact_by_agent"),
            models.Index(fields=["unit", "-started_at"], name="contact_by_unit"),
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def is_unanswered(self) -> bool:
        """A call that waited or rang until it was given up (未接)."""
        return self.turn_count == 0 and self.answered_at is None

    @property
    def has_words(self) -> bool:
        """Whether there is something to read and to inspect; phone data alone has none."""
        return self.turn_count > 0 and not self.is_withheld

    @property
    def is_withheld(self) -> bool:
        """Whether nobody may hear, read or inspect it for now."""
        return self.withheld_at is not None

    @property
    def waited_seconds(self) -> int | None:
        """How long a call that nobody answered waited, from the queue, else the first ring."""
        begin = self.queued_at or self.ringing_at
        if begin is None or self.ended_at is None or not self.is_unanswered:
            return None
        return max(0, round((self.ended_at - begin).total_seconds()))

    @property
    def duration_seconds(self) -> int | None:
        """From answer to end; None where either time is missing or nobody answered."""
        begin = self.answered_at or self.started_at
        if begin is None or self.ended_at is None or self.is_unanswered:
            return None
        return max(0, round((self.ended_at - begin).total_seconds()))


class Day(models.Model):
    """A day that contacts began on, and how often anything about them changed (`contacts.days`)."""

    day = models.DateField(_("day"), unique=True)
    changes = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return str(self.day)


def place_of_turn(contact_id: int, seq: int) -> str:
    """The place that the words of a turn are sealed for."""
    return f"contacts.turn|text|{contact_id}|{seq}"


class Utterance(models.Model):
    """What one side said. `text` is masked, character for character; `sealed` holds the words as
    said when the mask hides something, so positions are the same in both.

    `confidence` (0-1), `emotion` and `energy` are what the customer's own recognition heard.
    """

    class Speaker(models.TextChoices):
        AGENT = "agent", _("Agent")
        CUSTOMER = "customer", _("Customer")
        BOT = "bot", _("Bot")
        SYSTEM = "system", _("System")

    seq = models.PositiveIntegerField(_("number"))
    role = models.CharField(_("role"), max_length=8, choices=Speaker)
    start_ms = models.PositiveIntegerField(_("start, ms"), null=True)
    end_ms = models.PositiveIntegerField(_("end, ms"), null=True)
    confidence = models.FloatField(_("certainty of recognition"), null=True)
    emotion = models.CharField(_("emotion"), max_length=20, blank=True, default="")
    energy = models.FloatField(_("level of the voice, dB"), null=True)
    text = models.TextField(_("text"))
    sealed = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.role}: {self.text[:40]}"

    @property
    @abstractmethod
    def place(self) -> str:
        """Where the words are sealed for."""

    def spoken(self) -> str:
        """The words as said. Showing them to a person needs a reason and an audit row."""
        return unseal(self.sealed, self.place) if self.sealed else self.text


class Turn(Utterance):
    """One utterance of a contact (话轮)."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="turns")

    class Meta:
        ordering = ["contact", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "seq"], name="turn_once_per_contact")
        ]

    @property
    def place(self) -> str:
        return place_of_turn(self.contact_id, self.seq)


class Recording(models.Model):
    """A recording of a contact: kept here, or referred to where it lies."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="recordings")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True)
    reference = models.CharField(_("reference"), max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    roles_by_channel = models.JSONField(_("role per sound channel"), default=list, blank=True)
    duration_ms = models.PositiveIntegerField(_("length, ms"), null=True)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False) | ~models.Q(reference=""),
                name="recording_is_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.reference or str(self.file)
