"""Internal audits (内部审核): the programme of a year, and the checklist of each audit."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audit(models.Model):
    """One audit of some units: planned, begun (`begun_at`), closed with its report or cancelled.

    `from_on` to `to_on` are the days whose evidence is looked at, `planned_on` the day it is to be
    held. For a scan `report` is the file of the tool; what it found is counted by hand.
    """

    class Kind(models.TextChoices):
        SYSTEM = "system", _("Audit of the service system")
        SECURITY = "security", _("Security audit")
        SCAN = "scan", _("Vulnerability scan")
        SECRECY = "secrecy", _("Check of confidentiality")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("of an audit", "Planned")
        RUNNING = "running", pgettext_lazy("of an audit", "Being held")
        CLOSED = "closed", pgettext_lazy("of an audit", "Closed with its report")
        CANCELLED = "cancelled", pgettext_lazy("of an audit", "Cancelled")

    kind = models.CharField(_("kind of audit"), max_length=8, choices=Kind, default=Kind.SYSTEM)
    title = models.CharField(_("title"), max_length=120)
    aim = models.TextField(
        _("what is audited, and why"), max_length=2000,
        help_text=_("Aim, scope and criteria in a few sentences."),
    )  # fmt: skip
    units = models.ManyToManyField(
        "org.Unit", related_name="audits", verbose_name=_("audited units")
    )
    from_on = models.DateField(_("evidence from"))
    to_on = models.DateField(_("evidence until"))
    planned_on = models.DateField(_("to be held on"))
    lead = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("lead auditor")
    )
    auditors = models.ManyToManyField(
        "accounts.User", related_name="+", blank=True, verbose_name=_("other auditors")
    )
    created_at = models.DateTimeField(_("planned at"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    collected_at = models.DateTimeField(_("evidence collected at"), null=True)
    begun_at = models.DateTimeField(_("begun at"), null=True)
    report = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    high = models.PositiveSmallIntegerField(_("high risk"), null=True)
    medium = models.PositiveSmallIntegerField(_("medium risk"), null=True)
    low = models.PositiveSmallIntegerField(_("low risk"), null=True)
    conclusion = models.TextField(_("conclusion"), max_length=3000, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)

    class Meta:
        ordering = ["-planned_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__lte=F("to_on")), name="audited_days_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(begun_at__isnull=False, closed_by__isnull=False, cancelled_at=None)
                & ~Q(conclusion=""),
                name="closed_audit_was_held_and_concluded",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """What people call it by: IA-2026-0017."""
        return f"IA-{self.planned_on.year}-{self.pk:04d}"

    @property
    def state(self) -> str:
        if self.cancelled_at is not None:
            return self.State.CANCELLED
        if self.closed_at is not None:
            return self.State.CLOSED
        return self.State.RUNNING if self.begun_at is not None else self.State.PLANNED

    @property
    def state_words(self) -> Any:
        return self.State(self.state).label

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.cancelled_at is None

    @property
    def begun_on(self) -> date | None:
        return localdate(self.begun_at) if self.begun_at else None

    @property
    def has_scan(self) -> bool:
        """Whether the report of a tool belongs to it."""
        return self.kind in (self.Kind.SECURITY, self.Kind.SCAN)


class AuditLine(models.Model):
    """One line of the checklist (检查表): a clause, or a question of the auditor's own.

    `evidence` is what the controls of the clause said for the audited days when it was collected:
    a list of rows with key, title, state, kept, broken, unknown and is_whole (counted for more
    than the audited units, because the control cannot be asked of a part).
    """

    class Verdict(models.TextChoices):
        CONFORMS = "conforms", pgettext_lazy("of an audit", "Conforms")
        OBSERVATION = "observation", _("Observation")
        MINOR = "minor", _("Minor nonconformity")
        MAJOR = "major", _("Major nonconformity")
        SKIPPED = "skipped", _("Not looked at")

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    clause = models.ForeignKey("rulebook.Clause", models.PROTECT, null=True, related_name="+")
    question = models.CharField(_("question"), max_length=500, blank=True)
    evidence = models.JSONField(default=list)
    verdict = models.CharField(_("finding"), max_length=11, choices=Verdict, blank=True)
    words = models.TextField(_("what was seen"), max_length=2000, blank=True)
    link = models.CharField(_("address of evidence"), max_length=300, blank=True)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("where it was found"),
    )  # fmt: skip
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["audit", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "clause"], name="audited_clause_once"),
            models.CheckConstraint(
                condition=Q(clause__isnull=False) | ~Q(question=""),
                name="audit_line_asks_something",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=("", "conforms")) | ~Q(words=""),
                name="audit_finding_says_what_was_seen",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Number and heading of its clause, or the question."""
        if self.clause is None:
            return self.question
        return f"{self.clause.number} {self.clause.heading}".strip()

    @property
    def is_nonconformity(self) -> bool:
        """不符合项"""
        return self.verdict in NONCONFORMITIES


NONCONFORMITIES = (AuditLine.Verdict.MINOR, AuditLine.Verdict.MAJOR)


class AuditFile(models.Model):
    """A photo, record or list beside a line."""

    line = models.ForeignKey(AuditLine, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.line_id} {self.file_id}"
