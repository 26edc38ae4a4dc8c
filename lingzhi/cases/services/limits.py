"""Maintaining limits and types. A limit in use never changes: a new one is a new version."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import CaseType, ClockRule
from lingzhi.cases.services.by_clause import cover_follow_ups
from lingzhi.cases.services.demanding_limits import cover_type
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi_engine.clock import BadLimit
from lingzhi_engine.flow.reading import CODE

DAY = timedelta(days=1)
SENTENCES = {
    "amount": _("A limit cannot be negative."),
    "unit": _("Working days are counted in business time only."),
    "end": _("Only a limit in days lasts until the close of its last day."),
}


class VersionTaken(DomainError):
    message = _("Somebody else made a version of this limit meanwhile. Look at it again.")


class AlreadyEnded(DomainError):
    message = _("This limit has ended already.")


class LimitOfRulebook(DomainError):
    message = _("This limit comes from a regulation; change it there.")


@transaction.atomic
def add_limit(rule: ClockRule, *, reason: str, by: User | None) -> ClockRule:
    """A limit under a code of its own. Raises BadInput."""
    if not CODE.fullmatch(rule.code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    if ClockRule.objects.filter(code=rule.code).exists():
        raise BadInput(_("Another limit has this code: make a new version of it."), field="code")
    rule.pk, rule.number = None, 1
    return _kept(rule, reason, by)


@transaction.atomic
def supersede_limit(old: ClockRule, rule: ClockRule, *, reason: str, by: User | None) -> ClockRule:
    """The next version. The one before holds up to the day before it, and for all cases that were
    opened by then; it cannot begin in the past, nor before the one before it.
    """
    if old.control_id is not None:
        raise LimitOfRulebook()
    first = max(today(), old.from_on + DAY)
    if rule.from_on < first:
        raise BadInput(_("A new version begins today or later, after the one before."),
                       field="from_on")  # fmt: skip
    rule.pk, rule.code, rule.number = None, old.code, old.number + 1
    rows = ClockRule.objects.filter(pk=old.pk)
    rows.filter(to_on=None).update(to_on=rule.from_on - DAY)
    rows.filter(to_on__gte=rule.from_on).update(to_on=rule.from_on - DAY)
    return _kept(rule, reason, by)


@transaction.atomic
def end_limit(rule: ClockRule, last: date, *, reason: str, by: User | None) -> None:
    """It holds up to and with `last`: cases opened later have no such clock."""
    if rule.control_id is not None:
        raise LimitOfRulebook()
    if last < rule.from_on or last < today() - DAY:
        raise BadInput(_("It cannot end before it began, nor in the past."), field="to_on")
    claimed = ClockRule.objects.filter(pk=rule.pk, to_on=None).update(to_on=last)
    if not claimed:
        raise AlreadyEnded()
    record(by, "cases.limit_ended", rule, after={"to": str(last)}, reason=reason)


def _kept(rule: ClockRule, reason: str, by: User | None) -> ClockRule:
    if not reason.strip():
        raise BadInput(_("Say it in a few words."), field="reason")
    try:
        limit = rule.limit
    except BadLimit as wrong:
        raise BadInput(SENTENCES[wrong.reason], field="unit") from wrong
    try:
        with transaction.atomic():
            rule.save(force_insert=True)
    except IntegrityError:
        raise VersionTaken() from None
    after = {"code": rule.code, "version": rule.number, "limit": str(limit), "kind": rule.kind}
    record(by, "cases.limit_set", rule, after=after, reason=reason)
    return rule


@transaction.atomic
def keep_type(row: CaseType, *, by: User | None) -> CaseType:
    """Add a type to the dictionary, or change it: for cases opened from now on."""
    if not CODE.fullmatch(row.code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    if CaseType.objects.filter(code=row.code).exclude(pk=row.pk).exists():
        raise BadInput(_("Another type has this code."), field="code")
    is_new = row.pk is None
    row.save()
    if is_new:
        cover_type(row, by=by)
        cover_follow_ups(row, by=by)
    after: dict[str, Any] = {"code": row.code, "class": row.case_class, "level": row.level,
                             "confirms": row.confirms}  # fmt: skip
    record(by, "cases.type_set", row, after=after)
    return row


@transaction.atomic
def retire_type(row: CaseType, *, by: User | None) -> None:
    """No case of this type is opened any more; those there are stay."""
    CaseType.objects.filter(pk=row.pk, retired_at=None).update(retired_at=now())
    record(by, "cases.type_retired", row)
