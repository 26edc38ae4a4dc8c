"""Notifications in the background."""

from lingzhi.notifications.services.sending import send_messages as send


def send_messages() -> None:
    """Tell other systems what happened."""
    send()
