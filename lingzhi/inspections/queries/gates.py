"""Whether something may leave the house."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Gate, GateCheck
from lingzhi.org.queries import units_visible_to

READ = "inspections.read"


class Why(StrEnum):
    """Why something may leave, or may not."""

    NO_GATE = "no_gate"
    UNCHECKED = "unchecked"
    PASSED = "passed"
    FAILED = "failed"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether a deliverable may leave, why, and the check that says so."""

    is_given: bool
    why: Why
    check: GateCheck | None = None


def may_deliver(kind: str, reference: str) -> Leave:
    """Whether a deliverable may leave: the newest check counts; unchecked is blocked.

    A kind that no gate guards may leave.
    """
    gate = Gate.objects.filter(kind=kind, retired_at=None).first()
    if gate is None:
        return Leave(True, Why.NO_GATE)
    check = latest_check(gate, reference)
    if check is None:
        return Leave(False, Why.UNCHECKED)
    if check.is_passed:
        return Leave(True, Why.PASSED, check)
    released = check.released_at is not None
    return Leave(released, Why.RELEASED if released else Why.FAILED, check)


def latest_check(gate: Gate, reference: str) -> GateCheck | None:
    return gate.checks.filter(reference=reference.strip()).order_by("-pk").first()


def gates_visible_to(user: User) -> QuerySet[Gate]:
    """Gates over units within reach."""
    rows = Gate.objects.filter(unit__in=units_visible_to(user, READ), retired_at=None)
    return rows.select_related("unit", "sheet")


def checks_visible_to(user: User) -> QuerySet[GateCheck]:
    """Checks at the gates one sees."""
    rows = GateCheck.objects.filter(gate__in=gates_visible_to(user))
    return rows.select_related("gate", "version", "checked_by", "released_by")
