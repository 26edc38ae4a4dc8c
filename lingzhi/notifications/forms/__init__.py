"""What is sent about notices and other systems."""

from lingzhi.notifications.forms.ways import ChannelForm, QuietHoursForm, WaysForm
from lingzhi.notifications.forms.webhooks import WebhookForm

__all__ = ["ChannelForm", "QuietHoursForm", "WaysForm", "WebhookForm"]
