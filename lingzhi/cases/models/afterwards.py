"""What a case asks for beside its own handling: sheets afterwards, leadership told, reviews."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.cases import Case


class ContactSheet(models.Model):
    """The work contact sheet (工作联络单) for what was done with another unit by word of mouth.

    Solve first, file afterwards: the row begins with the promise to file it, and `text` comes in
    retrospect. Until then it is missing, and a to-do of who promised it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="sheets")
    number = models.CharField(_("number"), max_length=60, blank=True)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("worked with")
    )
    what = models.CharField(_("what was agreed"), max_length=300)
    due_on = models.DateField(_("to be filed by"))
    begun_at = models.DateTimeField(_("done at"))
    begun_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("by")
    )
    text = models.TextField(_("sheet"), blank=True)
    filed_at = models.DateTimeField(_("filed at"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_at=None, number="") | ~Q(text="") & ~Q(number=""),
                name="sheet_filed_has_its_text",
            )
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(filed_at=None), name="sheet_missing")
        ]

    def __str__(self) -> str:
        return self.number or self.what


class MajorMatter(models.Model):
    """A matter of major importance (重大事项): leadership is told at once, and acknowledges it.

    `by` is None where a rule found it; then `ground` names the word.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="major")
    ground = models.CharField(_("why it is major"), max_length=300)
    told_at = models.DateTimeField(_("told at"))
    told_number = models.PositiveSmallIntegerField(_("people told"), default=0)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True)
    acknowledged_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+"
    )
    words = models.CharField(_("word of leadership"), max_length=500, blank=True)

    class Meta:
        ordering = ["-told_at"]

    def __str__(self) -> str:
        return self.ground


class ProcessReview(models.Model):
    """An internal review (内部审核) of a process at fault, by somebody who had no hand in the case.

    Findings stand on the page of the case for everybody who sees it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="process_reviews")
    process = models.CharField(_("process at fault"), max_length=200)
    reviewer = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("reviewer")
    )
    opened_at = models.DateTimeField(_("review opened at"))
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    findings = models.TextField(_("review findings"), blank=True)
    measures = models.TextField(_("what is changed"), blank=True)
    closed_at = models.DateTimeField(_("review closed at"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(findings="") & ~Q(measures=""),
                name="process_review_says_what_it_found",
            )
        ]

    def __str__(self) -> str:
        return self.process
