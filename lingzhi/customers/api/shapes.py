"""Customers as the API sends and takes them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict, StringConstraints

from lingzhi.customers.models import Delivery, Identifier

Short = Annotated[str, StringConstraints(max_length=60)]
Facts = dict[str, Any]


class Sent(Schema):
    """What is sent: a field that is not known is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class IdentifierShape(Schema):
    """What identifies a customer, masked."""

    id: UUID
    kind: str
    masked: str


class CustomerShape(Schema):
    """A customer's file. `merged_into` leads to the file that was kept."""

    id: int
    company: str | None
    post: str
    preferred_channel: str
    preferred_times: str
    special_needs: str
    manager: str | None
    created_at: datetime
    merged_into: int | None
    erased_at: datetime | None
    identifiers: list[IdentifierShape]


class Sought(Sent):
    """Whom one looks for: a phone, account, e-mail, ID card, name, tail of a phone, or `C17`."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=120)]


class NewIdentifier(Sent):
    kind: Identifier.Kind
    value: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class NewCustomer(Sent):
    """A file to be begun, with at least one identifier."""

    identifiers: list[NewIdentifier] = Field(min_length=1, max_length=20)
    post: Short = ""
    preferred_channel: Annotated[str, StringConstraints(max_length=40)] = ""
    preferred_times: Annotated[str, StringConstraints(max_length=80)] = ""
    special_needs: Annotated[str, StringConstraints(max_length=200)] = ""


class NewDelivery(Sent):
    kind: Delivery.Kind
    number: Short
    name: Annotated[str, StringConstraints(max_length=120)]
    code: Short = ""
    quantity: int = Field(1, ge=0, le=10**9)
    amount: Decimal | None = Field(None, ge=0, max_digits=14, decimal_places=2)
    delivered_on: date
    ended_on: date | None = None


class DeliveryShape(Schema):
    """A project, contract or product that was delivered."""

    id: int
    customer: int
    kind: str
    number: str
    name: str
    code: str
    quantity: int
    amount: Decimal | None
    delivered_on: date
    ended_on: date | None
    noted_at: datetime
