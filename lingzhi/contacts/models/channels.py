"""Channels on which customers reach the centre, and the systems contacts come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# What the program calls the channels every centre starts with, in the reader's language.
CHANNEL_LABELS = {
    "phone": _("Phone"),
    "chat": _("Online chat"),
    "email": _("E-mail"),
    "app": _("In the app"),
    "wechat": _("WeChat"),
    "sms": _("Text message"),
    "social": _("Social media"),
    "forum": _("Forum"),
    "counter": _("Counter"),
    "terminal": _("Terminal"),
    "video": _("Video"),
    "visit": _("Visit"),
    "portal": _("Customer portal"),
    "website": _("Website or online platform"),
    "bank": _("Mobile or online banking"),
    "opinion_box": _("Opinion box"),
}


class Channel(models.Model):
    """A way in which customers reach the centre (服务渠道), and what is promised of it.

    One that is not offered can no longer be chosen; what came on it stays. Its hours are round the
    clock, those of `calendar`, or else those of whichever unit serves. Customers read channels that
    have an `address`. How fast it answers is a target of the indicators (`services.channels`).
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=40)
    is_voice = models.BooleanField(_("spoken"), default=False)
    is_offered = models.BooleanField(_("offered"), default=True)
    address = models.CharField(_("number, address or place"), max_length=200, blank=True)
    is_round_the_clock = models.BooleanField(_("open round the clock"), default=False)
    calendar = models.ForeignKey(
        "org.Calendar", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("service hours"), help_text=_("Empty: those of the unit that serves."),
    )  # fmt: skip
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsible"),
    )  # fmt: skip
    requirement = models.TextField(_("what is required of it"), max_length=2000, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_round_the_clock=False) | models.Q(calendar=None),
                name="channel_hours_are_one",
                violation_error_message=_("Either round the clock, or hours of a calendar."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_usual(self) -> bool:
        """One of those that every centre starts with."""
        return self.code in CHANNEL_LABELS

    @property
    def label(self) -> str:
        """What readers see: the centre's own channels by their name, the usual ones translated."""
        return str(CHANNEL_LABELS.get(self.code, self.name))


class Source(models.Model):
    """Where contacts come from: a phone system, a chat system, a file drop."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
