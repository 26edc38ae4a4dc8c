"""Rules, their versions, and the sets of versions that judged together (规则)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language


class Rule(models.Model):
    """One rule over its whole life; what it checks stands in its versions."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("owner"), related_name="rules"
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class RuleVersion(models.Model):
    """One wording of a rule. A version that judged a conversation never changes again.

    Its life: draft, then shadow (judges, but counts for nobody), then active, then retired.
    `body` is one rule of the rule file format in canonical form. A suspended version judges
    nothing until somebody lifts the suspension, whatever its state.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SHADOW = "shadow", _("Shadow")
        ACTIVE = "active", _("Active")
        RETIRED = "retired", _("Retired")

    class Severity(models.TextChoices):
        SEVERE = "severe", _("Severe")
        MODERATE = "moderate", _("Moderate")
        MINOR = "minor", _("Minor")

    class Kind(models.TextChoices):
        VIOLATION = "violation", _("Violation")
        CREDIT = "credit", _("Credit")
        SIGNAL = "signal", _("Signal")

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions", verbose_name=_("rule"))
    number = models.PositiveIntegerField(_("version"))
    body = models.JSONField(_("content"))
    dimension = models.CharField(_("dimension"), max_length=40, db_index=True)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.DRAFT)
    note = models.CharField(_("reason for the change"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("created by"), related_name="+"
    )
    changed_at = models.DateTimeField(_("changed at"))
    shadowed_at = models.DateTimeField(_("in shadow since"), null=True)
    activated_at = models.DateTimeField(_("active since"), null=True)
    activated_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("activated by"), related_name="+"
    )
    retired_at = models.DateTimeField(_("retired at"), null=True)
    retire_reason = models.CharField(_("reason for retiring"), max_length=300, blank=True)
    suspended_at = models.DateTimeField(_("suspended since"), null=True)
    suspended_reason = models.CharField(_("reason for the suspension"), max_length=300, blank=True)
    lifted_at = models.DateTimeField(_("suspension lifted at"), null=True)

    class Meta:
        ordering = ["rule__code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="version_once_per_rule"),
            models.UniqueConstraint(
                F("rule"), condition=Q(state="active"), name="one_active_version_per_rule"
            ),
            models.UniqueConstraint(
                F("rule"), condition=Q(state="draft"), name="one_draft_per_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule.code} v{self.number}"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self.body.get("title", {})) or self.rule.code

    @property
    def tone(self) -> str:
        """How a hit is coloured: a problem, a merit, or only a fact."""
        return {"violation": "bad", "credit": "good", "signal": "flow"}[self.kind]

    @property
    def why(self) -> str:
        """Why it matters, in the reader's language."""
        return in_language(self.body.get("why", {}))


class Snapshot(models.Model):
    """A set of rule versions that judged together, in a fixed order.

    `digest` is the SHA-256 of their contents: the same versions are always the same snapshot.
    """

    digest = models.CharField(max_length=64, unique=True)
    version_ids = models.JSONField(default=list)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.digest[:12]
