"""Groups across departments: set up, changed, their members."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.errors import DomainError
from lingzhi.org.models import Group, Membership
from lingzhi.org.services.changes import apply


class GroupHasEnded(DomainError):
    message = _("This group has ended.")


@transaction.atomic
def create_group(*, by: User | None, **values: Any) -> Group:
    """Set up a group: name, kind, mandate, unit, from_on and, if temporary, to_on."""
    group = Group(**values)
    group.validate_constraints()
    group.save()
    record(by, "org.group_created", group, after={"kind": group.kind, "to": str(group.to_on)})
    return group


@transaction.atomic
def change_group(group: Group, values: dict[str, Any], *, by: User | None) -> None:
    """Change name, kind, mandate or term."""
    before, after = apply(group, values)
    if after:
        record(by, "org.group_changed", group, before=before, after=after)


@transaction.atomic
def join_group(
    group: Group,
    *,
    person: User | None = None,
    guest: str = "",
    part: str,
    from_on: date,
    by: User | None,
) -> Membership:
    """Add one of us or a guest; a guest's name stays out of the log."""
    if group.to_on is not None and group.to_on < from_on:
        raise GroupHasEnded()
    row = Membership(group=group, person=person, guest=guest, part=part, from_on=from_on)
    row.validate_constraints()
    row.save()
    after = {"person": person and person.staff_no, "is_guest": bool(guest), "part": part}
    record(by, "org.group_joined", group, after=after)
    return row


@transaction.atomic
def leave_group(membership: Membership, *, on: date, by: User | None) -> None:
    """The membership holds up to and including `on`; before its first day: never was."""
    person = membership.person
    after = {"person": person and person.staff_no, "to": str(on)}
    record(by, "org.group_left", membership.group, after=after)
    if on < membership.from_on:
        membership.delete()
        return
    membership.to_on = on
    membership.save(update_fields=["to_on"])
