"""Conversations in the background."""

from pathlib import Path

from django.conf import settings

from lingzhi.contacts.feeding.forgetting import forget
from lingzhi.contacts.services.fetching import fetch_all
from lingzhi.contacts.services.outgoing import send_mails as send
from lingzhi.contacts.watching import take_recordings as take


def take_recordings() -> None:
    """Look into the watched folder, where one is set."""
    if settings.RECORDINGS_FOLDER:
        take(Path(settings.RECORDINGS_FOLDER))


def forget_open_contacts() -> None:
    """Close the live conversations that nobody closes; forget the traces of old ones."""
    forget()


def fetch_mail() -> None:
    """Look into the mailboxes."""
    fetch_all()


def send_mails() -> None:
    """Send what waits in the outbox."""
    send()
