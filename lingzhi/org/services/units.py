"""Changes of the organisation tree."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on, step_of
from lingzhi.org.services.changes import apply


class UnitIsClosed(DomainError):
    message = _("This unit is closed.")


class UnitIsInUse(DomainError):
    message = _("People work in this unit, or it has open units below: move them first.")


class RootStays(DomainError):
    message = _("The company itself cannot be closed.")


@transaction.atomic
def create_unit(
    *,
    kind: str,
    name: str,
    code: str = "",
    parent: Unit | None,
    by: User | None,
    **values: Any,
) -> Unit:
    """Add a unit below `parent` (None: the company itself). Without a code one is made up.

    `values` may hold line, time_slot, business, owner, quality_representative and calendar.
    """
    if parent is None and kind != Unit.Kind.COMPANY:
        raise BadInput(_("The root of the organisation is the company."), field="kind")
    if parent is not None and parent.closed_at is not None:
        raise UnitIsClosed()
    unit = Unit(kind=kind, name=name, code=code or uuid.uuid4().hex, parent=parent, **values)
    unit.validate_constraints()
    unit.save()
    unit.path = (parent.path.rstrip("/") if parent else "") + step_of(unit.pk)
    unit.code = code or f"U{unit.pk:04}"
    unit.save(update_fields=["path", "code"])
    record(by, "org.unit_created", unit, after={"kind": kind, "name": name, "code": unit.code})
    return unit


@transaction.atomic
def change_unit(unit: Unit, values: dict[str, Any], *, by: User | None) -> None:
    """Change name, kind, line, head, quality representative, calendar and the like.

    A unit keeps its place in the tree: where it belonged is part of every old record.
    """
    if unit.closed_at is not None:
        raise UnitIsClosed()
    before, after = apply(unit, values)
    if after:
        record(by, "org.unit_changed", unit, before=before, after=after)


@transaction.atomic
def close_unit(unit: Unit, *, by: User | None, reason: str = "") -> None:
    """Close an empty unit. It stays in the history of whoever worked there."""
    if unit.parent_id is None:
        raise RootStays()
    inside = assignments_on(today()).filter(unit__path__startswith=unit.path)
    if inside.exists() or unit.children.filter(closed_at=None).exists():
        raise UnitIsInUse()
    if not Unit.objects.filter(pk=unit.pk, closed_at=None).update(closed_at=now(), closed_by=by):
        raise UnitIsClosed()
    record(by, "org.unit_closed", unit, reason=reason)
