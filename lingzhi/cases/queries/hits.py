"""Which inspection rules hit in a conversation (规则命中): asked of the app that judges them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from lingzhi.contacts.models import Contact


@dataclass(frozen=True, slots=True)
class RuleHits:
    """What is known of inspection rules, by their codes (`settings.RULE_HITS`).

    `titles` calls every rule by its name, `in_force` has those whose hits count, and `of` those
    that hit in a conversation as it was judged last: none where nobody judged it yet.
    """

    titles: Callable[[], Mapping[str, str]]
    in_force: Callable[[], Collection[str]]
    of: Callable[[Contact], Collection[str]]


def rule_hits() -> RuleHits:
    """Who answers."""
    found: RuleHits = import_string(settings.RULE_HITS)
    return found
