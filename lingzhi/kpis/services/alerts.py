"""Alerts are taken by one person and closed with what they were (预警的认领与结论)."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.kpis.models import Alert
from lingzhi.kpis.queries.courses import Days
from lingzhi.kpis.services.watching import matter_of
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.queries import superior_of

PATIENCE = 2  # working days until the one above is told
OUTCOMES = (Alert.State.EXPLAINED, Alert.State.ACTED, Alert.State.FALSE)
DAY = timedelta(days=1)


class AlertClosed(DomainError):
    message = _("This alert is closed already.")


class AlertTaken(DomainError):
    message = _("You are looking into this alert already.")


@transaction.atomic
def take_alert(alert: Alert, *, by: User) -> None:
    """Who takes it sees to it from now on; whoever was to do so before is free of it."""
    row = _open(alert)
    if row.state == Alert.State.TAKEN and row.owner_id == by.pk:
        raise AlertTaken()
    before = {"state": row.state, "owner": row.owner_id}
    row.state, row.owner, row.taken_at = Alert.State.TAKEN, by, now()
    row.save(update_fields=["state", "owner", "taken_at"])
    settle_matter(matter_of(row))
    record(by, "kpis.alert_taken", row, before=before, after={"owner": by.pk})


@transaction.atomic
def close_alert(alert: Alert, outcome: str, *, reason: str, by: User) -> None:
    """Say what it was: explained, acted upon, or a false alarm; with the reason."""
    if outcome not in OUTCOMES:
        raise BadInput(_("Say what the alert was."), field="outcome")
    if not reason.strip():
        raise BadInput(_("Say what was found."), field="reason")
    row = _open(alert)
    before = {"state": row.state}
    row.state, row.reason = Alert.State(outcome), reason.strip()
    row.closed_at, row.closed_by = now(), by
    row.save(update_fields=["state", "reason", "closed_at", "closed_by"])
    settle_matter(matter_of(row))
    record(by, "kpis.alert_closed", row, before=before, after={"state": outcome}, reason=reason)


def escalate_alerts() -> int:
    """Tell who stands above the owner of alerts that nobody took in two working days; once."""
    days = Days.of(None)
    waiting = Alert.objects.filter(state=Alert.State.OPEN, escalated_at=None)
    rows = waiting.select_related("definition__indicator", "unit", "owner")
    return sum(_escalate(one) for one in rows if _waited(days, one.raised_at.date()) >= PATIENCE)


def _waited(days: Days, since: date) -> int:
    """Working days since a day, today not among them."""
    passed = [since + at * DAY for at in range(1, (today() - since).days)]
    return sum(days.is_worked(day) for day in passed)


@transaction.atomic
def _escalate(alert: Alert) -> bool:
    row = _open(alert)
    if row.escalated_at is not None:
        return False
    above = superior_of(row.owner, today()) if row.owner else None
    row.escalated_at = now()
    row.save(update_fields=["escalated_at"])
    record(None, "kpis.alert_escalated", row, after={"to": above.pk if above else None})
    if above is not None:
        name = row.definition.entry
        title = lazy(lambda: str(_("Nobody took an alert: %(name)s") % {"name": name.name}), str)()
        url = reverse("kpis:alert", args=[row.pk])
        tell([above], title, body=row.unit.name, url=url, is_todo=True, matter=matter_of(row))
    return True


def _open(alert: Alert) -> Alert:
    rows = Alert.objects.select_for_update(of=("self",)).select_related(
        "definition__indicator", "unit", "owner"
    )
    row = rows.get(pk=alert.pk)
    if not row.is_open:
        raise AlertClosed()
    return row
