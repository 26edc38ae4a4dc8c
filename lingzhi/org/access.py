"""Who may see and change what of the organisation: object and right in one step."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.core.clock import today
from lingzhi.org.models import (
    Activity,
    ActivityEvidence,
    Assignment,
    Calendar,
    Deputy,
    Designation,
    Group,
    Identity,
    Membership,
    Post,
    PostHolding,
    Presence,
    PrivacyNotice,
    Statement,
    SupervisionArea,
    Unit,
)
from lingzhi.org.queries import may_change_calendar, people_visible_to, reach
from lingzhi.org.queries.culture import activities_visible_to, statements_visible_to

Row = TypeVar("Row", bound=models.Model)


def require(user: User, capability: str) -> None:
    """403 unless any role of `user` grants `capability` somewhere."""
    if not user.can(capability):
        raise PermissionDenied


def require_company(user: User, capability: str) -> None:
    """403 unless `capability` reaches the whole company."""
    if not (user.can(capability) and reach(user, capability).is_everything):
        raise PermissionDenied


def _found(model: type[Row], pk: int) -> Row:
    row = model._default_manager.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def is_within(user: User, person: User, capability: str) -> bool:
    """Whether `person` is assigned, today or later, where `user` has `capability`."""
    mine = reach(user, capability)
    if mine.is_everything:
        return True
    current = Q(to_on__isnull=True) | Q(to_on__gte=today())
    rows = Assignment.objects.filter(current, mine.over("unit__path", "person_id"), person=person)
    return rows.exists()


# --- people -------------------------------------------------------------------------------------


def person_to_read(user: User, pk: int) -> User:
    """Oneself, and people within reach of `accounts.read`."""
    person = people_visible_to(user).filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def _person_for(user: User, pk: int, capability: str) -> User:
    person = person_to_read(user, pk)
    if not (user.can(capability) and is_within(user, person, capability)):
        raise PermissionDenied
    return person


def person_to_change(user: User, pk: int) -> User:
    return _person_for(user, pk, "accounts.manage")


def person_to_assign(user: User, pk: int) -> User:
    """A person whose roles `user` may give and take."""
    return _person_for(user, pk, "accounts.assign")


def capability_to_move(user: User, row: Assignment) -> str:
    """Moving within the own work changes the person; wider roles are given, not moved."""
    is_plain = ROLES[row.role].scope is Scope.OWN
    return "accounts.manage" if is_plain and user.can("accounts.manage") else "accounts.assign"


def assignment_to_move(user: User, pk: int) -> Assignment:
    row = _found(Assignment, pk)
    _person_for(user, row.person_id, capability_to_move(user, row))
    return row


def person_to_secure(user: User, pk: int) -> User:
    """A person whose password and second factor `user` may reset; never one's own."""
    person = _person_for(user, pk, "accounts.secure")
    if person.pk == user.pk:
        raise PermissionDenied
    return person


def person_for_duty(user: User, pk: int) -> User:
    """A person whose duty and absence `user` may record."""
    return _person_for(user, pk, "org.duty")


def person_for_deputy(user: User, pk: int) -> User:
    """A person for whom `user` may name a deputy: oneself, or who is within reach."""
    return user if pk == user.pk else person_for_duty(user, pk)


def _of_person(user: User, row: Any, capability: str) -> Any:
    """`row` of a person: 404 where the person is invisible, 403 without the right."""
    _person_for(user, row.person_id, capability)
    return row


def assignment_to_end(user: User, pk: int) -> Assignment:
    row: Assignment = _of_person(user, _found(Assignment, pk), "accounts.assign")
    return row


def identity_to_end(user: User, pk: int) -> Identity:
    row: Identity = _of_person(user, _found(Identity, pk), "accounts.manage")
    return row


def holding_to_end(user: User, pk: int) -> PostHolding:
    row: PostHolding = _of_person(user, _found(PostHolding, pk), "accounts.manage")
    return row


def presence_to_withdraw(user: User, pk: int) -> Presence:
    row: Presence = _of_person(user, _found(Presence, pk), "org.duty")
    return row


def deputy_to_end(user: User, pk: int) -> Deputy:
    row = _found(Deputy, pk)
    person_for_deputy(user, row.person_id)
    return row


# --- the organisation ---------------------------------------------------------------------------


def unit_to_read(user: User, pk: int) -> Unit:
    """The tree is open to everybody who works here."""
    require(user, "org.read")
    return _found(Unit, pk)


def unit_within(user: User, unit: Unit, capability: str = "org.manage") -> Unit:
    """`unit`, where `user` has `capability`; else 403."""
    if not (user.can(capability) and reach(user, capability).covers(unit, None)):
        raise PermissionDenied
    return unit


def unit_to_change(user: User, pk: int) -> Unit:
    return unit_within(user, unit_to_read(user, pk))


def area_to_change(user: User, pk: int) -> SupervisionArea:
    require(user, "org.read")
    area = _found(SupervisionArea, pk)
    unit_within(user, area.unit)
    return area


def designation_to_end(user: User, pk: int) -> Designation:
    require(user, "org.read")
    row = _found(Designation, pk)
    unit_within(user, row.unit)
    return row


def group_to_read(user: User, pk: int) -> Group:
    require(user, "org.read")
    return _found(Group, pk)


def group_to_change(user: User, pk: int) -> Group:
    group = group_to_read(user, pk)
    unit_within(user, group.unit)
    return group


def membership_to_end(user: User, pk: int) -> Membership:
    require(user, "org.read")
    row = _found(Membership, pk)
    unit_within(user, row.group.unit)
    return row


def post_to_read(user: User, pk: int) -> Post:
    """Post descriptions are readable by every holder, and by everybody else (R-OR-03)."""
    require(user, "org.read")
    return _found(Post, pk)


def post_to_change(user: User, pk: int) -> Post:
    post = post_to_read(user, pk)
    require(user, "org.manage")
    return post


def calendar_to_read(user: User, pk: int) -> Calendar:
    require(user, "org.read")
    return _found(Calendar, pk)


def calendar_to_change(user: User, pk: int) -> Calendar:
    calendar = calendar_to_read(user, pk)
    if not may_change_calendar(user, calendar):
        raise PermissionDenied
    return calendar


# --- culture ------------------------------------------------------------------------------------


def statement_to_read(user: User, pk: int) -> Statement:
    """What one's own units and those above stand for, and what one publishes."""
    require(user, "org.read")
    return get_object_or_404(statements_visible_to(user).select_related("unit"), pk=pk)


def may_publish_for(user: User, unit: Unit) -> bool:
    return user.can("org.culture") and reach(user, "org.culture").covers(unit, None)


def statement_to_end(user: User, pk: int) -> Statement:
    statement = statement_to_read(user, pk)
    unit_within(user, statement.unit, "org.culture")
    return statement


def activity_to_read(user: User, pk: int) -> Activity:
    """Open to oneself, taken part in, or run by oneself."""
    require(user, "org.read")
    return get_object_or_404(activities_visible_to(user).select_related("unit"), pk=pk)


def runs(user: User, activity: Activity) -> bool:
    """Whether `user` organises the activity, or answers for the unit that holds it."""
    return activity.organiser_id == user.pk or may_publish_for(user, activity.unit)


def activity_to_run(user: User, pk: int) -> Activity:
    activity = activity_to_read(user, pk)
    if not runs(user, activity):
        raise PermissionDenied
    return activity


def evidence_to_read(user: User, pk: int) -> ActivityEvidence:
    """What proves an activity that one may see."""
    found = get_object_or_404(ActivityEvidence.objects.select_related("file"), pk=pk)
    activity_to_read(user, found.activity_id)
    return found


# --- what people are told about their data ------------------------------------------------------


def notice_to_read(user: User, pk: int) -> PrivacyNotice:
    """Everybody who works here reads what customers and staff are told."""
    require(user, "org.read")
    return _found(PrivacyNotice, pk)
