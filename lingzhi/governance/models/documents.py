"""Controlled documents (受控文件) and their versions, with retention and destruction."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.governance.models.goals import Goal
from lingzhi.governance.models.references import Reference


class Document(models.Model):
    """A document under control: what it is called, whose it is, how often it is looked at again.

    What holds is a version of it. `keep_years` is how long a version that holds no more is kept;
    None: for good. `clauses` are what it writes down of the rulebook.
    """

    class Kind(models.TextChoices):
        POLICY = "policy", pgettext_lazy("of a document", "Policy or regulation")
        PROCEDURE = "procedure", pgettext_lazy("of a document", "Procedure")
        GUIDE = "guide", pgettext_lazy("of a document", "Work instruction")
        RECORD = "record", pgettext_lazy("of a document", "Form or record")
        EXTERNAL = "external", pgettext_lazy("of a document", "From outside")

    class Readers(models.TextChoices):
        ALL = "all", _("Everybody")
        UNIT = "unit", _("Who sees the goals of its unit")

    number = models.CharField(
        _("number of the document"), max_length=40, unique=True,
        error_messages={"unique": _("A document has this number already.")},
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind of document"), max_length=9, choices=Kind)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("who answers for it"),
        help_text=_("Is asked two weeks before each review is due."),
    )  # fmt: skip
    readers = models.CharField(
        _("who may read it"), max_length=4, choices=Readers, default=Readers.ALL
    )
    every_months = models.PositiveSmallIntegerField(
        _("reviewed every"), choices=Goal.Every, default=Goal.Every.YEAR
    )
    keep_years = models.PositiveSmallIntegerField(
        _("years to keep what holds no more"), null=True, blank=True,
        help_text=_("Empty: for good. Nothing is destroyed by itself."),
    )  # fmt: skip
    clauses = models.ManyToManyField("rulebook.Clause", related_name="+", blank=True)
    references = models.ManyToManyField(
        Reference, related_name="+", blank=True, verbose_name=_("cites")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_by__isnull=False) & ~Q(reason=""),
                name="document_withdrawn_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class DocumentVersion(models.Model):
    """A text of a document. Approved it holds from `from_on` until the day before `ended_on`.

    `file` is None once it was destroyed; its name and SHA-256 stay, with who did so and why.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        ASKED = "asked", _("Waiting for approval")
        APPROVED = "approved", pgettext_lazy("of a document", "Approved")
        DROPPED = "dropped", pgettext_lazy("of a document", "Given up")

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    change = models.CharField(_("what changed"), max_length=300, blank=True)
    from_on = models.DateField(
        _("in force from"), help_text=_("Not before the day it is approved.")
    )
    ended_on = models.DateField(_("in force until"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    review_on = models.DateField(_("next review"), null=True)
    told_on = models.DateField(null=True)
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    destroyed_at = models.DateTimeField(_("destroyed at"), null=True)
    destroyed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    destroyed_because = models.CharField(_("why it was destroyed"), max_length=300, blank=True)

    class Meta:
        ordering = ["document", "-number"]
        indexes = [models.Index(fields=["state", "review_on"], name="document_review_due")]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state__in=["draft", "asked"]),
                name="one_next_version_of_a_document",
                violation_error_message=_("A next version is being written already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(approved_by__isnull=False, approved_at__isnull=False, review_on__isnull=False),
                name="document_holds_after_approval",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("from_on")),
                name="document_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at=None, file__isnull=False)
                | Q(destroyed_at__isnull=False, file=None, destroyed_by__isnull=False)
                & ~Q(destroyed_because=""),
                name="document_destroyed_with_protocol",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document.number} {self.number}"

    def holds_on(self, day: date) -> bool:
        """In force on this day."""
        begun = self.state == self.State.APPROVED and self.from_on <= day
        return begun and (self.ended_on is None or day < self.ended_on)


class DocumentReview(models.Model):
    """What was found when a version was looked at again. Nothing of it changes later."""

    class Outcome(models.TextChoices):
        KEPT = "kept", pgettext_lazy("of a review", "Kept as it is")
        CHANGED = "changed", pgettext_lazy("of a review", "To be changed")

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="reviews")
    due_on = models.DateField(_("due on"))
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=300)
    said_at = models.DateTimeField(_("reviewed at"))
    said_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.outcome}"
