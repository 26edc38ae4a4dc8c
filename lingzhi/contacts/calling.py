"""Who calls (来电弹屏): the customer behind the number that rings at an agent's desk."""

from dataclasses import dataclass

from lingzhi.accounts.models import User
from lingzhi.contacts.models import CallEvent, CallLeg
from lingzhi.contacts.queries.calls import ringing_at
from lingzhi.core.panels import Shown, panels_of
from lingzhi.customers.models import Customer
from lingzhi.customers.queries import customers_known_by
from lingzhi_engine.privacy import mask


@dataclass(frozen=True, slots=True)
class Calling:
    """A call at the desk with what is known of the caller; the number is shown masked."""

    leg: CallLeg
    number: str
    customer: Customer | None
    panels: list[Shown]
    of_contact: list[Shown]


def who_calls(user: User) -> Calling | None:
    """The call that rings at the person's desk or that the person talks in, if there is one."""
    leg = ringing_at(user)
    if leg is None:
        return None
    number = _number(leg)
    keys = customers_known_by(number, most=1) if user.can("customers.read") else []
    customer = Customer.objects.filter(pk__in=keys).first()
    panels = panels_of("customers.detail", user, customer) if customer else []
    contact = leg.call.contact
    of_contact = panels_of("contacts.desk", user, contact) if contact else []
    return Calling(leg, mask(number), customer, panels, of_contact)


def _number(leg: CallLeg) -> str:
    rows = CallEvent.objects.filter(source=leg.call.source_id, call=leg.call.external_id)
    for event in rows.exclude(sealed_number="").order_by("at"):
        calling, _sign, called = event.number.partition(">")
        return called if leg.call.direction == "out" and called else calling
    return ""
