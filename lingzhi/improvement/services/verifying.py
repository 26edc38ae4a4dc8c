"""Measures are done, the effect is judged, somebody signs it, it is closed; or opened again."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.improvement.models import Note, Rectification, Verification
from lingzhi.improvement.queries.effects import judged
from lingzhi.improvement.queries.people import works_in
from lingzhi.improvement.services.common import (
    NotInThisState,
    State,
    claim,
    demanded,
    matter_of,
    note,
    tell_about,
)
from lingzhi.improvement.services.records import settle_all
from lingzhi.notifications.services import settle_matter

Computed = Verification.Computed


class NotVerified(DomainError):
    message = _("It is not closed before somebody signed that it worked.")


class OwnWork(DomainError):
    message = _("Nobody confirms the effect of the own unit's measures.")


class TooEarly(DomainError):
    message = _("The days after the measures are not over yet.")


@transaction.atomic
def report_done(row: Rectification, *, since: date, by: User) -> None:
    """Every measure is carried out and in effect `since`. Raises BadInput, NotInThisState."""
    if since > today():
        raise BadInput(_("This day is still to come."), field="since")
    if row.measures.filter(done_at=None).exists():
        raise NotInThisState(_("A measure is not reported as done yet."))
    claim(row, [State.RUNNING], state=State.CHECKING, done_on=since)
    settle_all(row)
    note(row, Note.Kind.STATE, fact=Note.Fact.DONE, by=by)
    tell_about([row.supervisor], _("Confirm whether it worked"), row,
               matter=matter_of(row, "verify"))  # fmt: skip
    record(by, "improvement.reported_done", row, after={"since": str(since)})


@transaction.atomic
def verify(row: Rectification, *, is_effective: bool, words: str, by: User) -> Verification:
    """Sign whether it worked, beside what is counted that moment. Not effective: measures are
    planned anew. Raises BadInput, OwnWork, TooEarly, NotInThisState.
    """
    grounds = demanded(words, "words")
    if by.pk == row.owner_id or works_in(by, row.unit):
        raise OwnWork()
    counted = judged(row)
    if is_effective and counted.is_waiting:
        raise TooEarly()
    if is_effective:
        claim(row, [State.CHECKING], verified_at=now())
    else:
        claim(row, [State.CHECKING], state=State.DRAFT, verified_at=None, done_on=None,
              approved_at=None)  # fmt: skip
    signed = Verification.objects.create(
        rectification=row, is_effective=is_effective, computed=counted.verdict,
        counted=counted.kept, words=grounds, signed_at=now(), signed_by=by,
    )  # fmt: skip
    settle_matter(matter_of(row, "verify"))
    if not is_effective:
        tell_about([row.owner], _("It did not work: plan other measures"), row,
                   matter=matter_of(row, "owner"))  # fmt: skip
    after = {"is_effective": is_effective, "computed": counted.verdict}
    record(by, "improvement.verified", row, after=after)
    return signed


@transaction.atomic
def close(row: Rectification, lessons: str, *, by: User) -> None:
    """Closed with what was made lasting (巩固措施). Raises BadInput, NotVerified, OwnWork."""
    words = demanded(lessons, "lessons")
    if by.pk == row.owner_id or works_in(by, row.unit):
        raise OwnWork()
    if row.verified_at is None:
        raise NotVerified()
    claim(row, [State.CHECKING], state=State.CLOSED, closed_at=now(), closed_by=by, lessons=words)
    settle_all(row)
    note(row, Note.Kind.STATE, fact=Note.Fact.CLOSED, by=by)
    tell_about([row.owner], _("A rectification was closed: its effect is proved"), row)
    record(by, "improvement.closed", row)


@transaction.atomic
def reopen(row: Rectification, why: str, *, by: User | None) -> None:
    """It happened again: causes are looked for anew. By a person, or by the program (None).

    Raises BadInput, NotInThisState.
    """
    words = demanded(why, "words")
    claim(
        row, [State.CLOSED], state=State.DRAFT, verified_at=None, approved_at=None, done_on=None,
        closed_at=None, closed_by=None, reopened=row.reopened + 1, told_level=0,
        due_on=max(row.due_on, today() + (row.due_on - row.created_at.date())),
    )  # fmt: skip
    note(row, Note.Kind.REOPENED, words, by=by)
    tell_about([row.owner], _("It happened again: look for the cause anew"), row,
               matter=matter_of(row, "owner"))  # fmt: skip
    tell_about([row.supervisor], _("Something that was put right happened again"), row)
    record(by, "improvement.reopened", row, reason=words)
