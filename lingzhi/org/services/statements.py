"""Publishing what a unit stands for, and taking it back."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.org.models import Statement, Unit

DAY = timedelta(days=1)


class StatementHasEnded(DomainError):
    message = _("This statement has ended.")


@transaction.atomic
def publish_statement(
    unit: Unit, kind: str, text: str, *, from_on: date, change: str = "", by: User | None
) -> Statement:
    """Put a statement into force from `from_on`; the open one of its kind ends the day before.

    Raises BadInput where it would begin no later than the one it replaces.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    before = Statement.objects.filter(unit=unit, kind=kind)
    open_one = before.filter(to_on=None).first()
    if open_one is not None:
        if from_on <= open_one.from_on:
            raise BadInput(_("It must begin after the one it replaces."), field="from_on")
        before.filter(pk=open_one.pk).update(to_on=from_on - DAY)
    statement = Statement.objects.create(
        unit=unit,
        kind=kind,
        number=(before.aggregate(newest=Max("number"))["newest"] or 0) + 1,
        text=text,
        change=change,
        from_on=from_on,
        published_at=now(),
        published_by=by,
    )
    after = {"unit": unit.code, "kind": kind, "version": statement.number, "from": str(from_on)}
    record(by, "org.statement_published", statement, after=after, reason=change)
    return statement


@transaction.atomic
def end_statement(statement: Statement, *, reason: str, by: User | None) -> None:
    """It holds up to today, or its first day where that is to come, and nothing takes its place."""
    last = max(today(), statement.from_on)
    if not Statement.objects.filter(pk=statement.pk, to_on=None).update(to_on=last):
        raise StatementHasEnded()
    record(by, "org.statement_ended", statement, after={"to": str(last)}, reason=reason)
