"""Conversations in the background."""

from pathlib import Path

from django.conf import settings

from lingzhi.contacts import call_intake, services
from lingzhi.contacts.feeding.forgetting import KEPT, forget
from lingzhi.contacts.feeding.forgetting import forget_numbers as forget_phones
from lingzhi.contacts.models import CallQueue, ChatSite, MessageLine
from lingzhi.contacts.services import command_sending, floor, flow, queues
from lingzhi.contacts.services.chats import forget_words
from lingzhi.contacts.services.chats import tend_chats as tend
from lingzhi.contacts.services.fetching import fetch_all
from lingzhi.contacts.services.leaving import hand_on
from lingzhi.contacts.services.message_lines import forget_messages
from lingzhi.contacts.services.message_sending import send_messages
from lingzhi.contacts.services.message_taking import fetch_messages as fetch_of
from lingzhi.contacts.services.outgoing import send_mails as send
from lingzhi.contacts.watching import take_recordings as take
from lingzhi.core.clock import now


def take_recordings() -> None:
    """Look into the watched folder, where one is set."""
    if settings.RECORDINGS_FOLDER:
        take(Path(settings.RECORDINGS_FOLDER))


def forget_open_contacts() -> None:
    """Close the live conversations that nobody closes; forget the traces of old ones."""
    forget()
    forget_words(ended_before=now() - KEPT)
    forget_messages(before=now() - KEPT)


def forget_numbers() -> None:
    """Erase the phones of old calls that never became contacts."""
    forget_phones(told_before=now() - KEPT)


def join_batch(batch_id: int) -> None:
    """Join the calls of phone data that was brought in."""
    call_intake.join_batch(batch_id)


def assign_lost(queue_id: int) -> None:
    """The calls that nobody took belong to the team of their queue."""
    queues.assign_lost(CallQueue.objects.get(pk=queue_id))


def settle_calls() -> None:
    """Calls whose end nobody told are over after some hours."""
    services.settle_calls()


def send_command(command_id: int) -> None:
    """Bring what a leader asked for to the phone system, once."""
    command_sending.send_command(command_id)


def give_up_commands() -> None:
    """What the phone system did not answer in time is not confirmed."""
    command_sending.give_up_commands()


def watch_breaks() -> None:
    """Tell of breaks that last longer than they may."""
    floor.watch_breaks()


def watch_flow() -> None:
    """Look whether channels are clear."""
    flow.watch_flow()


def tend_chats() -> None:
    """End the chats that their visitors left; give those that wait to who is free."""
    tend()


def hand_on_message(site: int, number: str, sealed: str) -> None:
    """A message that a visitor left becomes a contact and a to-do."""
    hand_on(ChatSite.objects.select_related("unit__owner").get(pk=site), number, sealed)


def fetch_mail() -> None:
    """Look into the mailboxes."""
    fetch_all()


def fetch_messages(line: int, sealed: str) -> None:
    """Fetch what another system told that there is. Doing so twice brings nothing new."""
    found = MessageLine.objects.select_related("site__unit").get(pk=line)
    if found.retired_at is None:
        fetch_of(found, found.opened(sealed))


def send_line_messages() -> None:
    """Send what waits for customers at other systems."""
    send_messages()


def send_mails() -> None:
    """Send what waits in the outbox."""
    send()
