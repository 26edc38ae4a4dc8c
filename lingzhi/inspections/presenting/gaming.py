"""The signs as people read them: one group a sign, what it counts, and those who stand out."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.queries.gaming import Sign

WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "hung_up": (
        _("Agent ended the conversation"),
        _("Of conversations of which it is known who ended them, beside all other agents."),
    ),
    "quick_close": (
        _("Closed quickly, and the customer came again"),
        _("Under 30 seconds, and the same customer within a day; beside all other agents."),
    ),
    "selective_invitation": (
        _("Not asked to rate where something went wrong"),
        _("Conversations with a severe finding, beside the same agent's other conversations."),
    ),
    "unheard": (
        _("Scored without listening"),
        _("Of scores where there was a recording, beside all other inspectors."),
    ),
    "hasty": (
        _("Scored in under 30 seconds"),
        _("Of scores whose time was measured, beside all other inspectors."),
    ),
}
MOST = 12  # of each sign: those who stand out come first


@dataclass(frozen=True, slots=True)
class ShownSigns:
    """One sign with the people it was counted of."""

    title: str | Promise
    about: str | Promise
    lines: list[Sign]
    more: int
    raised: int


def shown_signs(signs: Iterable[Sign]) -> list[ShownSigns]:
    """The signs in their order of `WORDS`, each with those who stand out first."""
    several = list(signs)
    found = []
    for code, (title, about) in WORDS.items():
        lines = [one for one in several if one.code == code]
        if lines:
            raised = sum(one.is_raised for one in lines)
            found.append(ShownSigns(title, about, lines[:MOST], max(0, len(lines) - MOST), raised))
    return found
