"""Conversations in the background."""

from pathlib import Path

from django.conf import settings

from lingzhi.contacts import call_intake, services
from lingzhi.contacts.feeding.forgetting import forget
from lingzhi.contacts.services import floor
from lingzhi.contacts.watching import take_recordings as take


def take_recordings() -> None:
    """Look into the watched folder, where one is set."""
    if settings.RECORDINGS_FOLDER:
        take(Path(settings.RECORDINGS_FOLDER))


def forget_open_contacts() -> None:
    """Close the live conversations that nobody closes; forget the traces of old ones."""
    forget()


def join_batch(batch_id: int) -> None:
    """Join the calls of phone data that was brought in."""
    call_intake.join_batch(batch_id)


def settle_calls() -> None:
    """Calls whose end nobody told are over after some hours."""
    services.settle_calls()


def watch_breaks() -> None:
    """Tell of breaks that last longer than they may."""
    floor.watch_breaks()
