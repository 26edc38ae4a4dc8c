"""Where a phone system takes commands: set by who connects systems, and tried."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.feeding.signing import new_secret
from lingzhi.contacts.models import CommandAddress, Feed, PhoneCommand, place_of_address
from lingzhi.contacts.services.command_sending import State, hand_over
from lingzhi.contacts.services.commands import LIMIT, new_number
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.core.errors import BadInput, DomainError

TEST = "test"  # a command that asks for nothing but an answer


class FeedEnded(DomainError):
    message = _("This feed has ended: nothing is sent to its phone system any more.")


@transaction.atomic
def keep_address(
    feed: Feed, url: str, offers: Collection[str], *, renews: bool = False, by: User | None
) -> str:
    """Where commands go and which are offered. The secret where one was made, shown this once.

    Raises BadInput, FeedEnded.
    """
    if feed.ended_at is not None:
        raise FeedEnded()
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise BadInput(_("Write an address such as https://pbx.example/commands."), field="url")
    found = CommandAddress.objects.select_for_update().filter(feed=feed).first()
    before = _said(found) if found else None
    found = found or CommandAddress(feed=feed)
    secret = new_secret() if renews or not found.sealed_secret else ""
    if secret:
        found.sealed_secret = seal(secret, place_of_address(feed.pk))
    if found.url != url:
        found.tried_at, found.problem = None, ""
    found.url, found.offers = url, [one for one in PhoneCommand.Kind.values if one in offers]
    found.changed_at, found.changed_by = now(), by
    found.save()
    after = _said(found) | {"new_secret": bool(secret)}
    record(by, "contacts.command_address_set", feed, before=before, after=after)
    return secret


def _said(address: CommandAddress) -> dict[str, Any]:
    return {"url": address.url, "offers": address.offers}


def try_address(address: CommandAddress, *, by: User) -> None:
    """Send a signed command `test`, which is answered with `done` where all is well."""
    command = PhoneCommand(number=new_number(), kind=TEST, agent_reference="", asked_by=by)
    command.asked_at = now()
    command.until = command.asked_at + LIMIT
    outcome = hand_over(address, command)
    problem = "" if outcome.state == State.DONE else outcome.why or State.UNANSWERED.value
    with transaction.atomic():
        rows = CommandAddress.objects.filter(pk=address.pk)
        rows.update(tried_at=now(), problem=problem)
        record(by, "contacts.command_address_tried", address.feed, after={"works": not problem})
