"""Changes of the organisation tree and of who does what where."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import SEPARATED
from lingzhi.audit.services import record
from lingzhi.core.errors import DomainError
from lingzhi.org.models import Assignment, Unit
from lingzhi.org.queries import assignments_on


class AdministratorsMustDiffer(DomainError):
    message = _("System, security and audit administration must lie with three different people.")


@transaction.atomic
def create_unit(*, kind: str, name: str, code: str, parent: Unit | None, by: User | None) -> Unit:
    """Add a unit below `parent` (None: the company itself)."""
    unit = Unit.objects.create(kind=kind, name=name, code=code, parent=parent, path="")
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    record(by, "org.unit_created", unit, after={"kind": kind, "name": name, "code": code})
    return unit


@transaction.atomic
def assign_role(
    person: User,
    role: str,
    unit: Unit,
    *,
    from_on: date,
    to_on: date | None = None,
    by: User | None,
) -> Assignment:
    """Give `person` a role at `unit`. Refused where it would join separated administrations."""
    if role in SEPARATED:
        held = set(assignments_on(from_on).filter(person=person).values_list("role", flat=True))
        if held & (SEPARATED - {role}):
            raise AdministratorsMustDiffer()
    assignment = Assignment.objects.create(
        person=person, role=role, unit=unit, from_on=from_on, to_on=to_on
    )
    record(by, "org.role_assigned", person, after={"role": role, "unit": unit.code})
    return assignment


@transaction.atomic
def end_assignment(assignment: Assignment, *, on: date, by: User | None) -> None:
    """The role is held up to and including `on`."""
    assignment.to_on = max(on, assignment.from_on)
    assignment.save(update_fields=["to_on"])
    record(
        by,
        "org.role_ended",
        assignment.person,
        after={"role": assignment.role, "unit": assignment.unit.code, "to": str(on)},
    )


@transaction.atomic
def move_person(person: User, role: str, unit: Unit, *, on: date, by: User | None) -> Assignment:
    """End the person's assignments of this role the day before `on` and start one at `unit`."""
    for assignment in assignments_on(on).filter(person=person, role=role):
        end_assignment(assignment, on=on - timedelta(days=1), by=by)
    return assign_role(person, role, unit, from_on=on, by=by)
