"""Rectifications are obtained together with the right to do something with them."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.core.changes import changeables
from lingzhi.improvement.models import Cause, Countermeasure, Rectification
from lingzhi.improvement.queries.people import START, SUPERVISE, works_in
from lingzhi.improvement.queries.rectifications import rectifications_visible_to
from lingzhi.org.queries import reach

State = Rectification.State


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def rectification_to_read(user: User, pk: int) -> Rectification:
    """One of a unit within reach, or in which this person has a part."""
    rows = rectifications_visible_to(user).select_related("parent", "team", "closed_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_work(user: User, row: Rectification) -> bool:
    """Who answers for it, and who may start one for its unit."""
    return row.owner_id == user.pk or reach(user, START).covers(row.unit, None)


def may_supervise(user: User, row: Rectification) -> bool:
    """Who is named to, and the quality department of the unit; never its own people (R-IM-06)."""
    if row.owner_id == user.pk or works_in(user, row.unit):
        return False
    return row.supervisor_id == user.pk or reach(user, SUPERVISE).covers(row.unit, None)


def rectification_to_work(user: User, pk: int) -> Rectification:
    """One whose plan this person writes."""
    row = rectification_to_read(user, pk)
    if not may_work(user, row):
        raise PermissionDenied
    return row


def rectification_to_supervise(user: User, pk: int) -> Rectification:
    """One of another unit that this person looks after."""
    row = rectification_to_read(user, pk)
    if not may_supervise(user, row):
        raise PermissionDenied
    return row


def rectification_to_note(user: User, pk: int) -> Rectification:
    """One in which this person has a part: works on it, carries out a measure, supervises."""
    row = rectification_to_read(user, pk)
    has_measure = row.measures.filter(owner=user).exists()
    if not (has_measure or may_work(user, row) or may_supervise(user, row)):
        raise PermissionDenied
    return row


def cause_to_remove(user: User, pk: int) -> Cause:
    found = Cause.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.rectification = rectification_to_work(user, found.rectification_id)
    return found


def measure_to_remove(user: User, pk: int) -> Countermeasure:
    found = _measure(pk)
    found.rectification = rectification_to_work(user, found.rectification_id)
    return found


def measure_to_report(user: User, pk: int) -> Countermeasure:
    """A measure that this person carries out, or whose plan this person writes."""
    found = _measure(pk)
    found.rectification = rectification_to_read(user, found.rectification_id)
    if found.owner_id != user.pk and not may_work(user, found.rectification):
        raise PermissionDenied
    return found


def measure_to_change_by(user: User, pk: int) -> Countermeasure:
    """One that changes something of which this person may write the next version."""
    found = measure_to_report(user, pk)
    kind = changeables().get(found.changes)
    if kind is None:
        raise Http404
    require(user, kind.capability)
    return found


def _measure(pk: int) -> Countermeasure:
    found = Countermeasure.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class May:
    """What this person may do with it as it stands."""

    change: bool
    plan: bool
    act_at_once: bool
    ask: bool
    take_back: bool
    report: bool
    verify: bool
    close: bool
    reopen: bool
    carry: bool
    drop: bool
    note: bool
    supervise: bool


def acts_on(user: User, row: Rectification) -> May:
    """For the buttons of its page."""
    works, looks = may_work(user, row), may_supervise(user, row)
    state, is_open = row.state, row.is_open
    checks = looks and state == State.CHECKING
    has_part = works or looks or row.measures.filter(owner=user).exists()
    return May(
        change=works and is_open, plan=works and state == State.DRAFT,
        act_at_once=works and is_open, ask=works and state == State.DRAFT,
        take_back=works and state == State.ASKED, report=works and state == State.RUNNING,
        verify=checks and row.verified_at is None, close=checks and row.verified_at is not None,
        reopen=looks and state == State.CLOSED, carry=looks and row.verified_at is not None,
        drop=looks and state in (State.DRAFT, State.RUNNING), note=has_part and is_open,
        supervise=looks,
    )  # fmt: skip
