"""Bringing messages to other systems: at least once, later after each failure, then given up.

A try is claimed by moving its next time on, sent outside any transaction, and its end is written
afterwards: a process that dies in between leaves a message that is sent again, under the same id.
"""

from functools import partial

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from standardwebhooks import Webhook as Signer

from lingzhi.core.clock import now
from lingzhi.core.egress import post_message
from lingzhi.core.encryption import unseal
from lingzhi.notifications.models import Message
from lingzhi.notifications.services.notices import tell
from lingzhi.notifications.services.trying import UNDER_WAY, pause, problem_of
from lingzhi.notifications.services.webhooks import place_of_secret

State = Message.State
AT_ONCE = 50  # in one run; the next one goes on
SECONDS = 10.0  # for one call, all in all
MOST_TRIES = 14  # about a day


def send_messages() -> int:
    """Send what is due; how many arrived. One that fails holds back the others of its system."""
    due = Message.objects.filter(state=State.WAITING, next_at__lte=now())
    rows = list(due.select_related("webhook").order_by("id")[:AT_ONCE])
    failing: set[int] = set()
    arrived = 0
    for message in rows:
        if message.webhook_id in failing or not _claim(message):
            continue
        problem = problem_of(partial(_send, message))
        if problem is None:
            _arrive(message)
            arrived += 1
        else:
            failing.add(message.webhook_id)
            _put_off(message, *problem)
    return arrived


def _claim(message: Message) -> int:
    return Message.objects.filter(
        pk=message.pk, state=State.WAITING, next_at=message.next_at
    ).update(next_at=now() + UNDER_WAY, tries=F("tries") + 1)


def _send(message: Message) -> None:
    webhook, moment = message.webhook, now()
    secret = unseal(webhook.sealed_secret, place_of_secret(webhook.url))
    headers = {
        "webhook-id": message.message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Signer(secret).sign(message.message_id, moment, message.body),
    }
    content = message.body.encode()
    post_message(webhook.url, content, headers, purpose="webhook", seconds=SECONDS)


def _arrive(message: Message) -> None:
    rows = Message.objects.filter(pk=message.pk, state=State.WAITING)
    rows.update(state=State.DELIVERED, ended_at=now(), answer="")


@transaction.atomic
def _put_off(message: Message, what: str, again_in: float | None) -> None:
    """Try again later, or give it up and tell who connected the system."""
    rows = Message.objects.filter(pk=message.pk, state=State.WAITING)
    tries = message.tries + 1
    if tries < MOST_TRIES:
        rows.update(next_at=now() + pause(tries, again_in), answer=what[:200])
    elif rows.update(state=State.GIVEN_UP, ended_at=now(), answer=what[:200]):
        webhook = message.webhook
        tell(
            [webhook.created_by], _("A message to another system was given up"), is_todo=True,
            body=f"{webhook.name}: {what}", matter=f"notifications.webhook/{webhook.pk}",
            url=reverse("notifications:webhook", args=[webhook.pk]),
        )  # fmt: skip
