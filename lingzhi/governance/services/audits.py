"""The life of an internal audit: planned, its checklist drawn, held, closed with its report."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.files.services import store_file
from lingzhi.governance.models import Audit, AuditLine
from lingzhi.governance.queries.audits import put_right
from lingzhi.governance.queries.checklist import chapters_of
from lingzhi.governance.queries.people import may_audit
from lingzhi.jobs.services import later
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Version

MOST_DAYS = 366  # of evidence that one audit looks at


class AuditIsOver(DomainError):
    message = _("This audit is closed or cancelled: nothing in it can be changed now.")


class NotBegun(DomainError):
    message = _("The audit has not begun: its lead auditor begins it.")


class NothingToAsk(DomainError):
    message = _("Draw the checklist first: the audit has no line yet.")


class NotAnswered(DomainError):
    message = _(
        "Some lines have no finding yet. Say of each what was seen, or why it was not looked at."
    )


class NotFollowed(DomainError):
    message = _("Each nonconformity needs a rectification before the audit is closed.")


class NoScan(DomainError):
    message = _("Attach the report of the scan and count what it found before the audit is closed.")


@transaction.atomic
def keep_audit(
    audit: Audit, *, units: Collection[Unit], auditors: Collection[User], by: User
) -> Audit:
    """Plan one, or change a plan. Raises BadInput, AuditIsOver.

    Nobody audits the unit one works in or heads.
    """
    if (audit.to_on - audit.from_on) >= timedelta(days=MOST_DAYS):
        raise BadInput(_("One year of evidence at most."), field="from_on")
    _require_others(units, [("lead", [audit.lead]), ("auditors", auditors)])
    is_new = audit.pk is None
    if is_new:
        audit.created_at, audit.created_by = now(), by
    else:
        _open(audit)
    audit.save()
    audit.units.set(units)
    audit.auditors.set([one for one in auditors if one != audit.lead])
    _tell_lead(audit)
    if not is_new and audit.lines.exists():
        collect_later(audit)
    after = {
        "kind": audit.kind, "units": sorted(one.pk for one in units), "lead": audit.lead_id,
        "auditors": sorted(one.pk for one in auditors), "planned_on": str(audit.planned_on),
    }  # fmt: skip
    record(by, "governance.audit_planned" if is_new else "governance.audit_changed", audit,
           after=after)  # fmt: skip
    return audit


def _require_others(units: Iterable[Unit], people: Iterable[tuple[str, Collection[User]]]) -> None:
    for field, several in people:
        for person in several:
            for unit in units:
                if not may_audit(person, unit):
                    said = {"person": person.name, "unit": unit.name}
                    words = _("%(person)s belongs to %(unit)s or answers for it, or does not work "
                              "in a supervising unit: choose somebody else.")  # fmt: skip
                    raise BadInput(words % said, field=field)


def _tell_lead(audit: Audit) -> None:
    settle_matter(_matter(audit))
    tell([audit.lead], _("You lead an internal audit"), body=f"{audit.number} {audit.title}",
         url=_url(audit), is_todo=True, matter=_matter(audit))  # fmt: skip


@transaction.atomic
def draw_lines(audit: Audit, version: Version, *, chapters: Collection[str], by: User) -> int:
    """Add one line for each demand of these chapters (their keys).

    Clauses that are in the checklist stay as they are. The number added. Raises AuditIsOver.
    """
    locked = _open(audit)
    known = set(locked.lines.filter(clause__version=version).values_list("clause", flat=True))
    asked = [one for one in chapters_of(version) if one.key in chapters]
    wanted = [clause for one in asked for clause in one.clauses if clause.pk not in known]
    last = locked.lines.aggregate(last=Max("position"))["last"] or 0
    AuditLine.objects.bulk_create(
        AuditLine(audit=locked, position=last + at, clause=one) for at, one in enumerate(wanted, 1)
    )
    if wanted:
        collect_later(locked)
    after = {"version": version.pk, "chapters": sorted(chapters), "lines": len(wanted)}
    record(by, "governance.checklist_drawn", locked, after=after)
    return len(wanted)


@transaction.atomic
def ask_question(audit: Audit, question: str, *, by: User) -> AuditLine:
    """A line in the auditor's own words. Raises BadInput, AuditIsOver."""
    locked, words = _open(audit), question.strip()
    if not words:
        raise BadInput(_("Write it down."), field="question")
    last = locked.lines.aggregate(last=Max("position"))["last"] or 0
    line = AuditLine.objects.create(audit=locked, position=last + 1, question=words)
    record(by, "governance.checklist_drawn", locked, after={"lines": 1})
    return line


@transaction.atomic
def remove_line(line: AuditLine, *, by: User) -> None:
    """Take a line away that nobody answered yet. Raises AuditIsOver, BadInput."""
    _open(line.audit)
    if line.verdict:
        raise BadInput(_("It is answered: it stays in the checklist."), field="verdict")
    record(by, "governance.line_removed", line.audit, before={"line": line.label})
    line.delete()


@transaction.atomic
def begin_audit(audit: Audit, *, by: User) -> None:
    """It is held from now on; the audited units are told. Raises AuditIsOver, NothingToAsk."""
    locked = _open(audit)
    if not locked.lines.exists():
        raise NothingToAsk()
    if Audit.objects.filter(pk=audit.pk, begun_at=None).update(begun_at=now()):
        heads = [one.owner for one in locked.units.select_related("owner") if one.owner]
        tell(heads, _("Your unit is being audited"), body=f"{audit.number} {audit.title}",
             url=_url(audit))  # fmt: skip
        record(by, "governance.audit_begun", audit)
    audit.refresh_from_db()


@transaction.atomic
def answer_line(line: AuditLine, given: dict[str, Any], *, by: User) -> AuditLine:
    """What was found on a line: `verdict`, `words`, `link` and, where it concerns one, `unit`.

    Raises AuditIsOver, NotBegun, BadInput: everything but "conforms" needs words.
    """
    audit = _open(line.audit)
    if audit.begun_at is None:
        raise NotBegun()
    row = (
        AuditLine.objects.select_for_update(of=("self",))
        .select_related("clause", "unit")
        .get(pk=line.pk)
    )
    before = row.verdict
    words, link = given["words"].strip(), given["link"].strip()
    _require_words(given["verdict"], words, link)
    if given["unit"] and not audit.units.filter(pk=given["unit"].pk).exists():
        raise BadInput(_("Choose one of the audited units."), field="unit")
    if row.is_nonconformity and given["verdict"] != before and put_right([row]).get(row.pk):
        raise BadInput(_("It is being put right already: the finding stays."), field="verdict")
    row.verdict, row.words, row.link = given["verdict"], words, link
    row.unit = given["unit"] or _only_unit(audit)
    row.answered_at, row.answered_by = now(), by
    row.save()
    record(by, "governance.line_answered", row, before={"verdict": before},
           after={"verdict": row.verdict, "words": len(words)})  # fmt: skip
    return row


def _require_words(verdict: str, words: str, link: str) -> None:
    if verdict != AuditLine.Verdict.CONFORMS and not words:
        raise BadInput(_("Say what was seen, or why it was not looked at."), field="words")
    if link and not link.startswith(("/", "https://", "http://")):
        raise BadInput(_("An address begins with / or https://."), field="link")


def _only_unit(audit: Audit) -> Unit | None:
    units = list(audit.units.all()[:2])
    return units[0] if len(units) == 1 else None


@transaction.atomic
def add_file(line: AuditLine, file: Any, *, by: User) -> None:
    """Keep a file beside a line. Raises AuditIsOver."""
    _open(line.audit)
    stored = store_file(file, name=file.name, purpose="audit", by=by)
    line.files.create(file=stored, added_at=now(), added_by=by)
    record(by, "governance.line_file_added", line, after={"sha256": stored.sha256})


@transaction.atomic
def keep_scan(audit: Audit, given: dict[str, Any], *, by: User) -> None:
    """The report file of a scan and what it found, counted by hand.

    Raises AuditIsOver, BadInput.
    """
    locked = _open(audit)
    if not (given["report"] or locked.report_id):
        raise BadInput(_("Choose the report file of the scan."), field="report")
    if given["report"]:
        file = given["report"]
        locked.report = store_file(file, name=file.name, purpose="audit", by=by)
    counts = {name: given[name] for name in ("high", "medium", "low")}
    for name, value in counts.items():
        setattr(locked, name, value)
    locked.save()
    assert locked.report is not None
    record(by, "governance.scan_kept", locked, after={**counts, "sha256": locked.report.sha256})


@transaction.atomic
def close_audit(audit: Audit, conclusion: str, *, by: User) -> None:
    """The report is final.

    Raises BadInput, AuditIsOver, NotBegun, NotAnswered, NotFollowed, NoScan.
    """
    locked, words = _open(audit), conclusion.strip()
    if not words:
        raise BadInput(_("Write it down."), field="conclusion")
    _require_done(locked)
    locked.conclusion, locked.closed_at, locked.closed_by = words, now(), by
    locked.save()
    settle_matter(_matter(locked))
    heads = [one.owner for one in locked.units.select_related("owner") if one.owner]
    tell({*heads, locked.created_by}, _("The report of an internal audit is there"),
         body=f"{locked.number} {locked.title}", url=_url(locked))  # fmt: skip
    found = {code: locked.lines.filter(verdict=code).count() for code in AuditLine.Verdict.values}
    record(by, "governance.audit_closed", locked, after=found)


def _require_done(audit: Audit) -> None:
    if audit.begun_at is None:
        raise NotBegun()
    lines = list(audit.lines.all())
    if any(not one.verdict for one in lines):
        raise NotAnswered()
    followed = put_right(lines)
    if any(one.is_nonconformity and one.pk not in followed for one in lines):
        raise NotFollowed()
    if audit.has_scan and audit.report_id is None:
        raise NoScan()


@transaction.atomic
def cancel_audit(audit: Audit, reason: str, *, by: User) -> None:
    """It is not held, or broken off: with a reason. Raises AuditIsOver, BadInput."""
    locked, why = _open(audit), reason.strip()
    if not why:
        raise BadInput(_("Write it down."), field="reason")
    locked.cancelled_at, locked.reason = now(), why[:300]
    locked.save()
    settle_matter(_matter(locked))
    record(by, "governance.audit_cancelled", locked, reason=why)


def remind_of_audits() -> int:
    """Tell who planned an audit and who leads it that it should have begun; how many were told."""
    rows = Audit.objects.filter(
        begun_at=None, cancelled_at=None, closed_at=None, planned_on__lt=today()
    )
    told = 0
    for one in rows.select_related("lead", "created_by"):
        told += tell(
            [one.lead, one.created_by], _("Late: an internal audit has not begun"),
            body=f"{one.number} {one.title}", url=_url(one),
            matter=f"governance.late_audit/{one.pk}",
        )  # fmt: skip
    return told


@transaction.atomic
def collect_anew(audit: Audit, *, by: User) -> None:
    """Ask the controls again, for evidence that came since. Raises AuditIsOver."""
    collect_later(_open(audit))
    record(by, "governance.evidence_asked", audit)


def collect_later(audit: Audit) -> None:
    """Ask the controls anew, in the background."""
    later("governance.collect_evidence", audit_id=audit.pk, queue="long")


def _open(audit: Audit) -> Audit:
    locked = (
        Audit.objects.select_for_update(of=("self",))
        .select_related("lead", "created_by")
        .get(pk=audit.pk)
    )
    if not locked.is_open:
        raise AuditIsOver()
    return locked


def _matter(audit: Audit) -> str:
    return f"governance.audit/{audit.pk}"


def _url(audit: Audit) -> str:
    return reverse("governance:audit", args=[audit.pk])
