"""Reading and opening cases."""

from datetime import timedelta

from django.db.models import QuerySet
from ninja import Query

from lingzhi.accounts.rest import Call, once
from lingzhi.cases.access.cases import case_to_read, contact_to_register, require
from lingzhi.cases.api.naming import (
    channel_named,
    own_wanted,
    person_named,
    type_named,
    type_to_open,
    unit_named,
)
from lingzhi.cases.api.routers import router
from lingzhi.cases.api.shapes import (
    CaseFilter,
    CaseLine,
    CaseWhole,
    Event,
    Facts,
    NewCase,
    TypeShape,
)
from lingzhi.cases.api.writing import event_of, lines_of, type_of, whole_of
from lingzhi.cases.models import Case
from lingzhi.cases.queries.cases import CaseFilters, cases_visible_to, history_of
from lingzhi.cases.queries.fields import types_with_fields
from lingzhi.cases.queries.people import OPEN, READ
from lingzhi.cases.queries.secrecy import named_beside_customer
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.core.clock import midnight
from lingzhi.core.rest.cursors import Page, Window, page_by_cursor
from lingzhi.core.rest.problems import PROBLEMS
from lingzhi.customers.access.files import customer_to_read
from lingzhi.customers.models import Customer


@router.get("/cases", response={200: Page[CaseLine], **PROBLEMS}, url_name="cases")
def cases(request: Call, wanted: Query[CaseFilter], window: Query[Window]) -> Facts:
    """Cases within sight, the newest first."""
    require(request.user, READ)
    rows = _narrowed(wanted, request).select_related(None)
    rows = rows.select_related("type", "unit", "owner", "handler")
    return page_by_cursor(rows, window, lambda found: lines_of(found, request.user))


def _narrowed(wanted: CaseFilter, request: Call) -> QuerySet[Case]:
    narrows = CaseFilters(
        whose=wanted.whose or "", kind=wanted.kind or "", due=wanted.due or "", text=wanted.text,
        type=type_named(wanted.type).pk if wanted.type else None,
        case_class=wanted.case_class or "", own=own_wanted(wanted.own),
    )  # fmt: skip
    rows = narrows.apply(cases_visible_to(request.user), request.user)
    if wanted.customer:
        rows = named_beside_customer(request.user, rows).filter(customer=wanted.customer)
    if wanted.opened_from:
        rows = rows.filter(opened_at__gte=midnight(wanted.opened_from))
    if wanted.opened_to:
        rows = rows.filter(opened_at__lt=midnight(wanted.opened_to + timedelta(days=1)))
    return rows


@router.post("/cases", response={201: CaseWhole, **PROBLEMS}, url_name="open_case")
@once(201, CaseWhole)
def open_one(request: Call, sent: NewCase) -> Facts:
    """Open a case; it gets its number and its clocks run."""
    require(request.user, OPEN)
    given = sent.dict(exclude={"type", "unit", "contact", "customer", "channel", "handler"})
    opening = Opening(
        type=type_to_open(sent.type) if sent.type else None,
        unit=unit_named(sent.unit) if sent.unit else None,
        contact=contact_to_register(request.user, sent.contact) if sent.contact else None,
        customer=_customer(request, sent.customer), channel=channel_named(sent.channel),
        handler=person_named(sent.handler, "handler") if sent.handler else None,
        **{**given, "case_class": given["case_class"] or ""},
    )  # fmt: skip
    return whole_of(open_case(opening, by=request.user), request.user)


def _customer(request: Call, key: int | None) -> Customer | None:
    return customer_to_read(request.user, key) if key else None


@router.get("/cases/{int:pk}", response={200: CaseWhole, **PROBLEMS}, url_name="case")
def case(request: Call, pk: int) -> Facts:
    """One case, with the steps that may be taken now."""
    return whole_of(case_to_read(request.user, pk), request.user)


@router.get("/cases/{int:pk}/events", response={200: Page[Event], **PROBLEMS}, url_name="events")
def events(request: Call, pk: int, window: Query[Window]) -> Facts:
    """All that happened to a case, the newest first."""
    rows = history_of(case_to_read(request.user, pk))
    return page_by_cursor(rows, window, lambda found: [event_of(one) for one in found])


@router.get("/case-types", response={200: list[TypeShape], **PROBLEMS}, url_name="case_types")
def case_types(request: Call) -> list[Facts]:
    """The types of cases in use, with the own fields that their cases are asked."""
    require(request.user, READ)
    return [type_of(one) for one in types_with_fields()]
