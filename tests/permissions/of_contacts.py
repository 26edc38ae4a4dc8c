from io import BytesIO
from typing import Any
from uuid import UUID

from lingzhi.conftest import Cast
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.feeds import open_feed
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import Contact, Feed, OpenContact, Recording
from lingzhi.contacts.services import source_named
from lingzhi.contacts.services.command_addresses import keep_address
from lingzhi.core.clock import now
from lingzhi.customers.services import customers_for
from lingzhi.files.services import store_file
from tests.permissions.objects import Route, Whose


def contact(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = make_contact()
    Contact.objects.filter(pk=made.pk).update(agent=whose.person, unit=whose.unit)
    return {"pk": made.pk}


def turn(cast: Cast, whose: Whose) -> dict[str, Any]:
    return contact(cast, whose) | {"seq": 1}


def identifier(cast: Cast, whose: Whose) -> dict[str, Any]:
    given = contact(cast, whose)
    customer = customers_for([{"phone": "13800002071"}])[0]
    Contact.objects.filter(**given).update(customer=customer)
    return given | {"identifier": customer.identifiers.get().pk}


def recording(cast: Cast, whose: Whose) -> dict[str, Any]:
    file = store_file(BytesIO(b"RIFF"), name="call.wav", purpose="recording", by=cast.sol)
    row = Recording.objects.create(contact_id=contact(cast, whose)["pk"], file=file, added_at=now())
    return {"pk": row.pk}


def open_contact(cast: Cast, whose: Whose) -> dict[str, Any]:
    opened = {"type": "opened", "id": "o1", "channel": "phone", "agent": whose.person.staff_no}
    take_events(source_named("pbx"), read_events({"events": [opened]}))
    OpenContact.objects.update(agent=whose.person, unit=whose.unit)
    return {"pk": OpenContact.objects.get().pk}


def feed(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": open_feed(source_named("pbx"), by=cast.sol)[0].pk}


def address(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A feed whose phone system takes commands; nothing leaves the program."""
    given = feed(cast, whose)
    keep_address(Feed.objects.get(**given), "https://pbx.example/", ["listen"], by=cast.sol)
    return given


ROUTES = {
    "contacts:commands_of_feed": Route(feed),
    "contacts:try_commands": Route(address, method="post"),
    "contacts:feeds": Route(),
    "contacts:end_feed": Route(feed, method="post"),
    "contacts:take_events": Route(
        lambda cast, whose: {"source": "pbx"}, missing={"source": "nobody"}, method="post"
    ),
    "contacts:list": Route(),
    "contacts:export": Route(),
    "contacts:register": Route(),
    "contacts:unmatched": Route(),
    "contacts:detail": Route(contact),
    "contacts:pdf": Route(contact),
    "contacts:reveal": Route(turn, missing={"pk": 999_999_999, "seq": 1}),
    "contacts:reveal_identifier": Route(
        identifier, missing={"pk": 999_999_999, "identifier": UUID(int=0)}
    ),
    "contacts:add_recording": Route(contact),
    "contacts:play": Route(recording),
    "contacts:download": Route(recording, method="post", data={"reason": "checking"}),
}
