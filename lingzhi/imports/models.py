"""Files on their way in: what was mapped, what is staged, what was wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.core.encryption import unseal
from lingzhi.core.intake import Problem


class Mapping(models.Model):
    """How the columns of one source's files are read: remembered for the next file."""

    kind = models.CharField(_("kind"), max_length=40)
    source = models.CharField(_("source"), max_length=40)
    columns = models.JSONField(_("columns"), default=dict)
    options = models.JSONField(_("options"), default=dict)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["kind", "source"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source"], name="one_mapping_per_source")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source}"


class Batch(models.Model):
    """One file brought in. What it brought is invisible until `finished_at` is set.

    Received → started (its mapping is decided) → staged (every row is read) → accepted, where rows
    have problems → finished; or refused (the file cannot be read) or dropped by a person.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("Mapping open")
        STAGING = "staging", _("Being read")
        UNDECIDED = "undecided", _("Needs a decision")
        PUBLISHING = "publishing", _("Being published")
        STOPPED = "stopped", _("Stopped")
        FINISHED = "finished", _("Finished")
        REFUSED = "refused", _("Unreadable")
        DROPPED = "dropped", _("Dropped")

    kind = models.CharField(_("kind"), max_length=40)
    source = models.CharField(_("source"), max_length=40)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, verbose_name=_("file"))
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    file_size = models.BigIntegerField(_("size in bytes"), default=0)
    file_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    columns = models.JSONField(_("columns"), default=dict)
    options = models.JSONField(_("options"), default=dict)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("created by")
    )
    started_at = models.DateTimeField(_("started at"), null=True)
    staged_at = models.DateTimeField(_("staged at"), null=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    accepted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("accepted by")
    )
    finished_at = models.DateTimeField(_("finished at"), null=True, db_index=True)
    refused_at = models.DateTimeField(_("refused at"), null=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True)
    dropped_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("dropped by")
    )
    run = models.ForeignKey("jobs.Run", models.SET_NULL, null=True, verbose_name=_("run"))
    staged_to = models.PositiveIntegerField(_("read up to row"), default=0)
    staged_rows = models.PositiveIntegerField(_("rows read"), default=0)
    bad_rows = models.PositiveIntegerField(_("rows with problems"), default=0)
    published_rows = models.PositiveIntegerField(_("rows published"), default=0)
    known_rows = models.PositiveIntegerField(_("rows known before"), default=0)
    conflict_rows = models.PositiveIntegerField(_("rows in conflict"), default=0)
    error = models.JSONField(_("error"), default=dict)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(finished_at=None)
                | models.Q(refused_at=None, dropped_at=None, staged_at__isnull=False),
                name="import_ends_one_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self) -> bool:
        return bool(self.finished_at or self.refused_at or self.dropped_at)

    @property
    def is_decided(self) -> bool:
        """Whether what is staged may be published: nothing was wrong, or a person said so."""
        return self.bad_rows == 0 or self.accepted_at is not None

    @property
    def good_rows(self) -> int:
        return self.staged_rows - self.bad_rows

    @property
    def problem_rows(self) -> int:
        """Rows not taken: wrong in themselves, or other than what was delivered before."""
        return self.bad_rows + self.conflict_rows

    @property
    def state(self) -> "Batch.State":
        if self.finished_at:
            return self.State.FINISHED
        if self.refused_at:
            return self.State.REFUSED
        if self.dropped_at:
            return self.State.DROPPED
        return self._open_state()

    def _open_state(self) -> "Batch.State":
        if self.started_at is None:
            return self.State.RECEIVED
        if self.staged_at and not self.is_decided:
            return self.State.UNDECIDED
        if self.run is not None and self.run.is_finished:
            return self.State.STOPPED
        return self.State.PUBLISHING if self.staged_at else self.State.STAGING

    @property
    def refusal(self) -> str:
        """Why the file cannot be read, in the reader's language."""
        if not self.error:
            return ""
        stored = dict(self.error)
        stored.pop("row", None)
        return Problem("file", **stored).sentence


class StagedRow(models.Model):
    """One record without a problem that waits to be published, sealed: it may hold personal data.

    Deleted in the transaction that publishes it.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    key = models.CharField(_("number"), max_length=200)
    sealed = models.TextField()

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="row_once_per_batch"),
            models.UniqueConstraint(fields=["batch", "key"], name="key_once_per_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"

    @property
    def place(self) -> str:
        """Where the record is sealed for."""
        return f"imports.stagedrow|record|{self.batch_id}|{self.number}"

    def reveal(self) -> str:
        """The record as JSON."""
        return unseal(self.sealed, self.place)


class RowProblem(models.Model):
    """What is wrong with one field of one row; it never holds the value itself."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="problems")
    number = models.PositiveIntegerField(_("row"))
    field = models.CharField(_("field"), max_length=60, blank=True)
    message = models.CharField(_("problem"), max_length=300)
    params = models.JSONField(default=dict)
    turn = models.PositiveIntegerField(_("turn"), null=True)

    class Meta:
        ordering = ["batch", "number", "id"]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}: {self.field}"

    @property
    def sentence(self) -> str:
        """The problem in the reader's language."""
        return Problem(self.field, self.message, self.params, self.turn).sentence
