"""Work orders: who is responsible, what waits, who may see which."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, DispatchSettings, Matter, ReturnReason, WorkOrder
from lingzhi.cases.queries.calendars import working_time_of
from lingzhi.cases.queries.people import READ, leaders_of, units_of
from lingzhi.core.clock import now, today
from lingzhi.org.models import PostHolding, Unit
from lingzhi.org.queries import Reach, calendar_of, in_force, reach
from lingzhi_engine.clock import Limit, NotPublished, TimeBase
from lingzhi_engine.clock import Unit as Span

FEW = 3  # matters proposed for a case


def dispatch_settings() -> DispatchSettings:
    """How the centre dispatches; the defaults where nobody has set anything."""
    return DispatchSettings.objects.first() or DispatchSettings()


def matters_in_force() -> QuerySet[Matter]:
    """The directory as it holds today."""
    rows = Matter.objects.filter(in_force(today()), unit__closed_at=None)
    return rows.select_related("unit", "type").prefetch_related("assisting")


def matters_for(case: Case) -> list[Matter]:
    """What the directory proposes for a case: of all whose words stand in it, those with most.

    A matter of the case's own type goes before others.
    """
    text = f"{case.title}\n{case.description}\n{case.demand}".lower()
    found = []
    for matter in matters_in_force().filter(Q(type=None) | Q(type=case.type_id)):
        words = [one for one in (matter.name, *matter.words.splitlines()) if one.strip()]
        weight = sum(len(word) for word in words if word.strip().lower() in text)
        if weight:
            found.append((matter.type_id is not None, weight, -matter.pk, matter))
    return [row[-1] for row in sorted(found, reverse=True, key=lambda row: row[:3])[:FEW]]


def is_called_back(case: Case) -> bool:
    """Whether the customer hears the result by a call back: units have solved the case."""
    return case.kind == Case.Kind.SOLVED and living_orders(case).exists()


def return_reasons() -> QuerySet[ReturnReason]:
    """The dictionary of reasons, in its order."""
    return ReturnReason.objects.filter(retired_at=None)


def orders_of(case: Case) -> QuerySet[WorkOrder]:
    """All its work orders, the living ones first, the main unit before those that assist."""
    rows = case.orders.select_related(
        "unit", "matter", "signed_by", "answered_by", "return_reason", "ended_by"
    )
    return rows.order_by("ending", "-role", "-pk")


def living_orders(case: Case) -> QuerySet[WorkOrder]:
    """The orders on which units work."""
    return case.orders.filter(ending="").select_related("unit", "case", "signed_by", "matter")


def main_order(case: Case) -> WorkOrder | None:
    """The living order of the unit that answers for the whole."""
    return living_orders(case).filter(role=WorkOrder.Role.MAIN).first()


def returns_of(case: Case) -> int:
    """How often main units returned the case in this cycle."""
    returned = case.orders.filter(ending=WorkOrder.Ending.RETURNED, cycle=case.cycle)
    return returned.filter(role=WorkOrder.Role.MAIN).count()


def business_due(unit: Unit, amount: int, span: Span) -> datetime | None:
    """So much business time of a unit from now; None where its calendar does not say."""
    time = working_time_of(calendar_of(unit))
    if time is None:
        return None
    days = span is Span.WORKING_DAYS
    try:
        return Limit(amount, span, TimeBase.WORKING, ends_with_day=days).due(now(), time)
    except NotPublished:
        return None


def holders_of_post(code: str) -> list[User]:
    """Who holds a post today."""
    held = PostHolding.objects.filter(in_force(today()), post__code=code, person__is_active=True)
    rows = held.select_related("person").order_by("person__staff_no")
    return list(dict.fromkeys(one.person for one in rows))


def holds_post(user: User, *codes: str) -> bool:
    """Whether a person holds one of these posts today."""
    held = PostHolding.objects.filter(in_force(today()), person=user, post__code__in=codes)
    return held.exists()


def people_of_order(order: WorkOrder) -> list[User]:
    """Who is to hear about an order: who signed for it, and the leaders of the unit."""
    people = [order.signed_by] if order.signed_by else []
    return list(dict.fromkeys([*people, *leaders_of(order.unit)]))


def within_orders(units: list[int], within: Reach) -> Exists:
    """A filter for cases: one of their orders is, or was, for these units or within reach."""
    rows = WorkOrder.objects.filter(case=OuterRef("pk")).order_by()
    reached = within.over("unit__path", "signed_by_id")
    return Exists(rows.filter(Q(unit__in=units) | reached))


def orders_visible_to(user: User) -> QuerySet[WorkOrder]:
    """Orders of one's units, and all within reach: of the unit or of the desk that sent them."""
    over = reach(user, READ)
    shown = Q(unit__in=units_of(user)) | over.over("unit__path", "signed_by_id")
    shown |= over.over("case__unit__path", "case__handler_id") | Q(case__owner=user)
    rows = WorkOrder.objects.filter(shown)
    return rows.select_related("unit", "case__type", "case__version__flow", "signed_by")
