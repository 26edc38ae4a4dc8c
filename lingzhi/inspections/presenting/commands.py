"""Commands to phone systems as their reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.contacts.models import OpenContact, PhoneCommand
from lingzhi.contacts.queries.commands import COMMAND, CallNow, calls_now, with_offers
from lingzhi.core.clock import now
from lingzhi.inspections.queries.policies import policy_of

RECENT = timedelta(minutes=10)


def calls_for(user: User) -> dict[str, Any]:
    """Who is at a call now, and what this leader asked for in the last minutes."""
    asked = PhoneCommand.objects.filter(asked_by=user, asked_at__gte=now() - RECENT)
    return {
        "calls": with_offers(calls_now(user)),
        "recent": asked.select_related("agent").order_by("-pk")[:5],
    }


def call_behind(contact: OpenContact, user: User) -> CallNow | None:
    """The call of which these are the words, where this leader may step into it."""
    if not user.can(COMMAND):
        return None
    legs = calls_now(user).filter(
        call__source=contact.source_id, call__external_id=contact.external_id
    )
    return next(iter(with_offers(legs)), None)


@dataclass(frozen=True, slots=True)
class ShownCommand:
    """A command; `leader` is empty where the reader is not told who listened."""

    command: PhoneCommand
    leader: str


def shown_commands(commands: Sequence[PhoneCommand], reader: User) -> list[ShownCommand]:
    """One line each. Who stepped in or set a state is always named; who listened, as the policy of
    the site says of watching."""
    named: dict[int | None, bool] = {}
    found = []
    for one in commands:
        is_named = one.agent_id != reader.pk or one.kind != PhoneCommand.Kind.LISTEN
        if not is_named:
            if one.unit_id not in named:
                named[one.unit_id] = policy_of(one.unit).shows_watchers
            is_named = named[one.unit_id]
        found.append(ShownCommand(one, one.asked_by.name if is_named else ""))
    return found
