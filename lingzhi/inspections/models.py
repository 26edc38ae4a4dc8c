"""Rules, their versions, and what they found in each conversation (质检)."""

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


class InspectionRun(models.Model):
    """A run of the rules over stored conversations; its progress is the job run's."""

    run = models.OneToOneField("jobs.Run", models.PROTECT, related_name="inspection_run")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT)
    filters = models.JSONField(_("conversations"), default=dict)
    started_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("started by")
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.run.label


class BackTest(models.Model):
    """Versions of rules compared over stored conversations (回测); it judges nothing for good.

    `pairs` is a list of `{"rule": id, "code": …, "before": side or None, "after": side}`, a side
    `{"version": id, "number": …, "body": …}` with the content as it was compared: a draft may
    change afterwards. `paths` are the units its conversations were looked for in, `result` is the
    engine's difference once all its parts are in.
    """

    run = models.OneToOneField("jobs.Run", models.PROTECT, related_name="back_test")
    pairs = models.JSONField(_("versions"), default=list)
    filters = models.JSONField(_("conversations"), default=dict)
    paths = models.JSONField(default=list)
    result = models.JSONField(_("result"), null=True)
    started_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name=_("started by"))

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.run.label


class BackTestPart(models.Model):
    """What a group of conversations adds to a back-test that goes on."""

    test = models.ForeignKey(BackTest, models.CASCADE, related_name="parts")
    difference = models.JSONField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.test_id}/{self.pk}"


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
