"""Scripts of follow-up calls (回访话术) and their versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language
from lingzhi_engine.script import Script, read_script


class FollowUpScript(models.Model):
    """One script over its whole life; what is said and asked stands in its versions."""

    code = models.CharField(_("code"), max_length=40, unique=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        newest = self.newest
        return newest.title if newest else self.code

    @property
    def newest(self) -> "ScriptVersion | None":
        """The version in force: calls that begin now follow it."""
        return self.versions.order_by("-number").first()


class ScriptVersion(models.Model):
    """One wording. It never changes: answers are read by the version in which they were asked."""

    script = models.ForeignKey(FollowUpScript, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(max_length=64)
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["script", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["script", "number"], name="script_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    @property
    def title(self) -> str:
        """Its own title in the reader's language."""
        return in_language(self.content.get("title") or {"en": self.script.code})

    def read(self) -> Script:
        """The script itself."""
        return read_script(self.content)
