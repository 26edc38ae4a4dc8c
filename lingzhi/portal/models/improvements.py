"""What became better because customers said something (改进公示)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language


class PublishedImprovement(models.Model):
    """A text for customers, by language; read by them once somebody else than its writer has put
    it out. `case` is the suggestion behind it, `rectification` what was put
    right, where there was one. Readers say whether it is
    useful; counts, nobody's names."""

    title = models.JSONField(_("title"))
    text = models.JSONField(_("text"))
    case = models.ForeignKey(
        "cases.Case", models.SET_NULL, null=True, related_name="+",
        verbose_name=_("suggestion behind it"),
    )  # fmt: skip
    rectification = models.ForeignKey(
        "improvement.Rectification", models.SET_NULL, null=True, related_name="published",
        verbose_name=_("rectification behind it"),
    )  # fmt: skip
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published at"), null=True)
    published_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    useful = models.PositiveIntegerField(_("useful"), default=0)
    not_useful = models.PositiveIntegerField(_("not useful"), default=0)

    class Meta:
        ordering = [F("published_at").desc(nulls_first=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(published_by=F("written_by")),
                name="improvement_put_out_by_another",
            )
        ]

    def __str__(self) -> str:
        return in_language(self.title)

    @property
    def words(self) -> str:
        """The text in the reader's language."""
        return in_language(self.text)
