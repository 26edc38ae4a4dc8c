"""Approval chains (审批): who must agree, in which order, before something takes effect."""

import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def digest_of(content: Any) -> str:
    """SHA-256 of any JSON content; the same content gives the same digest."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class Chain(models.Model):
    """The steps of one kind of matter: roles in their order. No steps: no approval is needed."""

    matter = models.CharField(_("matter"), max_length=60, unique=True)
    roles = models.JSONField(_("roles in order"), default=list, blank=True)

    class Meta:
        ordering = ["matter"]

    def __str__(self) -> str:
        return self.matter


class Approval(models.Model):
    """One request that goes through the steps it was given when it was made."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    matter = models.CharField(_("matter"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    url = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=100)
    content_sha256 = models.CharField(max_length=64)
    roles = models.JSONField(_("roles in order"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    job = models.CharField(max_length=80)
    job_arguments = models.JSONField(default=dict)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("asked by"), related_name="asked_approvals"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state="open"), name="one_open_approval_per_subject"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def covers(self, content: Any) -> bool:
        """Whether `content` is what was asked about and signed."""
        return self.content_sha256 == digest_of(content)

    @property
    def step(self) -> int:
        """The number of the step that is due, from 0."""
        return self.signatures.count()

    @property
    def role_due(self) -> str:
        """The role whose turn it is; empty when the request has ended."""
        return self.roles[self.step] if self.state == self.State.OPEN else ""


class Signature(models.Model):
    """One decision of one step (签字). `digest` binds it to the content and to those before it."""

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="signatures")
    step = models.PositiveSmallIntegerField(_("step"))
    role = models.CharField(_("role"), max_length=32)
    is_agreed = models.BooleanField(_("agreed"))
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    signed_at = models.DateTimeField(_("signed at"))
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name=_("signed by"))
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["approval", "step"]
        constraints = [
            models.UniqueConstraint(fields=["approval", "step"], name="one_signature_per_step")
        ]

    def __str__(self) -> str:
        return f"{self.approval_id}/{self.step}"
