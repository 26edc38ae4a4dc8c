"""What is read of contacts."""

from lingzhi.contacts.queries.contacts import (
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
)

__all__ = [
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
]
