"""Audits are obtained together with the right to do something with them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.governance.models import Audit, AuditFile, AuditLine
from lingzhi.governance.queries.audits import audits_visible_to
from lingzhi.governance.queries.people import AUDIT
from lingzhi.org.queries import reach


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied


def may_plan(user: User, audit: Audit) -> bool:
    """Who plans audits for every unit of it."""
    mine = reach(user, AUDIT)
    return all(mine.covers(unit, None) for unit in audit.units.all())


def may_hold(user: User, audit: Audit) -> bool:
    """Its lead and its other auditors: nobody else answers a line."""
    return user.pk == audit.lead_id or audit.auditors.filter(pk=user.pk).exists()


def audit_to_read(user: User, pk: int) -> Audit:
    found = audits_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def audit_to_plan(user: User, pk: int) -> Audit:
    found = audit_to_read(user, pk)
    if not may_plan(user, found):
        raise PermissionDenied
    return found


def audit_to_draw(user: User, pk: int) -> Audit:
    """Its auditors and who planned it choose what is looked at."""
    found = audit_to_read(user, pk)
    if not (may_hold(user, found) or may_plan(user, found)):
        raise PermissionDenied
    return found


def audit_to_hold(user: User, pk: int) -> Audit:
    found = audit_to_read(user, pk)
    if not may_hold(user, found):
        raise PermissionDenied
    return found


def audit_to_lead(user: User, pk: int) -> Audit:
    """Its lead auditor begins and closes it."""
    found = audit_to_read(user, pk)
    if found.lead_id != user.pk:
        raise PermissionDenied
    return found


def scan_to_read(user: User, pk: int) -> Audit:
    """The report of a scan names what can be attacked: for auditors and who plans alone."""
    found = audit_to_draw(user, pk)
    if found.report_id is None:
        raise Http404
    return found


def line_to_read(user: User, pk: int) -> AuditLine:
    return _with_audit(pk, lambda audit: audit_to_read(user, audit))


def line_to_answer(user: User, pk: int) -> AuditLine:
    return _with_audit(pk, lambda audit: audit_to_hold(user, audit))


def line_to_remove(user: User, pk: int) -> AuditLine:
    return _with_audit(pk, lambda audit: audit_to_draw(user, audit))


def file_to_read(user: User, pk: int) -> AuditFile:
    found = AuditFile.objects.select_related("line", "file").filter(pk=pk).first()
    if found is None:
        raise Http404
    audit_to_read(user, found.line.audit_id)
    return found


def _with_audit(pk: int, obtain: Callable[[int], Audit]) -> AuditLine:
    rows = AuditLine.objects.select_related("clause__version__regulation", "unit", "answered_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.audit = obtain(found.audit_id)
    return found


@dataclass(frozen=True, slots=True)
class May:
    """What this person may do with an audit as it stands."""

    plan: bool
    draw: bool
    answer: bool
    begin: bool
    close: bool
    scan: bool
    read_scan: bool


def acts_on(user: User, audit: Audit) -> May:
    """For the buttons of its page."""
    plans, holds, is_open = may_plan(user, audit), may_hold(user, audit), audit.is_open
    leads, running = user.pk == audit.lead_id, audit.state == Audit.State.RUNNING
    return May(
        plan=plans and is_open, draw=(plans or holds) and is_open, answer=holds and running,
        begin=leads and audit.state == Audit.State.PLANNED, close=leads and running,
        scan=holds and is_open and audit.has_scan,
        read_scan=(plans or holds) and audit.report_id is not None,
    )  # fmt: skip
