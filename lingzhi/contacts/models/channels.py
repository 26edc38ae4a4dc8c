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
    """A way in which customers reach the centre."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=40)
    is_voice = models.BooleanField(_("spoken"), default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label

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
