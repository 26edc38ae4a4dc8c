"""Duty and absence, deputies, and who is in charge of a matter."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.org.models import Deputy, Designation, Presence, Unit


class AlreadyWithdrawn(DomainError):
    message = _("This entry was withdrawn already.")


@transaction.atomic
def record_presence(
    person: User,
    *,
    kind: str,
    from_at: datetime,
    to_at: datetime,
    note: str = "",
    source: str = "hand",
    by: User | None,
) -> Presence:
    """State that a person is on duty or absent in [from_at, to_at). The log keeps no reason."""
    presence = Presence(
        person=person, kind=kind, from_at=from_at, to_at=to_at, note=note, source=source
    )
    presence.recorded_at, presence.recorded_by = now(), by
    presence.validate_constraints()
    presence.save()
    after = {"is_absence": presence.is_absence, "from": str(from_at), "to": str(to_at)}
    record(by, "org.presence_recorded", person, after=after)
    return presence


@transaction.atomic
def keep_duty(
    person: int, told: Sequence[tuple[datetime, datetime]], *, since: datetime, source: str
) -> None:
    """Duty as another log tells it from `since` on, in order: [from, until) each.

    What was recorded of it and no longer holds is withdrawn; a stretch that goes on over `since`
    keeps its begin. Nothing is written where nothing is new.
    """
    rows = Presence.objects.filter(person=person, source=source, withdrawn_at=None)
    kept = {(row.from_at, row.to_at): row for row in rows.filter(to_at__gte=since)}
    wanted = list(told)
    for begin in [begin for begin, _end in kept if begin < since]:
        goes_on = bool(wanted) and wanted[0][0] == since
        wanted[: int(goes_on)] = [(begin, wanted[0][1] if goes_on else since)]
    gone = [row.pk for span, row in kept.items() if span not in wanted]
    new = [span for span in wanted if span not in kept]
    if not gone and not new:
        return
    moment = now()
    Presence.objects.filter(pk__in=gone).update(withdrawn_at=moment)
    Presence.objects.bulk_create(
        Presence(
            person_id=person, kind=Presence.Kind.DUTY, from_at=begin, to_at=end, source=source,
            recorded_at=moment,
        )
        for begin, end in new
    )  # fmt: skip
    after = {"duty": [f"{begin}/{end}" for begin, end in new], "withdrawn": len(gone)}
    record(None, "org.presence_recorded", User.objects.get(pk=person), after=after)


@transaction.atomic
def withdraw_presence(presence: Presence, *, by: User | None, reason: str = "") -> None:
    """The statement was wrong: from now on nobody reckons with it."""
    if not Presence.objects.filter(pk=presence.pk, withdrawn_at=None).update(
        withdrawn_at=now(), withdrawn_by=by
    ):
        raise AlreadyWithdrawn()
    record(by, "org.presence_withdrawn", presence.person, reason=reason)


@transaction.atomic
def name_deputy(
    person: User,
    deputy: User,
    *,
    matter: str = "",
    from_on: date,
    to_on: date | None = None,
    by: User | None,
) -> Deputy:
    """`deputy` takes over when `person` is absent: one matter, or (blank) all others."""
    row = Deputy(person=person, deputy=deputy, matter=matter, from_on=from_on, to_on=to_on)
    row.validate_constraints()
    row.save()
    after = {"deputy": deputy.staff_no, "matter": matter, "from": str(from_on)}
    record(by, "org.deputy_named", person, after=after)
    return row


@transaction.atomic
def designate(
    matter: str,
    unit: Unit,
    *,
    person: User | None = None,
    contact: str = "",
    is_published: bool = False,
    from_on: date,
    by: User | None,
) -> Designation:
    """Put a unit, and where named a person, in charge of a matter (R-OR-15)."""
    row = Designation(matter=matter, unit=unit, person=person, from_on=from_on)
    row.contact, row.is_published = contact, is_published
    row.validate_constraints()
    row.save()
    after = {"matter": matter, "unit": unit.code, "person": person and person.staff_no}
    record(by, "org.designated", unit, after=after)
    return row


@transaction.atomic
def end_dated(row: Any, *, on: date, by: User | None) -> None:
    """A deputy or designation holds up to and including `on`; before its first day: never."""
    record(by, f"org.{row._meta.model_name}_ended", row, after={"to": str(on)})
    if on < row.from_on:
        row.delete()
        return
    row.to_on = on
    row.save(update_fields=["to_on"])
