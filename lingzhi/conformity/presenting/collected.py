"""The four flows of data in words: what a record is, where it comes from, who adds what."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.conformity.queries.collected import Collected, collected
from lingzhi.org.queries.scope import Reach

WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "call": (
        _("Conversations"),
        _("Told by the phone system, a file, a mailbox, the chat, or written down under Register."),
    ),
    "handling": (
        _("Handling of cases"),
        _("Registered by who hears of it, completed by the handler, closed after feedback."),
    ),
    "monitoring": (
        _("Monitoring"),
        _("Scored by an inspector on a sheet, beside what the rules found, and released."),
    ),
    "follow_up": (
        _("Follow-ups"),
        _("Planned by rules, asked by a caller with a script, ended with its result."),
    ),
}


@dataclass(frozen=True, slots=True)
class ShownFlow:
    """One flow under its name."""

    name: str | Promise
    source: str | Promise
    found: Collected


def shown_collected(where: Reach) -> list[ShownFlow]:
    """The flows in the order in which a matter passes them."""
    return [ShownFlow(*WORDS[one.code], one) for one in collected(where)]
