"""What rules found in conversations, and what people say about it (质检)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .rules import RuleVersion, Snapshot


class Inspection(models.Model):
    """One conversation judged by one snapshot.

    `verdicts` has one letter for each version of the snapshot, in its order: h hit, m miss,
    n not applicable, u unknown. So a rate over 20,000 conversations is one pass over bytes.
    A further `attempt` asked models again (at `asked_again_at`) that had not answered before; of
    several the last one counts.
    """

    contact = models.ForeignKey("contacts.Contact", models.CASCADE, related_name="inspections")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT)
    verdicts = models.TextField()
    is_latest = models.BooleanField(default=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    inspected_at = models.DateTimeField(_("inspected at"))
    asked_again_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "snapshot", "attempt"], name="contact_judged_once_by_a_snapshot"
            ),
            models.UniqueConstraint(
                F("contact"), condition=Q(is_latest=True), name="one_latest_inspection"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.snapshot_id}"


class Finding(models.Model):
    """One piece of evidence of a hit, or the reason why a rule could not be judged.

    `turn` is the number of the turn, `start` and `end` are characters of its text (end excluded);
    masked words have the same length as those said, so the places fit both.
    """

    class Verdict(models.TextChoices):
        HIT = "hit", _("Hit")
        UNKNOWN = "unknown", _("Unknown")

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings")
    version = models.ForeignKey(
        RuleVersion, models.PROTECT, related_name="findings", db_index=False
    )
    verdict = models.CharField(_("verdict"), max_length=7, choices=Verdict)
    turn = models.PositiveIntegerField(_("turn"), null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    value = models.FloatField(_("value"), null=True)
    threshold = models.FloatField(_("threshold"), null=True)
    confidence = models.FloatField(_("confidence"), null=True)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["inspection", "id"]
        indexes = [models.Index(fields=["version", "verdict", "inspection"])]

    def __str__(self) -> str:
        return f"{self.version_id} {self.verdict} {self.inspection_id}/{self.turn}"


class LiveFinding(models.Model):
    """A hit found while the conversation still went on; nothing said later takes it back.

    One row a piece of evidence, as in `Finding`. `found_at` less the turn's `received_at` is how
    long it took.
    """

    contact = models.ForeignKey(
        "contacts.OpenContact", models.CASCADE, related_name="live_findings"
    )
    version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="live_findings")
    turn = models.PositiveIntegerField(_("turn"), null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    value = models.FloatField(_("value"), null=True)
    threshold = models.FloatField(_("threshold"), null=True)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField(_("found at"))

    class Meta:
        ordering = ["contact", "id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.contact_id}/{self.turn}"


class Flag(models.Model):
    """An agent says that a hit in their own conversation is wrong; who writes rules decides."""

    contact = models.ForeignKey("contacts.Contact", models.CASCADE, related_name="flags")
    version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="flags")
    reason = models.CharField(_("reason"), max_length=500)
    flagged_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("flagged by"), related_name="flags"
    )
    flagged_at = models.DateTimeField(_("flagged at"))
    is_agreed = models.BooleanField(_("agreed"), null=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("decided by"), related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "version"], name="hit_flagged_once_per_conversation"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) ^ Q(is_agreed__isnull=False),
                name="flag_decided_iff_it_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.contact_id}"
