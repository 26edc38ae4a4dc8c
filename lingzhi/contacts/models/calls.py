"""Calls as phone systems told them (通话): events, the legs they were joined into, and doubts."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models.channels import Source
from lingzhi.contacts.models.contacts import Contact
from lingzhi.core.encryption import unseal


class Call(models.Model):
    """One call of a source, as far as it was told; over, it has a contact that figures count."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TALKING = "talking", _("Talking")
        OVER = "over", _("Over")

    class Left(models.TextChoices):
        """Why nobody took it."""

        NONE = "", _("Unknown")
        ABANDONED = "abandoned", _("Given up by the customer")
        TIMEOUT = "timeout", _("Waited longer than the queue allows")
        KEY = "key", _("Left by a key")
        NO_AGENTS = "no_agents", _("No agent was there")
        DUMPED = "dumped", _("Turned away by the agent")
        NOT_BRIDGED = "not_bridged", _("The lines could not be joined")
        UNKNOWN = "unknown", _("Left the queue, nobody told why")

    source = models.ForeignKey(Source, models.PROTECT, related_name="calls")
    external_id = models.CharField(_("number"), max_length=120)
    state = models.CharField(_("state"), max_length=8, choices=State)
    direction = models.CharField(_("direction"), max_length=3, choices=Contact.Direction)
    queue = models.CharField(_("queue"), max_length=60, blank=True)
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="calls", verbose_name=_("agent")
    )
    agent_reference = models.CharField(_("agent as delivered"), max_length=80, blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, verbose_name=_("team"))
    left = models.CharField(_("why not answered"), max_length=12, choices=Left, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    queued_at = models.DateTimeField(_("queued at"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    moved_at = models.DateTimeField(_("last told of at"))
    contact = models.OneToOneField(
        Contact, models.SET_NULL, null=True, related_name="call", verbose_name=_("contact")
    )

    class Meta:
        ordering = ["-moved_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="call_once_per_source")
        ]
        indexes = [models.Index(fields=["state", "-moved_at"], name="call_by_state")]

    def __str__(self) -> str:
        return self.external_id

    @property
    def steps_in(self) -> models.QuerySet[Any]:
        """Leaders who spoke in this call, as the phone system confirmed (密语, 强插, 拦截)."""
        rows = self.commands.filter(state="done", kind__in=("whisper", "barge_in", "intercept"))
        return rows.select_related("asked_by").order_by("pk")


class CallQueue(models.Model):
    """A queue of a phone system, and the unit that answers for it; of none until somebody says."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    name = models.CharField(_("queue"), max_length=60)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    seen_at = models.DateTimeField(_("first told of"))

    class Meta:
        ordering = ["source", "name"]
        constraints = [
            models.UniqueConstraint(fields=["source", "name"], name="queue_once_per_source")
        ]

    def __str__(self) -> str:
        return self.name


class CallEvent(models.Model):
    """One thing that was told, once, as it was told: nothing changes it. The phone is sealed."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="call_events")
    call = models.CharField(_("call"), max_length=120, blank=True)
    key = models.CharField(max_length=64)
    kind = models.CharField(_("event"), max_length=12)
    at = models.DateTimeField(_("at"))
    agent = models.CharField(_("agent as delivered"), max_length=80, blank=True)
    queue = models.CharField(_("queue"), max_length=60, blank=True)
    sealed_number = models.TextField(blank=True)
    facts = models.JSONField(_("further data"), default=dict, blank=True)
    received_at = models.DateTimeField(_("received at"))
    batch = models.ForeignKey("imports.Batch", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="call_event_once_per_source")
        ]
        indexes = [
            models.Index(fields=["source", "call"], name="call_event_by_call"),
            models.Index(fields=["source", "agent", "at"], name="call_event_by_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.call}"

    @property
    def number(self) -> str:
        """The customer's phone, for finding the customer; pages never show it."""
        return unseal(self.sealed_number, place_of_number(self.key)) if self.sealed_number else ""


def place_of_number(key: str) -> str:
    """The place that the phone of an event is sealed for."""
    return f"contacts.callevent|number|{key}"


class CallLeg(models.Model):
    """One agent's part of a call, as joined; joined again, they are made anew."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="legs")
    seq = models.PositiveSmallIntegerField(_("number"))
    agent = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("agent")
    )
    agent_reference = models.CharField(_("agent as delivered"), max_length=80, blank=True)
    rang_at = models.DateTimeField(_("rang at"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["call", "seq"]
        constraints = [models.UniqueConstraint(fields=["call", "seq"], name="leg_once_per_call")]

    def __str__(self) -> str:
        return f"{self.call} {self.seq}"


class CallDoubt(models.Model):
    """Something about a call or an agent's day that does not add up, to be looked at.

    What is told later may settle it: then it is `settled_at`, and stays.
    """

    class Kind(models.TextChoices):
        NO_ENTRY = "no_entry", _("Nobody told how it began")
        NO_ANSWER_TOLD = "no_answer_told", _("A talk ended that never began")
        NO_END = "no_end", _("Nobody told its end")
        AFTER_TRANSFER = "after_transfer", _("Nobody told what became of it after the transfer")
        TWO_ENDS = "two_ends", _("It ended twice")
        OVERLAP = "overlap", _("Two agents talk at once, and no transfer was told")
        NO_TARGET = "no_target", _("A transfer to nowhere")
        HOLD_OPEN = "hold_open", _("Put on hold and never taken back")
        BACKWARDS = "backwards", _("A time before the one that must precede it")
        TALK_DIFFERS = "talk_differs", _("The talk told is not the talk between the times")
        AFTER_END = "after_end", _("Something happened after its end")
        UNKNOWN_AGENT = "unknown_agent", _("The agent fits nobody")
        PAUSED_TWICE = "paused_twice", _("A second break began before the first ended")
        NOT_PAUSED = "not_paused", _("A break ended that never began")

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    call = models.ForeignKey(Call, models.CASCADE, null=True, related_name="doubts")
    reference = models.CharField(_("call or agent"), max_length=120)
    kind = models.CharField(_("what"), max_length=16, choices=Kind)
    at = models.DateTimeField(_("at"))
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    found_at = models.DateTimeField(_("found at"))
    settled_at = models.DateTimeField(_("settled at"), null=True)
    seen_at = models.DateTimeField(_("looked at"), null=True)
    seen_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "reference", "kind", "at", "detail"], name="doubt_once"
            )
        ]
        indexes = [models.Index(fields=["seen_at", "settled_at", "-at"], name="doubt_open")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_kind_display()}"
