"""Files of customers: found, read, begun, told what identifies them."""

from ninja import Query

from lingzhi.accounts.rest import Call, once
from lingzhi.core.rest.cursors import Page, Window, page_by_cursor
from lingzhi.core.rest.problems import PROBLEMS
from lingzhi.customers.access import files as access
from lingzhi.customers.api.routers import router
from lingzhi.customers.api.shapes import (
    CustomerShape,
    Facts,
    IdentifierShape,
    NewCustomer,
    NewIdentifier,
    Sought,
)
from lingzhi.customers.models import Customer, Identifier
from lingzhi.customers.queries.files import listed_for
from lingzhi.customers.queries.known import fitting
from lingzhi.customers.services import files as services

NAMES = ("post", "preferred_channel", "preferred_times", "special_needs", "created_at", "erased_at")


def shown(customers: list[Customer]) -> list[Facts]:
    """Files with their identifiers masked."""
    return [_file(one) for one in customers]


def _file(one: Customer) -> Facts:
    return {name: getattr(one, name) for name in NAMES} | {
        "id": one.pk, "company": one.company.name if one.company else None,
        "manager": one.manager.staff_no if one.manager else None,
        "merged_into": one.merged_into_id, "identifiers": list(one.identifiers.all()),
    }  # fmt: skip


@router.get("/customers", response={200: Page[CustomerShape], **PROBLEMS}, url_name="customers")
def customers(request: Call, window: Query[Window]) -> Facts:
    """The files one may go through: all where one's right reaches beyond one's own work."""
    access.require(request.user, access.READ)
    rows = listed_for(request.user).select_related("company", "manager")
    return page_by_cursor(rows.prefetch_related("identifiers"), window, shown)


@router.post(
    "/customers/search", response={200: Page[CustomerShape], **PROBLEMS}, url_name="find_customers"
)
def find(request: Call, sent: Sought, window: Query[Window]) -> Facts:
    """Find files by what identifies them. Sent in the body, so that no log holds it."""
    access.require(request.user, access.READ)
    rows = listed_for(request.user, sent.text).filter(fitting(sent.text))
    rows = rows.select_related("company", "manager").prefetch_related("identifiers")
    return page_by_cursor(rows, window, shown)


@router.post("/customers", response={201: CustomerShape, **PROBLEMS}, url_name="begin_customer")
@once(201, CustomerShape)
def begin(request: Call, sent: NewCustomer) -> Facts:
    """Begin a file. 409 `known_already` where somebody has this phone, account or card."""
    access.require(request.user, access.KEEP)
    given = {str(one.kind): one.value for one in sent.identifiers}
    facts = sent.dict(exclude={"identifiers"})
    return _file(services.begin_file(given, by=request.user, **facts))


@router.get("/customers/{int:pk}", response={200: CustomerShape, **PROBLEMS}, url_name="customer")
def customer(request: Call, pk: int) -> Facts:
    """One file."""
    return _file(access.customer_to_read(request.user, pk))


@router.post(
    "/customers/{int:pk}/identifiers", response={201: IdentifierShape, **PROBLEMS},
    url_name="add_identifier",
)  # fmt: skip
@once(201, IdentifierShape)
def add_identifier(request: Call, pk: int, sent: NewIdentifier) -> Identifier:
    """Add what identifies the customer."""
    found = access.customer_for(request.user, pk, access.KEEP)
    return services.add_identifier(found, sent.kind, sent.value, by=request.user)
