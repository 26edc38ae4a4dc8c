"""Conversations that still go on, and the systems that tell of them (实时接入)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models.channels import Channel, Source
from lingzhi.contacts.models.contacts import Contact, Utterance
from lingzhi.core.encryption import unseal


class Feed(models.Model):
    """A system that tells what is said while a conversation goes on (实时接入).

    It signs every message with a secret that both sides know; the secret is kept sealed.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="feeds")
    sealed_secret = models.TextField()
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("created by"), related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["source__code", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(ended_at=None),
                name="one_open_feed_per_source",
            )
        ]

    def __str__(self) -> str:
        return str(self.source)

    @property
    def secret(self) -> bytes:
        """What messages are signed with."""
        return unseal(self.sealed_secret, place_of_feed(self.source_id)).encode()


def place_of_feed(source_id: int) -> str:
    """The place that the secret of a source is sealed for."""
    return f"contacts.feed|secret|{source_id}"


class OpenContact(models.Model):
    """A conversation that still goes on (进行中的联络). Figures never see it.

    When it ends it becomes a contact like any other, and its turns here are deleted. What was
    delivered about the customer is sealed.
    """

    source = models.ForeignKey(Source, models.PROTECT)
    external_id = models.CharField(_("number"), max_length=120)
    channel = models.ForeignKey(Channel, models.PROTECT, verbose_name=_("channel"))
    direction = models.CharField(_("direction"), max_length=3, choices=Contact.Direction)
    queue = models.CharField(_("queue"), max_length=60, blank=True)
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("agent")
    )
    agent_reference = models.CharField(_("agent as delivered"), max_length=80, blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, verbose_name=_("team"))
    started_at = models.DateTimeField(_("started at"), null=True)
    sealed_facts = models.TextField()
    facts_sha256 = models.CharField(max_length=64)
    turn_count = models.PositiveIntegerField(_("turns"), default=0)
    opened_at = models.DateTimeField(_("opened at"))
    moved_at = models.DateTimeField(_("last turn at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    contact = models.OneToOneField(
        Contact, models.SET_NULL, null=True, related_name="lived", verbose_name=_("contact")
    )

    class Meta:
        ordering = ["-moved_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="open_once_per_source")
        ]
        indexes = [models.Index(fields=["closed_at", "-moved_at"], name="open_contact_moved")]

    def __str__(self) -> str:
        return self.external_id

    @property
    def place(self) -> str:
        """Where what was delivered is sealed for."""
        return f"contacts.opencontact|facts|{self.source_id}|{self.external_id}"


class OpenTurn(Utterance):
    """One utterance of a conversation that still goes on."""

    contact = models.ForeignKey(OpenContact, models.CASCADE, related_name="turns")
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        ordering = ["contact", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "seq"], name="turn_once_per_open_contact")
        ]

    @property
    def place(self) -> str:
        return f"contacts.openturn|text|{self.contact_id}|{self.seq}"
