"""The duty matrix of complaints, and the people it means."""

from django.db.models import Q

from lingzhi.accounts.models import User
from lingzhi.cases.models import Complaint, Duty
from lingzhi.cases.queries.by_clause import holding
from lingzhi.core.clock import today
from lingzhi.org.queries import assignments_on, paths_to


def duties_for(complaint: Complaint, task: str, order: int | None = None) -> list[Duty]:
    """Lines of the matrix that hold for its grade and where it lies, in their order.

    What a clause says goes before what the house set; of opinions, place by place (`order`).
    """
    rows = Duty.objects.filter(Q(grade="") | Q(grade=complaint.grade), task=task)
    if order is not None:
        rows = rows.filter(order=order)
    found = holding(rows.select_related("unit", "holds_in"), complaint.case.unit.path)
    said = {one.order for one in found if one.reference}
    return [one for one in found if one.reference or one.order not in said]


def people_of(duty: Duty, complaint: Complaint) -> list[User]:
    """Whom a line means for this complaint; never the person it is about.

    In the line's unit, or where it names none anywhere the role reaches the case's unit, else in
    the whole company.
    """
    held = assignments_on(today()).filter(person__is_active=True)
    if duty.role:
        held = held.filter(role=duty.role)
    held = held.exclude(person=complaint.accused_id).select_related("person")
    if duty.unit is not None:
        held = held.filter(unit__path__startswith=duty.unit.path)
    else:
        near = held.filter(unit__path__in=paths_to(complaint.case.unit.path))
        held = near if near.exists() else held
    return list(dict.fromkeys(one.person for one in held))


def has_duty(user: User, complaint: Complaint, task: str) -> bool:
    """Whether the matrix gives this person the task for this complaint."""
    return any(user in people_of(duty, complaint) for duty in duties_for(complaint, task))
