"""What was delivered to a customer."""

from django.utils.translation import gettext as _
from ninja import Query

from lingzhi.accounts.rest import Call, once
from lingzhi.core.errors import BadInput
from lingzhi.core.rest.cursors import Page, Window, page_by_cursor
from lingzhi.core.rest.problems import PROBLEMS
from lingzhi.customers.access import files as access
from lingzhi.customers.api.routers import router
from lingzhi.customers.api.shapes import DeliveryShape, Facts, NewDelivery
from lingzhi.customers.models import Delivery
from lingzhi.customers.services.notes import note

NAMES = (
    "id", "kind", "number", "name", "code", "quantity", "amount", "delivered_on", "ended_on",
    "noted_at",
)  # fmt: skip


def shown(rows: list[Delivery]) -> list[Facts]:
    """Deliveries as they are sent."""
    return [
        {name: getattr(one, name) for name in NAMES} | {"customer": one.customer_id} for one in rows
    ]


@router.get(
    "/customers/{int:pk}/deliveries", response={200: Page[DeliveryShape], **PROBLEMS},
    url_name="deliveries",
)  # fmt: skip
def deliveries(request: Call, pk: int, window: Query[Window]) -> Facts:
    """What was delivered to a customer, what was noted last first."""
    found = access.customer_to_read(request.user, pk)
    return page_by_cursor(Delivery.objects.filter(customer=found), window, shown)


@router.post(
    "/customers/{int:pk}/deliveries", response={201: DeliveryShape, **PROBLEMS},
    url_name="add_delivery",
)  # fmt: skip
@once(201, DeliveryShape)
def add_delivery(request: Call, pk: int, sent: NewDelivery) -> Facts:
    """Note a delivery. A number, part and name that are known already are refused."""
    found = access.customer_for(request.user, pk, access.KEEP)
    if sent.ended_on and sent.ended_on < sent.delivered_on:
        raise BadInput(_("It cannot end before it began."), field="ended_on")
    if Delivery.objects.filter(number=sent.number, code=sent.code, name=sent.name).exists():
        raise BadInput(_("This delivery is known already."), field="number")
    return shown([note(Delivery(customer=found, **sent.dict()), by=request.user)])[0]
