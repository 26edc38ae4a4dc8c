"""Fields that a centre adds to its types of cases (自定义字段)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.types import CaseType
from lingzhi.core.languages import in_language


class CaseField(models.Model):
    """A field of the house's own: asked of cases of its types, kept in `Case.own` under its code.

    Title and hint by language. `choices` of a list are `{code, title}` in their order; one with
    `is_retired` was used and is offered no more. A retired field is asked no more; what cases say
    in it stays readable.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Short text")
        LONG = "long", _("Long text")
        WHOLE = "whole", _("Whole number")
        DECIMAL = "decimal", _("Decimal number")
        DAY = "day", _("Date")
        LIST = "list", _("One of a list")
        TRUTH = "truth", _("Yes/no")

    class Required(models.TextChoices):
        NEVER = "", _("Not demanded")
        OPENING = "opening", _("When the case is opened")
        SOLVED = "solved", _("Before the case is solved")

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.JSONField(_("title"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    hint = models.JSONField(_("hint"), default=dict, blank=True)
    types = models.ManyToManyField(
        CaseType, related_name="own_fields", verbose_name=_("case types")
    )
    required = models.CharField(
        _("required"), max_length=7, choices=Required, default=Required.NEVER, blank=True
    )
    order = models.PositiveSmallIntegerField(default=50)
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return in_language(self.title) or self.code

    @property
    def hint_said(self) -> str:
        """The hint in the reader's language; empty where there is none."""
        return in_language(self.hint)

    @property
    def is_list(self) -> bool:
        return self.kind == self.Kind.LIST

    @property
    def is_narrowing(self) -> bool:
        """Whether cases can be narrowed by it: it has few values, and they are known."""
        return self.kind in (self.Kind.LIST, self.Kind.TRUTH)

    @property
    def offered(self) -> list[dict[str, Any]]:
        """The choices of a list that are not retired."""
        return [one for one in self.choices if not one.get("is_retired")]

    @property
    def offered_titles(self) -> list[tuple[str, str]]:
        """Code and title of each of them, in the reader's language."""
        return [(one["code"], in_language(one["title"])) for one in self.offered]
