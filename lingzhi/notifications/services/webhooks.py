"""Systems that are told what happens: connected, cut off, told again by hand."""

import base64
import secrets
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.egress import is_listed, origin_of
from lingzhi.core.encryption import seal
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.events import EVENTS
from lingzhi.notifications.models import Message, Webhook


class StillWaiting(DomainError):
    message = _("This message is on its way already.")


class CutOff(DomainError):
    message = _("This system is cut off already.")


def place_of_secret(url: str) -> str:
    """What the secret of an address is sealed for."""
    return f"notifications.webhook|secret|{url}"


@transaction.atomic
def connect_webhook(
    *, name: str, url: str, events: Collection[str], by: User
) -> tuple[Webhook, str]:
    """Tell another system of these events; its secret is shown this once. Raises BadInput."""
    if not is_listed(url):
        raise BadInput(_("This origin is not in EGRESS_ALLOW: nothing may be sent."), field="url")
    if not events or not set(events) <= EVENTS.keys():
        raise BadInput(_("Choose at least one event."), field="events")
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    webhook = Webhook.objects.create(
        name=name.strip()[:60], url=url, events=sorted(events), created_at=now(), created_by=by,
        sealed_secret=seal(secret, place_of_secret(url)),
    )  # fmt: skip
    after = {"origin": origin_of(url), "events": webhook.events}
    record(by, "notifications.webhook_connected", webhook, after=after)
    return webhook, secret


@transaction.atomic
def cut_off_webhook(webhook: Webhook, *, by: User) -> None:
    """It is told nothing more; what still waits is given up."""
    moment = now()
    if not Webhook.objects.filter(pk=webhook.pk, ended_at=None).update(ended_at=moment):
        raise CutOff()
    waiting = webhook.messages.filter(state=Message.State.WAITING)
    waiting.update(state=Message.State.GIVEN_UP, ended_at=moment, answer="cut off")
    record(by, "notifications.webhook_cut_off", webhook)


@transaction.atomic
def send_again(message: Message, *, by: User) -> None:
    """Send a message once more, under its old id, with all its tries."""
    if message.webhook.ended_at is not None:
        raise CutOff()
    ended = Message.objects.filter(pk=message.pk).exclude(state=Message.State.WAITING)
    if not ended.update(state=Message.State.WAITING, tries=0, next_at=now(), ended_at=None):
        raise StillWaiting()
    after = {"message": message.message_id}
    record(by, "notifications.message_sent_again", message.webhook, after=after)
