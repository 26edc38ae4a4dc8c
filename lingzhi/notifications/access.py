"""One's own inbox only; other systems for whoever sets up the installation."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.notifications.models import Channel, Message, Notice, Webhook


def notice_to_end(user: User, pk: int) -> Notice:
    notice = Notice.objects.filter(pk=pk, person=user).first()
    if notice is None:
        raise Http404
    return notice


def require_settings(user: User) -> None:
    """Other systems are connected by whoever sets up the installation."""
    if not user.can("system.settings"):
        raise PermissionDenied


def channel_to_change(user: User, pk: int) -> Channel:
    """A group or system in which people are told."""
    require_settings(user)
    channel = Channel.objects.select_related("created_by").filter(pk=pk).first()
    if channel is None:
        raise Http404
    return channel


def webhook_to_read(user: User, pk: int) -> Webhook:
    """A system that is told what happens."""
    require_settings(user)
    webhook = Webhook.objects.select_related("created_by").filter(pk=pk).first()
    if webhook is None:
        raise Http404
    return webhook


def message_to_send(user: User, pk: int) -> Message:
    """A message to one of these systems."""
    require_settings(user)
    message = Message.objects.select_related("webhook").filter(pk=pk).first()
    if message is None:
        raise Http404
    return message
