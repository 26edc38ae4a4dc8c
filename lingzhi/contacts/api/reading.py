"""Reading conversations: words masked, as on the pages."""

from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from ninja import Field, Query, Schema
from pydantic import StringConstraints

from lingzhi.accounts.rest import Call
from lingzhi.contacts.access import contact_to_read
from lingzhi.contacts.api.routers import router
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters, visible_to
from lingzhi.core.rest.cursors import Page, Window, page_by_cursor
from lingzhi.core.rest.problems import PROBLEMS

Code = Annotated[str, StringConstraints(max_length=40)]
LINE = (
    "direction", "queue", "started_at", "answered_at", "ended_at", "duration_seconds",
    "turn_count", "outcome",
)  # fmt: skip
TURN = ("seq", "role", "start_ms", "end_ms", "text")


class ContactFilter(Schema):
    """What narrows the list; channel and source by code, the agent by staff number."""

    channel: Code = ""
    source: Code = ""
    agent: Code = ""
    customer: int | None = Field(None, ge=1, lt=2**63)
    from_on: date | None = None
    to_on: date | None = None


class ContactLine(Schema):
    """A conversation in a list."""

    id: int
    number: str
    source: str
    channel: str
    direction: str
    queue: str
    agent: str | None
    unit: str | None
    customer: int | None
    started_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    duration_seconds: int | None
    turn_count: int
    outcome: str


class TurnShape(Schema):
    """What one side said, masked."""

    seq: int
    role: str
    start_ms: int | None
    end_ms: int | None
    text: str


class ContactWhole(ContactLine):
    """A conversation with its words."""

    turns: list[TurnShape]


def line_of(contact: Contact) -> dict[str, Any]:
    """A conversation in a list."""
    return {name: getattr(contact, name) for name in LINE} | {
        "id": contact.pk, "number": contact.external_id, "source": contact.source.code,
        "channel": contact.channel.code, "customer": contact.customer_id,
        "agent": contact.agent.staff_no if contact.agent else None,
        "unit": contact.unit.code if contact.unit else None,
    }  # fmt: skip


@router.get("/contacts", response={200: Page[ContactLine], **PROBLEMS}, url_name="contacts")
def contacts(request: Call, wanted: Query[ContactFilter], window: Query[Window]) -> dict[str, Any]:
    """Conversations within sight, what came in last first."""
    if not request.user.can("contacts.read"):
        raise PermissionDenied
    rows = Filters(**wanted.dict()).apply(visible_to(request.user))
    rows = rows.select_related("source", "channel", "agent", "unit")
    return page_by_cursor(rows, window, lambda found: [line_of(one) for one in found])


@router.get("/contacts/{int:pk}", response={200: ContactWhole, **PROBLEMS}, url_name="contact")
def contact(request: Call, pk: int) -> dict[str, Any]:
    """One conversation with its words."""
    found = contact_to_read(request.user, pk)
    turns = found.turns.order_by("seq").values(*TURN) if found.has_words else []
    return line_of(found) | {"turns": list(turns)}
