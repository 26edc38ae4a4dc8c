"""Filing the sheet in retrospect, telling leadership at once, reviewing a process at fault."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, ContactSheet, MajorMatter, ProcessReview
from lingzhi.cases.queries.afterwards import hands_of, leadership, major_word
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.numbering import take_number
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit

DAYS = 2  # to file a sheet in


class FiledAlready(DomainError):
    message = _("This sheet was filed already.")


class AcknowledgedAlready(DomainError):
    message = _("Somebody has acknowledged it already.")


class MajorAlready(DomainError):
    message = _("Leadership has been told of this case already.")


class NotTheReviewer(DomainError):
    message = _("Only the reviewer writes what the review found.")


class ReviewClosed(DomainError):
    message = _("This review is closed.")


@transaction.atomic
def begin_sheet(case: Case, unit: Unit, what: str, *, by: User) -> ContactSheet:
    """Something was settled with another unit at once: its sheet is to be filed afterwards."""
    words = demanded(what, 300, field="what")
    sheet = ContactSheet.objects.create(
        case=case, unit=unit, what=words, due_on=today() + timedelta(days=DAYS), begun_at=now(),
        begun_by=by,
    )  # fmt: skip
    note_event(case, CaseEvent.Kind.SHEET, by=by, unit=unit, text=words)
    tell(
        [by], _("File the work contact sheet"), is_todo=True, matter=_sheet(sheet), body=words,
        url=reverse("cases:case", args=[case.pk]),
    )  # fmt: skip
    record(by, "cases.sheet_begun", case, after={"unit": unit.pk}, reason=words)
    return sheet


@transaction.atomic
def file_sheet(sheet: ContactSheet, text: str, *, by: User) -> None:
    """The sheet itself; now it has its number."""
    words = demanded(text, 10_000, field="text")
    rows = ContactSheet.objects.filter(pk=sheet.pk, filed_at=None)
    if not rows.update(filed_at=now(), text=words, number=f"LL{take_number('sheet')}"):
        raise FiledAlready()
    sheet.refresh_from_db()
    settle_matter(_sheet(sheet))
    note_event(sheet.case, CaseEvent.Kind.SHEET, by=by, unit=sheet.unit, text=sheet.number)
    record(by, "cases.sheet_filed", sheet.case, after={"number": sheet.number})


def tell_if_major(case: Case) -> None:
    """Where a word of the settings stands in a new case, leadership hears at once."""
    if word := major_word(case):
        mark_major(case, word, by=None)


@transaction.atomic
def mark_major(case: Case, ground: str, *, by: User | None) -> MajorMatter:
    """Tell leadership now (重大事项立即汇报总经理). Raises MajorAlready."""
    words = demanded(ground, 300, field="ground")
    people = leadership()
    major, is_new = MajorMatter.objects.get_or_create(
        case=case,
        defaults={"ground": words, "told_at": now(), "told_number": len(people), "by": by},
    )
    if not is_new:
        raise MajorAlready()
    note_event(case, CaseEvent.Kind.MAJOR, by=by, text=words)
    tell(
        people, _("A matter of major importance"), is_todo=True, matter=_major(major),
        body=f"{case.number} {case.title}：{words}", url=reverse("cases:major_matters"),
    )  # fmt: skip
    record(by, "cases.major_told", case, after={"told": len(people)}, reason=words)
    return major


@transaction.atomic
def acknowledge_major(major: MajorMatter, *, words: str = "", by: User) -> None:
    """Leadership has seen it."""
    rows = MajorMatter.objects.filter(pk=major.pk, acknowledged_at=None)
    if not rows.update(acknowledged_at=now(), acknowledged_by=by, words=words.strip()[:500]):
        raise AcknowledgedAlready()
    settle_matter(_major(major))
    note_event(major.case, CaseEvent.Kind.MAJOR, by=by, text=words.strip()[:500])
    record(by, "cases.major_acknowledged", major.case, reason=words)


@transaction.atomic
def open_process_review(case: Case, process: str, reviewer: User, *, by: User) -> ProcessReview:
    """An internal process is at fault: somebody without a hand in the case reviews it."""
    words = demanded(process, 200, field="process")
    if reviewer.pk in hands_of(case):
        raise BadInput(_("This person had a hand in the case."), field="reviewer")
    review = ProcessReview.objects.create(
        case=case, process=words, reviewer=reviewer, opened_at=now(), opened_by=by
    )
    note_event(case, CaseEvent.Kind.PROCESS_REVIEW, by=by, person=reviewer, text=words)
    tell(
        [reviewer], _("A process is to be reviewed"), is_todo=True, matter=_review(review),
        body=words, url=reverse("cases:process_review", args=[review.pk]),
    )  # fmt: skip
    record(by, "cases.process_review_opened", case, after={"reviewer": reviewer.pk}, reason=words)
    return review


@transaction.atomic
def close_process_review(review: ProcessReview, findings: str, *, measures: str, by: User) -> None:
    """What was found and what is changed; everybody who sees the case may read it."""
    if by.pk != review.reviewer_id:
        raise NotTheReviewer()
    found = demanded(findings, 5000, field="findings")
    changed = demanded(measures, 5000, field="measures")
    rows = ProcessReview.objects.filter(pk=review.pk, closed_at=None)
    if not rows.update(closed_at=now(), findings=found, measures=changed):
        raise ReviewClosed()
    settle_matter(_review(review))
    note_event(review.case, CaseEvent.Kind.PROCESS_REVIEW, by=by, text=found[:2000])
    tell(
        {one for one in (review.opened_by, review.case.owner)},
        _("A process was reviewed"), body=found[:200],
        url=reverse("cases:process_review", args=[review.pk]),
    )  # fmt: skip
    record(by, "cases.process_review_closed", review.case)


def _sheet(sheet: ContactSheet) -> str:
    return f"cases.sheet/{sheet.pk}"


def _major(major: MajorMatter) -> str:
    return f"cases.major/{major.pk}"


def _review(review: ProcessReview) -> str:
    return f"cases.process_review/{review.pk}"
