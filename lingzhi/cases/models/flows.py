"""Flows and their versions (工单流程)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language
from lingzhi_engine.flow import Flow as ReadFlow
from lingzhi_engine.flow import read_flow

# What was put into force never changes: each is read once in a process, by its hash.
_READ: dict[str, ReadFlow] = {}


class Flow(models.Model):
    """One flow over its whole life; its states and steps stand in its versions."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code


class FlowVersion(models.Model):
    """One wording of a flow. A version in which a case was opened never changes again.

    Its life: draft, then active, then retired. `content` is what `lingzhi_engine.flow` reads;
    `sha256` is of its canonical JSON. Cases stay in the version in which they were opened.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("Active")
        RETIRED = "retired", _("Retired")

    flow = models.ForeignKey(
        Flow, models.PROTECT, related_name="versions", verbose_name=_("case flow")
    )
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.DRAFT)
    note = models.CharField(_("reason for the change"), max_length=300, blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("changed by"), related_name="+"
    )
    activated_at = models.DateTimeField(_("active since"), null=True)
    activated_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("activated by"), related_name="+"
    )
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["flow", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["flow", "number"], name="flow_version_once"),
            models.UniqueConstraint(
                F("flow"), condition=Q(state="active"), name="one_active_version_per_flow"
            ),
            models.UniqueConstraint(
                F("flow"), condition=Q(state="draft"), name="one_draft_per_flow"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    @property
    def title(self) -> str:
        """The flow's own title in the reader's language."""
        return in_language(self.content.get("title") or {"en": self.flow.code})

    def read(self) -> ReadFlow:
        """The flow itself. A draft may hold what cannot be read: InvalidFlow."""
        known = _READ.get(self.sha256)
        if known is None:
            known = read_flow(self.content)
            if self.sha256 and self.state != self.State.DRAFT:
                _READ[self.sha256] = known
        return known
