"""References (引用标准): standards that clauses cite. Cited by, never complied with (V-33)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Reference(models.Model):
    """A standard, law or notice by its number. What nobody checked says so."""

    class State(models.TextChoices):
        UNCHECKED = "unchecked", pgettext_lazy("of a standard", "Not checked")
        VALID = "valid", pgettext_lazy("of a standard", "In force")
        REPLACED = "replaced", pgettext_lazy("of a standard", "Replaced")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a standard", "Withdrawn")

    number = models.CharField(
        pgettext_lazy("of a standard", "number"), max_length=60, unique=True,
        help_text=_("With its year where it has one: GB/T 22239-2019."),
    )  # fmt: skip
    title = models.CharField(
        pgettext_lazy("of a standard", "title"), max_length=200, blank=True,
        help_text=_("As the standard itself has it; empty while nobody knows."),
    )  # fmt: skip
    state = models.CharField(_("validity"), max_length=9, choices=State, default=State.UNCHECKED)
    replaced_by = models.CharField(_("replaced by"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    checked_on = models.DateField(_("checked on"), null=True)
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="unchecked", checked_on=None)
                | ~Q(state="unchecked") & Q(checked_on__isnull=False, checked_by__isnull=False),
                name="reference_says_when_it_was_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class ReferenceUse(models.Model):
    """Where a standard is cited, or which own process answers one of its sections.

    Cited: `where` is the regulation and clause, `words` the title as cited there. Mapped: `where`
    is the section of the standard, `words` the own clause or process (R-AU-10).
    """

    class Kind(models.TextChoices):
        CITED = "cited", _("Cited by")
        MAPPED = "mapped", _("Answered by our process")

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="uses")
    kind = models.CharField(max_length=6, choices=Kind)
    where = models.CharField(_("where"), max_length=120)
    words = models.CharField(_("words"), max_length=200, blank=True)

    class Meta:
        ordering = ["kind", "where", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "kind", "where", "words"], name="reference_used_once",
                violation_error_message=_("This is written down already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.where} {self.words}"


class Contest(models.Model):
    """A reader says that a citation is wrong; who keeps the references answers (I-52)."""

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="contests")
    words = models.TextField(_("what is wrong"), max_length=1000)
    contested_at = models.DateTimeField(_("contested at"))
    contested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.reference_id} {self.pk}"
