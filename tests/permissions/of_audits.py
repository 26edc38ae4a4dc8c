"""Internal audits: planned, being held, one line of a checklist."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.files.models import StoredFile
from lingzhi.governance.models import Audit, AuditFile, AuditLine
from tests.permissions.objects import Route, Whose


def planned(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Of the unit; somebody else leads it, so the role alone decides."""
    return {"pk": _audit(whose).pk}


def led(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Being held, and the person leads it."""
    return {"pk": _audit(whose, lead=whose.person, begun_at=now()).pk}


def line(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": _line(_audit(whose)).pk}


def led_line(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": _line(_audit(whose, lead=whose.person, begun_at=now())).pk}


def file(cast: Cast, whose: Whose) -> dict[str, Any]:
    found, facts = _line(_audit(whose)), {"added_at": now(), "added_by": _other()}
    return {"pk": AuditFile.objects.create(line=found, file=_stored("line"), **facts).pk}


def scanned(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": _audit(whose, report=_stored("scan")).pk}


def _audit(whose: Whose, **more: Any) -> Audit:
    days = dict.fromkeys(("from_on", "to_on", "planned_on"), today())
    other = _other()
    facts = {"title": "?", "aim": "?", "lead": other, "created_at": now(), "created_by": other}
    audit = Audit.objects.create(**(facts | days | more))
    audit.units.set([whose.unit])
    return audit


def _line(audit: Audit) -> AuditLine:
    return AuditLine.objects.create(audit=audit, position=1, question="?")


def _other() -> User:
    """None of the actors."""
    return User.objects.get_or_create(staff_no="5999", name="Olga")[0]


def _stored(name: str) -> StoredFile:
    """A row without its bytes: the door is what is tried."""
    stored_as = default_storage.save(f"audit/{name}", ContentFile(b"?"))
    facts = {"name": name, "purpose": "audit", "size": 1, "sha256": "?", "stored_at": now()}
    return StoredFile.objects.create(stored_as=stored_as, **facts)


ROUTES = {
    "governance:audits": Route(),
    "governance:coverage": Route(),
    "governance:add_audit": Route(),
    **{
        f"governance:{name}": Route(planned)
        for name in ("audit", "edit_audit", "draw", "cancel_audit", "audit_pdf", "audit_word")
    },
    "governance:scan": Route(led),
    "governance:close_audit": Route(led),
    "governance:collect": Route(planned, method="post"),
    "governance:begin_audit": Route(led, method="post"),
    "governance:scan_report": Route(scanned),
    "governance:line": Route(line),
    "governance:answer_line": Route(led_line, method="post"),
    "governance:remove_line": Route(line, method="post"),
    "governance:add_line_file": Route(led_line, method="post"),
    "governance:line_file": Route(file),
}  # fmt: skip
