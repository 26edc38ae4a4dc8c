"""Roles given, ended and moved: the rights of people change here and nowhere else."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import SEPARATED
from lingzhi.accounts.services import end_sessions
from lingzhi.audit.services import record
from lingzhi.core.clock import today
from lingzhi.core.errors import DomainError
from lingzhi.org.models import Assignment, Unit
from lingzhi.org.queries import assignments_on, held_roles_overlapping
from lingzhi.org.services.units import UnitIsClosed


class AdministratorsMustDiffer(DomainError):
    message = _("System, security and audit administration must lie with three different people.")


class OwnRights(DomainError):
    message = _("Nobody changes their own rights: ask another administrator.")


class LastAdministrator(DomainError):
    message = _("This is the last person with this administration. Name a successor first.")


class RoleAlreadyHeld(DomainError):
    message = _("The person holds this role at this unit already.")


class PersonIsInactive(DomainError):
    message = _("This person is inactive.")


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
    """Give `person` a role at `unit`; their open sessions end, for rights have changed.

    Refused where it would join separated administrations (三员分立), repeat a role that is held,
    or where people give a role to themselves.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    if not locked.is_active:
        raise PersonIsInactive()
    if by is not None and by.pk == person.pk:
        raise OwnRights()
    if unit.closed_at is not None:
        raise UnitIsClosed()
    _refuse_joining(locked, role, from_on, to_on)
    _refuse_repeating(locked, role, unit, from_on)
    assignment = Assignment.objects.create(
        person=person, role=role, unit=unit, from_on=from_on, to_on=to_on
    )
    after = {"role": role, "unit": unit.code, "from": str(from_on), "to": to_on and str(to_on)}
    record(by, "org.role_assigned", person, after=after)
    end_sessions(person, by=by)
    return assignment


def _refuse_joining(person: User, role: str, from_on: date, to_on: date | None) -> None:
    if role in SEPARATED and held_roles_overlapping(person, from_on, to_on) & (SEPARATED - {role}):
        raise AdministratorsMustDiffer()


def _refuse_repeating(person: User, role: str, unit: Unit, from_on: date) -> None:
    if Assignment.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=from_on), person=person, role=role, unit=unit
    ).exists():
        raise RoleAlreadyHeld()


@transaction.atomic
def end_assignment(assignment: Assignment, *, on: date, by: User | None) -> None:
    """The role is held up to and including `on`; open sessions end.

    With an `on` before its first day the assignment is taken back altogether. The last person of
    an administration stays until there is a successor.
    """
    if by is not None and by.pk == assignment.person_id:
        raise OwnRights()
    _keep_administered(assignment)
    after = {"role": assignment.role, "unit": assignment.unit.code, "to": str(on)}
    record(by, "org.role_ended", assignment.person, after=after)
    if on < assignment.from_on:
        assignment.delete()
    else:
        assignment.to_on = on
        assignment.save(update_fields=["to_on"])
    end_sessions(assignment.person, by=by)


def _keep_administered(assignment: Assignment) -> None:
    if assignment.role not in SEPARATED:
        return
    others = assignments_on(today()).filter(
        role=assignment.role, to_on=None, person__is_active=True
    )
    if not others.exclude(person=assignment.person_id).exists():
        raise LastAdministrator()


@transaction.atomic
def move_person(
    person: User,
    role: str,
    unit: Unit,
    *,
    on: date,
    by: User | None,
    source: Unit | None = None,
) -> Assignment:
    """End the person's assignments of this role the day before `on` and start one at `unit`.

    With `source` only those at that unit end.
    """
    held = assignments_on(on).filter(person=person, role=role)
    if source is not None:
        held = held.filter(unit=source)
    for assignment in held:
        if assignment.unit_id == unit.pk:
            raise RoleAlreadyHeld()
        end_assignment(assignment, on=on - timedelta(days=1), by=by)
    return assign_role(person, role, unit, from_on=on, by=by)
