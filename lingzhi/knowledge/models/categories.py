"""The tree under which answers stand (知识分类)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language


class Category(models.Model):
    """One branch of the tree; `title` by language."""

    title = models.JSONField(_("title"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name=_("part of")
    )
    order = models.PositiveSmallIntegerField(_("place in the list"), default=50)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return in_language(self.title)
