"""What people are told about their personal data (告知): versions by channel, and who read them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language


class PrivacyNotice(models.Model):
    """One version of what is told on a channel; `line` is said or shown there, `text` is the whole.

    Both by language. What was published never changes: the next version takes its place from its
    first day on. That of the staff says what is monitored of them and why; they confirm reading it.
    """

    class Channel(models.TextChoices):
        PHONE = "phone", _("Phone")
        CHAT = "chat", _("Web chat")
        PORTAL = "portal", _("Customer portal")
        MAIL = "mail", _("E-mail")
        SURVEY = "survey", _("Survey")
        STAFF = "staff", _("The staff")

    channel = models.CharField(_("told on"), max_length=6, choices=Channel)
    number = models.PositiveIntegerField(_("version"))
    line = models.JSONField(_("short line"), default=dict)
    text = models.JSONField(_("whole text"), default=dict)
    change = models.CharField(_("what changed"), max_length=300, blank=True)
    from_on = models.DateField(_("in force from"))
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        ordering = ["channel", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "number"], name="privacy_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} v{self.number}"

    @property
    def line_said(self) -> str:
        """The short line in the reader's language."""
        return in_language(self.line)

    @property
    def text_said(self) -> str:
        """The whole text in the reader's language; the line where nobody wrote one."""
        return in_language(self.text) or self.line_said


class NoticeReading(models.Model):
    """A person confirms having read a version of the notice to staff."""

    notice = models.ForeignKey(PrivacyNotice, models.PROTECT, related_name="readings")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"))

    class Meta:
        ordering = ["-confirmed_at"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "person"], name="privacy_notice_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.person_id}"
