"""Submitting a draft, having it agreed to by its chain, taking it back."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import ask
from lingzhi.approvals.services import withdraw as withdraw_request
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import tell
from lingzhi.rulebook.conflicts import Conflict
from lingzhi.rulebook.models import Clause, Control, Version
from lingzhi.rulebook.packs import content_of, in_all_languages, resolve
from lingzhi.rulebook.packs.resolving import Resolved
from lingzhi.rulebook.queries import Asked, conflicts_of, gaps_of, steps_lacking
from lingzhi.rulebook.services.drafting import AnswerProblems, problems_of_values
from lingzhi.rulebook.services.effect import take_effect
from lingzhi.rulebook.services.versions import draft, locked

MATTER = "rulebook.adopt"
CHANGED = _("A regulation was changed after it was agreed to, and is not put into force.")
DAY = timedelta(days=1)
FARTHEST = timedelta(days=2 * 366)  # every day between is counted, for every control


class NotSubmitted(DomainError):
    message = _("This version waits for nobody's agreement.")


class Gaps(DomainError):
    """Figures nobody set and conflicts nobody decided: named all at once."""

    def __init__(self, gaps: Sequence[Asked], conflicts: Sequence[Conflict]) -> None:
        self.gaps, self.conflicts = tuple(gaps), tuple(conflicts)
        lines = [f"{gap.clause.number}: {gap.question}" for gap in gaps]
        super().__init__("\n".join([*lines, *(conflict.sentence for conflict in conflicts)]))


@transaction.atomic
def submit_version(
    version: Version,
    *,
    effective_on: date,
    reason_kind: str = "",
    reason: str = "",
    by: User,
) -> Approval | None:
    """Ask the chain to agree to a draft; without a chain it is approved at once.

    From now on the version does not change: its clauses and controls are written. A regulation's
    first version may be dated back, later ones start after their predecessor and not in the past.
    Raises NotADraft, Gaps, AnswerProblems and BadInput.
    """
    found = draft(version)
    _require_whole(found)
    _require_day(found, effective_on)
    found.submitted_at, found.effective_on = now(), effective_on
    if reason.strip():
        found.reason_kind, found.reason = reason_kind or found.reason_kind, reason.strip()[:300]
    found.save(update_fields=["submitted_at", "effective_on", "reason_kind", "reason"])
    _write_clauses(found)
    after = {"effective_on": effective_on.isoformat(), "reason_kind": found.reason_kind}
    record(by, "rulebook.version_submitted", found, after=after, reason=found.reason)
    found.approval = ask(
        found,
        MATTER,
        title=str(found),
        url=reverse("rulebook:version", args=[found.pk]),
        content=signed_content(found),
        job="rulebook.approve_version",
        arguments={"version_id": found.pk},
        by=by,
    )
    found.save(update_fields=["approval"])
    if found.approval is None:
        _approve(found, by=by)
    return found.approval


def _require_whole(found: Version) -> None:
    gaps = gaps_of(found)
    conflicts = [one for one in conflicts_of(found) if not one.is_decided]
    if gaps or conflicts:
        raise Gaps(gaps, conflicts)
    wrong = problems_of_values(found)
    if wrong:
        raise AnswerProblems(wrong)


def _require_day(found: Version, effective_on: date) -> None:
    if abs(effective_on - today()) > FARTHEST:
        raise BadInput(_("At most two years back or ahead."), field="effective_on")
    earliest = earliest_day(found)
    if earliest is not None and effective_on < earliest:
        message = _("The first possible day is %(day)s.") % {"day": earliest.isoformat()}
        raise BadInput(message, field="effective_on")
    if found.pilot_until is not None and found.pilot_until < effective_on:
        raise BadInput(_("The pilot would end before it starts."), field="effective_on")


def earliest_day(version: Version) -> date | None:
    """The first day on which a version may start; None where nothing was in force before."""
    agreed = version.regulation.versions.filter(approved_at__isnull=False)
    before = [one for one in agreed if one.withdrawn_at is None or one.ended_on is not None]
    if not before:
        return None
    days = [_free_from(one) for one in before if not one.is_pilot and not version.is_pilot]
    return max([today(), *days])


def _free_from(version: Version) -> date:
    last = version.last_on or version.effective_on
    return last + DAY if last else today()


def signed_content(version: Version) -> dict[str, Any]:
    """What the signatures are bound to."""
    return {
        "body": version.body,
        "answers": version.answers,
        "resolutions": version.resolutions,
        "effective_on": version.effective_on,
        "pilot": [
            sorted(version.pilot_units.values_list("pk", flat=True)),
            version.pilot_channels,
            version.pilot_until,
        ],
    }


def _write_clauses(version: Version) -> None:
    """The clauses with their figures filled in, and their controls with every value."""
    content = content_of(version.body)
    clauses = Clause.objects.bulk_create(
        Clause(
            version=version,
            position=position,
            number=clause.number,
            title=dict(clause.title),
            text=in_all_languages(clause.text, content, version.answers),
            force=clause.force,
            touches=list(clause.touches),
            requirements=list(clause.requirements),
            is_advisory=bool(clause.touches and steps_lacking(version, clause.number)),
        )
        for position, clause in enumerate(content.clauses, 1)
    )
    rows = {clause.number: clause for clause in clauses}
    resolved = resolve(content, version.answers)
    Control.objects.bulk_create(_control(rows[one.clause.number], one) for one in resolved)


def _control(clause: Clause, resolved: Resolved) -> Control:
    return Control(
        clause=clause,
        key=resolved.control.key,
        kind=resolved.control.kind,
        title=dict(resolved.control.title),
        values=dict(resolved.values),
        marks=dict(resolved.marks),
    )


@transaction.atomic
def approve_version(version: Version | None, approval: Approval) -> bool:
    """Agree to what was signed; False where it is gone or not what was signed any more.

    Doing so twice changes nothing.
    """
    found = locked(version) if version is not None else None
    if found is None or found.approval_id != approval.pk or found.withdrawn_at is not None:
        return False
    if found.approved_at is not None:
        return True
    if not approval.covers(signed_content(found)):
        tell([approval.asked_by], CHANGED, url=approval.url)
        return False
    last = approval.signatures.select_related("signed_by").order_by("-step").first()
    _approve(found, by=last.signed_by if last else approval.asked_by)
    return True


def _approve(found: Version, *, by: User) -> None:
    """Where the signatures took longer than planned, it starts on the next possible day."""
    earliest = earliest_day(found)
    planned = found.effective_on or today()
    found.effective_on = planned if earliest is None else max(planned, earliest)
    found.approved_at, found.approved_by = now(), by
    found.save(update_fields=["effective_on", "approved_at", "approved_by"])
    after = {"effective_on": found.effective_on.isoformat()}
    record(by, "rulebook.version_approved", found, after=after)
    take_effect(found)


@transaction.atomic
def take_back_version(version: Version, *, by: User) -> Version:
    """Make a draft of a version that waits for agreement, or that was refused."""
    found = locked(version)
    if found.submitted_at is None or found.approved_at is not None or found.withdrawn_at:
        raise NotSubmitted()
    approval = found.approval
    if approval is not None and approval.state == Approval.State.APPROVED:
        raise NotSubmitted()
    if approval is not None and approval.state == Approval.State.OPEN:
        withdraw_request(approval, by=by)
    found.clauses.all().delete()
    found.submitted_at = found.effective_on = found.approval = None
    found.save(update_fields=["submitted_at", "effective_on", "approval"])
    record(by, "rulebook.version_taken_back", found)
    return found
