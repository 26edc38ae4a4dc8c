"""Everything that writes contacts."""

from lingzhi.contacts.services.calls import (
    join_all,
    join_calls,
    settle_calls,
    take_told,
    write_told,
)
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
from lingzhi.contacts.services.doubts import see_doubt
from lingzhi.contacts.services.state_log import retell_states

__all__ = [
    "add_recording",
    "join_all",
    "join_calls",
    "match_agent",
    "publish_group",
    "receive_contact",
    "record_download",
    "record_export",
    "record_listening",
    "record_print",
    "refer_to_recording",
    "retell_states",
    "reveal_identifier",
    "reveal_turn",
    "see_doubt",
    "settle_calls",
    "source_named",
    "take_told",
    "write_told",
]
