"""Entering what was begun on a day, and taking it back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.org.models import Unit
from lingzhi.reports.models import Event


class RemovedAlready(DomainError):
    message = _("This was removed already.")
    code = "removed_already"


@transaction.atomic
def enter_event(kind: str, title: str, unit: Unit, day: date, *, note: str, by: User) -> Event:
    """From this day on something is different in a unit; what has not begun has no effect."""
    if day > today():
        raise BadInput(_("What has not begun yet has no effect."), field="day")
    made = Event.objects.create(
        kind=kind, title=title, unit=unit, day=day, note=note, entered_at=now(), entered_by=by
    )
    after = {"kind": kind, "title": title, "unit": unit.code, "day": day.isoformat()}
    record(by, "reports.event_entered", made, after=after)
    return made


@transaction.atomic
def remove_event(event: Event, *, by: User) -> None:
    """It is judged no more; that it was entered stays in the log."""
    if not Event.objects.filter(pk=event.pk, removed_at=None).update(removed_at=now()):
        raise RemovedAlready
    record(by, "reports.event_removed", event, before={"title": event.title})
