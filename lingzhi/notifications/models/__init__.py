"""What people are told inside, and what other systems are told outside."""

from lingzhi.notifications.models.notices import Notice
from lingzhi.notifications.models.webhooks import Message, Webhook

__all__ = ["Message", "Notice", "Webhook"]
