"""Notifications in the background."""

from lingzhi.notifications.services.delivering import send_notices as deliver
from lingzhi.notifications.services.sending import send_messages as send


def send_messages() -> None:
    """Tell other systems what happened."""
    send()


def send_notices() -> None:
    """Bring people their notices by the ways they chose."""
    deliver()
