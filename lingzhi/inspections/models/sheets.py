"""Score sheets and their versions (评分表)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi_engine.sheet import Sheet as ReadSheet
from lingzhi_engine.sheet import read_sheet


class Sheet(models.Model):
    """One score sheet over its whole life; what it asks stands in its versions."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("owner"), related_name="sheets"
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class SheetVersion(models.Model):
    """One wording of a sheet. A version that scored a conversation never changes again.

    Its life: draft, then active, then retired. `content` is what `lingzhi_engine.sheet` reads;
    `sha256` is of its canonical JSON. `title` is the content's own, kept here for lists.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("Active")
        RETIRED = "retired", _("Retired")

    sheet = models.ForeignKey(
        Sheet, models.PROTECT, related_name="versions", verbose_name=_("score sheet")
    )
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=250)
    content = models.JSONField(_("content"))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.DRAFT)
    note = models.CharField(_("reason for the change"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("created by"), related_name="+"
    )
    changed_at = models.DateTimeField(_("changed at"))
    activated_at = models.DateTimeField(_("active since"), null=True)
    activated_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, verbose_name=_("activated by"), related_name="+"
    )
    retired_at = models.DateTimeField(_("retired at"), null=True)
    retire_reason = models.CharField(_("reason for retiring"), max_length=300, blank=True)

    class Meta:
        ordering = ["sheet__code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="sheet_version_once"),
            models.UniqueConstraint(
                F("sheet"), condition=Q(state="active"), name="one_active_version_per_sheet"
            ),
            models.UniqueConstraint(
                F("sheet"), condition=Q(state="draft"), name="one_draft_per_sheet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    def read(self) -> ReadSheet:
        """The sheet itself. A draft may hold what cannot be read: InvalidSheet."""
        return read_sheet(self.content)
