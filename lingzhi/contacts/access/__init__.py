"""Who may see and do what with contacts."""

from lingzhi.contacts.access.contacts import (
    contact_to_change,
    contact_to_read,
    feed_to_end,
    identifier_to_reveal,
    open_contact_to_read,
    recording_to_download,
    recording_to_play,
    require_feeds,
    rights_over,
    turn_to_reveal,
)

__all__ = [
    "contact_to_change",
    "contact_to_read",
    "feed_to_end",
    "identifier_to_reveal",
    "open_contact_to_read",
    "recording_to_download",
    "recording_to_play",
    "require_feeds",
    "rights_over",
    "turn_to_reveal",
]
