"""Turns of a conversation to learn from, without anybody's name or number."""

from collections.abc import Sequence
from typing import Any

from lingzhi.contacts.models import Contact
from lingzhi.customers.indexes import index_of
from lingzhi.customers.models import Identifier
from lingzhi_engine.privacy import mask

MOST_TURNS = 60
LENGTHS = (4, 3, 2)  # of Chinese names, the longest first
NAME = Identifier.Kind.NAME


def excerpt_of(contact: Contact, turns: Sequence[int]) -> list[dict[str, Any]]:
    """The turns of these numbers that are there: `{"seq", "role", "text"}` each, masked."""
    rows = contact.turns.filter(seq__in=turns).order_by("seq")[:MOST_TURNS]
    names = _blind_names(contact)
    return [
        {
            "seq": one.seq,
            "role": one.role,
            "text": _without_agent(contact, _without_customer(names, mask(one.text))),
        }
        for one in rows
    ]


def _without_agent(contact: Contact, text: str) -> str:
    """People learn from the case, not about a colleague."""
    agent = contact.agent
    if agent is None:
        return text
    for one in (agent.name, agent.name[1:], agent.staff_no):
        if len(one) > 1:  # a single character would hit too much
            text = text.replace(one, "**")
    return text


def _blind_names(contact: Contact) -> list[tuple[str, str]]:
    """The first character and the blind index of each name the customer is known by."""
    if contact.customer_id is None:
        return []
    rows = Identifier.objects.filter(customer=contact.customer_id, kind=NAME)
    return [(masked[:1], index) for masked, index in rows.values_list("masked", "blind_index")]


def _without_customer(names: Sequence[tuple[str, str]], text: str) -> str:
    """The customer's known names are found by their index, nothing is unsealed for it."""
    for first, index in names:
        starts = [at for at, character in enumerate(text) if character == first]
        parts = (text[at : at + length] for at in starts for length in LENGTHS)
        said = {part for part in parts if index_of(NAME, part) == index}
        for part in said:
            text = text.replace(part, f"{first}**")
    return text
