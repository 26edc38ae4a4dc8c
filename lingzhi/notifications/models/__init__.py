"""What people are told inside, how it reaches them outside, and what other systems are told."""

from lingzhi.notifications.models.notices import Notice
from lingzhi.notifications.models.ways import Channel, Delivery, QuietHours, Wishes
from lingzhi.notifications.models.webhooks import Message, Webhook

__all__ = ["Channel", "Delivery", "Message", "Notice", "QuietHours", "Webhook", "Wishes"]
