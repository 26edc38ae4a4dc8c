"""Everything that writes contacts."""

from lingzhi.contacts.services.contacts import (
    add_recording,
    match_agent,
    publish_group,
    receive_contact,
    record_download,
    record_export,
    record_listening,
    record_print,
    refer_to_recording,
    reveal_identifier,
    reveal_turn,
    source_named,
)

__all__ = [
    "add_recording",
    "match_agent",
    "publish_group",
    "receive_contact",
    "record_download",
    "record_export",
    "record_listening",
    "record_print",
    "refer_to_recording",
    "reveal_identifier",
    "reveal_turn",
    "source_named",
]
