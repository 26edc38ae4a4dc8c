"""How the table of a month's scores looks that leaves the program: the centre's own columns."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportLayout(models.Model):
    """The columns of a monthly export, in their order (评分导出格式).

    `columns` is a list of `{"heading", "source", "format"}`: what stands above the column, where
    its cells come from (`queries.layouts.SOURCES`, or `item:` and `answer:` with the codes of a
    sheet and its item; blank leaves the column empty) and how they are written.
    """

    title = models.CharField(_("title"), max_length=120, unique=True)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("whose scores")
    )
    columns = models.JSONField(_("columns"), default=list)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
