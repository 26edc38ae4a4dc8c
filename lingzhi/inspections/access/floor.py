"""Behaviours, incidents and supervision: who records, who reads, who withdraws."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import POLICY, READ, RECHECK, WATCH, require
from lingzhi.inspections.models import Behaviour, Incident
from lingzhi.inspections.queries.floor import incidents_visible_to
from lingzhi.org.models import Unit
from lingzhi.org.queries import people_visible_to, reach, units_visible_to


def behaviour_to_change(user: User, pk: int) -> Behaviour:
    require(user, POLICY)
    found = Behaviour.objects.filter(pk=pk, retired_at=None).first()
    if found is None:
        raise Http404
    return found


def people_to_record(user: User) -> QuerySet[User]:
    """Those about whom this person may put something on the register: never oneself."""
    require(user, WATCH)
    return people_visible_to(user, WATCH).filter(is_active=True).exclude(pk=user.pk)


def incident_to_read(user: User, pk: int) -> Incident:
    require(user, READ)
    found = incidents_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def incident_to_answer(user: User, pk: int) -> Incident:
    """One about oneself."""
    found = incident_to_read(user, pk)
    if found.person_id != user.pk:
        raise PermissionDenied
    return found


def incident_to_withdraw(user: User, pk: int) -> Incident:
    """One that this person recorded, or within reach of re-checking; never one about oneself."""
    found = incident_to_read(user, pk)
    rechecks = user.can(RECHECK) and reach(user, RECHECK).covers(found.unit, found.person_id)
    if found.person_id == user.pk or not (rechecks or found.recorded_by_id == user.pk):
        raise PermissionDenied
    return found


def unit_to_supervise(user: User, pk: int) -> Unit:
    """An open unit whose floor this person watches."""
    require(user, WATCH)
    found = units_visible_to(user, WATCH).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
