"""Files on their way in: what was mapped, what is staged, what was wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.core.encryption import unseal


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
    """One file brought in. What it brought is invisible until `finished_at` is set."""

    kind = models.CharField(_("kind"), max_length=40)
    source = models.CharField(_("source"), max_length=40)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, verbose_name=_("file"))
    columns = models.JSONField(_("columns"), default=dict)
    options = models.JSONField(_("options"), default=dict)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("created by")
    )
    staged_at = models.DateTimeField(_("staged at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, db_index=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    staged_rows = models.PositiveIntegerField(_("rows read"), default=0)
    bad_rows = models.PositiveIntegerField(_("rows with problems"), default=0)
    published_rows = models.PositiveIntegerField(_("rows published"), default=0)
    known_rows = models.PositiveIntegerField(_("rows known before"), default=0)
    error = models.CharField(_("error"), max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class StagedRow(models.Model):
    """One record of a file, sealed: it may hold personal data. Emptied once it is published."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    sealed = models.TextField()
    problems = models.JSONField(_("problems"), default=list)
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="row_once_per_batch")
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
