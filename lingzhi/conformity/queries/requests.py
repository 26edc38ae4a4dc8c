"""Requests of employees: one's own, those to answer, and who answers for them."""

from django.db.models import F, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.conformity.models import USUAL_DAYS, DataRequest, RequestTerm
from lingzhi.core.clock import now
from lingzhi.inspections.queries.reviews import holders_over
from lingzhi.org.models import Matter, Unit
from lingzhi.org.queries import in_charge_of, reach
from lingzhi.org.queries.privacy import KEEP


def days_to_answer() -> int:
    """Working days that an answer may take."""
    newest = RequestTerm.objects.first()
    return newest.days if newest else USUAL_DAYS


def requests_of(person: User) -> QuerySet[DataRequest]:
    """One's own, the newest first."""
    return person.data_requests.select_related("owner", "answered_by")


def requests_for(user: User) -> QuerySet[DataRequest]:
    """Within reach of who looks after personal data: open ones first, the next due on top."""
    where = reach(user, KEEP).over("unit__path", "person_id") | Q(owner=user)
    rows = DataRequest.objects.filter(where).select_related("person", "unit", "owner")
    return rows.order_by(F("answered_at").desc(nulls_first=True), "due_at", "pk")


def overdue() -> QuerySet[DataRequest]:
    """Those whose time is over and that nobody answered."""
    rows = DataRequest.objects.filter(answered_at=None, due_at__lt=now())
    return rows.select_related("person", "unit", "owner")


def keepers_for(unit: Unit | None, person: User) -> list[User]:
    """Who may answer a request of `person`: first who is in charge of personal data there."""
    holders = holders_over(unit.path if unit else None, KEEP)
    first = in_charge_of(Matter.PERSONAL_DATA, now(), unit)
    found = sorted(holders, key=lambda one: (one != first, one.staff_no))
    return [one for one in found if one.pk != person.pk]
