"""What is read of contacts."""

from lingzhi.contacts.queries.contacts import (
    ANSWERED,
    Filters,
    conversations,
    identifiers_of,
    neighbours,
    open_to,
    published,
    unanswered,
    unknown_agents,
    unmatched,
    visible_to,
    with_words,
)

__all__ = [
    "ANSWERED",
    "Filters",
    "conversations",
    "identifiers_of",
    "neighbours",
    "open_to",
    "published",
    "unanswered",
    "unknown_agents",
    "unmatched",
    "visible_to",
    "with_words",
]
