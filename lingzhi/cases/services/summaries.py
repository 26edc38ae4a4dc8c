"""Asking people to sum up their cases, and what becomes of what they propose."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Improvement, Summary, SummarySettings
from lingzhi.cases.queries.people import leaders_of
from lingzhi.cases.queries.summaries import (
    facts_between,
    last_period,
    summary_settings,
    worked_between,
)
from lingzhi.cases.services.words import demanded, kept
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.queries import teams_on

State = Improvement.State
MOST = 20  # proposals of one summary


class HandedInAlready(DomainError):
    message = _("This summary is handed in already.")


class AnsweredAlready(DomainError):
    message = _("Somebody has answered it already.")


class DecidedAlready(DomainError):
    message = _("This proposal is decided already.")


@transaction.atomic
def set_cadence(cadence: str, *, by: User | None) -> SummarySettings:
    """How often people are asked from now on; the last whole period is the first."""
    settings = summary_settings()
    before, settings.cadence = settings.cadence, cadence
    settings.save()
    record(by, "cases.summaries_set", settings, before={"cadence": before},
           after={"cadence": cadence})  # fmt: skip
    return settings


@transaction.atomic
def ask_for_summaries() -> int:
    """Ask everybody who handled a case in the period that is over, once; how many were asked."""
    cadence = summary_settings().cadence
    if not cadence:
        return 0
    first, last = last_period(cadence, today())
    asked = Summary.objects.filter(from_on=first, to_on=last).values("person")
    people = list(worked_between(first, last).exclude(pk__in=asked))
    teams = teams_on(last, [one.pk for one in people])
    for person in people:
        summary = Summary.objects.create(
            person=person, unit=teams.get(person.pk), from_on=first, to_on=last, asked_at=now()
        )
        tell(
            [person], _("Sum up your cases, and say what should be better"), is_todo=True,
            body=f"{first} – {last}", url=_page(summary), matter=matter_of(summary),
        )  # fmt: skip
    return len(people)


@transaction.atomic
def submit_summary(summary: Summary, text: str, proposals: Sequence[str], *, by: User) -> None:
    """Hand it in with the figures as they stand, and each proposal by itself."""
    words = demanded(text, 4000, field="text")
    lines = [one.strip() for one in proposals if one.strip()]
    if len(lines) > MOST or any(len(one) > 500 for one in lines):
        raise BadInput(_("At most 20 proposals of 500 characters each."), field="proposals")
    facts = facts_between(by, summary.from_on, summary.to_on)
    rows = Summary.objects.filter(pk=summary.pk, submitted_at=None)
    if not rows.update(submitted_at=now(), text=words, facts=facts):
        raise HandedInAlready()
    summary.refresh_from_db()
    Improvement.objects.bulk_create(
        Improvement(summary=summary, text=kept(one, 500)) for one in lines
    )
    settle_matter(matter_of(summary))
    if summary.unit is not None:
        tell(
            [one for one in leaders_of(summary.unit) if one != by],
            _("A summary of cases waits for your answer"), body=by.name, is_todo=True,
            url=_page(summary), matter=f"{matter_of(summary)}/answer",
        )  # fmt: skip
    record(by, "cases.summary_submitted", summary, after={"proposals": len(lines)})


@transaction.atomic
def answer_summary(summary: Summary, answer: str, *, by: User) -> None:
    """The leader has read it."""
    rows = Summary.objects.filter(pk=summary.pk, submitted_at__isnull=False, answered_at=None)
    words = demanded(answer, 500, field="answer")
    if not rows.update(answered_at=now(), answered_by=by, answer=words):
        raise AnsweredAlready()
    settle_matter(f"{matter_of(summary)}/answer")
    tell([summary.person], _("Your summary was answered"), body=words, url=_page(summary))
    record(by, "cases.summary_answered", summary)


@transaction.atomic
def decide_improvement(row: Improvement, state: str, why: str, *, by: User) -> None:
    """Adopted, or not; whoever proposed it hears why."""
    if state not in (State.ADOPTED, State.DECLINED):
        raise BadInput(_("Adopted or not?"), field="state")
    words = demanded(why, 500, field="why")
    rows = Improvement.objects.filter(pk=row.pk, state=State.OPEN)
    if not rows.update(state=state, why=words, decided_at=now(), decided_by=by):
        raise DecidedAlready()
    titles = {State.ADOPTED: _("Your proposal is adopted"),
              State.DECLINED: _("Your proposal is not adopted")}  # fmt: skip
    tell([row.summary.person], titles[State(state)], body=words, url=_page(row.summary))
    record(by, "cases.improvement_decided", row.summary, after={"state": state}, reason=words)


def matter_of(summary: Summary) -> str:
    """The name under which the to-do to write it is open."""
    return f"cases.summary/{summary.pk}"


def _page(summary: Summary) -> str:
    return reverse("cases:summary", args=[summary.pk])
