"""Asking about one's own data, answering, and the time that an answer may take."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.conformity.models import DataRequest, RequestTerm
from lingzhi.conformity.queries.requests import days_to_answer, keepers_for, overdue
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.deadlines import deadline
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.queries import team_of
from lingzhi_engine.privacy import mask


class AnsweredAlready(DomainError):
    message = _("This request was answered already.")


class OwnRequest(DomainError):
    message = _("Somebody else answers what you asked.")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; `review` is a score about the person, where it is about one."""

    kind: str
    words: str
    review: Review | None = None


@transaction.atomic
def ask_about_data(question: Question, *, by: User) -> DataRequest:
    """A request with its clock and its owner, who has it as a to-do. Raises BadInput."""
    if not question.words.strip():
        raise BadInput(_("Say it in a few words."), field="words")
    if question.review is not None and question.review.agent_id != by.pk:
        raise BadInput(_("This score is not about you."), field="review")
    unit = team_of(by, today())
    keepers = keepers_for(unit, by)
    row = DataRequest.objects.create(
        person=by, unit=unit, kind=question.kind, words=mask(question.words.strip()[:2000]),
        review=question.review, asked_at=now(), due_at=deadline(unit, now(), days_to_answer()).at,
        owner=keepers[0] if keepers else None,
    )  # fmt: skip
    record(by, "conformity.request_asked", row, after={"kind": row.kind, "due": str(row.due_at)})
    tell(keepers[:1], _("An employee asks about their personal data"), url=_url(row),
         is_todo=True, matter=_matter(row))  # fmt: skip
    return row


@transaction.atomic
def answer_request(row: DataRequest, outcome: str, answer: str, *, by: User) -> None:
    """Answer it; the person is told. Raises OwnRequest, AnsweredAlready, BadInput."""
    if row.person_id == by.pk:
        raise OwnRequest()
    if outcome not in DataRequest.Outcome.values or not answer.strip():
        raise BadInput(_("Say it in a few words."), field="answer")
    answered = DataRequest.objects.filter(pk=row.pk, answered_at=None).update(
        outcome=outcome, answer=mask(answer.strip()[:2000]), answered_at=now(), answered_by=by
    )
    if not answered:
        raise AnsweredAlready()
    settle_matter(_matter(row))
    settle_matter(_late(row))
    was_late = now() > row.due_at
    record(by, "conformity.request_answered", row, after={"outcome": outcome, "late": was_late})
    tell([row.person], _("Your request about your data is answered"), url=_url(row))


@transaction.atomic
def set_term(days: int, *, by: User) -> RequestTerm:
    """How many working days an answer may take from now on. Raises BadInput."""
    if not 1 <= days <= 60:
        raise BadInput(_("From 1 to 60 working days."), field="days")
    before = days_to_answer()
    row = RequestTerm.objects.create(days=days, set_at=now(), set_by=by)
    record(by, "conformity.term_set", row, before={"days": before}, after={"days": days})
    return row


@transaction.atomic
def tell_of_overdue() -> int:
    """Everybody who may answer has each overdue request as a to-do; how many were told."""
    told = 0
    for row in overdue():
        people = keepers_for(row.unit, row.person)
        title = _("A request about personal data is overdue")
        told += tell(people, title, url=_url(row), is_todo=True, matter=_late(row))
    return told


@transaction.atomic
def record_own_copy(rows: int, *, by: User) -> None:
    """That somebody took a copy of what is kept about them."""
    record(by, "conformity.own_copy_taken", by, after={"rows": rows, "on": str(localdate(now()))})


def _url(row: DataRequest) -> str:
    return reverse("conformity:request", args=[row.pk])


def _matter(row: DataRequest) -> str:
    return f"conformity.datarequest/{row.pk}"


def _late(row: DataRequest) -> str:
    return f"conformity.datarequest/{row.pk}/late"
