"""Conversations of the centre with its customers, over and under way."""

from lingzhi.contacts.models.calls import (
    Call,
    CallDoubt,
    CallEvent,
    CallLeg,
    CallQueue,
    place_of_number,
)
from lingzhi.contacts.models.channels import CHANNEL_LABELS, Channel, Source
from lingzhi.contacts.models.chat import Chat, ChatJoin, ChatMessage, ChatSite
from lingzhi.contacts.models.commands import CommandAddress, PhoneCommand, place_of_address
from lingzhi.contacts.models.contacts import (
    Contact,
    Day,
    Recording,
    Turn,
    Utterance,
    place_of_turn,
)
from lingzhi.contacts.models.floor import (
    BreakReason,
    BreakRequest,
    RaisedHand,
    Surge,
    SurgeReceipt,
)
from lingzhi.contacts.models.flow import ChannelSeats, Congestion, FlowDay, FlowLimits
from lingzhi.contacts.models.live import Feed, OpenContact, OpenTurn, place_of_feed
from lingzhi.contacts.models.load import LoadRange
from lingzhi.contacts.models.mail import (
    Mail,
    Mailbox,
    MailPart,
    OutgoingMail,
    place_of_mailbox,
)
from lingzhi.contacts.models.messages import (
    CameMessage,
    MessageLine,
    MessageThread,
    SentMessage,
)
from lingzhi.contacts.models.states import AgentState
from lingzhi.contacts.models.steering import SteeringCount, SteeringRule

__all__ = [
    "CHANNEL_LABELS",
    "AgentState",
    "BreakReason",
    "BreakRequest",
    "Call",
    "CallDoubt",
    "CallEvent",
    "CallLeg",
    "CallQueue",
    "CameMessage",
    "Channel",
    "ChannelSeats",
    "Chat",
    "ChatJoin",
    "ChatMessage",
    "ChatSite",
    "CommandAddress",
    "Congestion",
    "Contact",
    "Day",
    "Feed",
    "FlowDay",
    "FlowLimits",
    "LoadRange",
    "Mail",
    "MailPart",
    "Mailbox",
    "MessageLine",
    "MessageThread",
    "OpenContact",
    "OpenTurn",
    "OutgoingMail",
    "PhoneCommand",
    "RaisedHand",
    "Recording",
    "SentMessage",
    "Source",
    "SteeringCount",
    "SteeringRule",
    "Surge",
    "SurgeReceipt",
    "Turn",
    "Utterance",
    "place_of_address",
    "place_of_feed",
    "place_of_mailbox",
    "place_of_number",
    "place_of_turn",
]
