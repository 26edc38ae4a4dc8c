"""The life of a review: planned, prepared, held with its inputs frozen, closed; and the next."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.governance.models import Review, ReviewLine
from lingzhi.governance.queries.figures import standings
from lingzhi.governance.queries.inputs import goal_line, open_goals_of
from lingzhi.governance.queries.months import months_later
from lingzhi.governance.queries.points import facts_of
from lingzhi.governance.queries.reviews import (
    ASKED,
    GOALS,
    INPUTS,
    PREPARE_BEFORE,
    asked_by,
    late_reviews,
    to_be_prepared,
    without_next,
)
from lingzhi.notifications.services import settle_matter, tell

State = Review.State
BEFORE = (State.PLANNED, State.PREPARED)


class NotSoNow(DomainError):
    message = _("As this review stands, that cannot be done, or somebody was quicker.")


class NotJudged(DomainError):
    message = _("Some questions have no verdict yet. “Cannot be said” is one, with its reason.")


def locked(review: Review, *states: str) -> Review:
    """It, held fast, in one of these states. Raises NotSoNow."""
    found = Review.objects.select_for_update(of=("self",)).select_related(
        "unit", "chair", "preparer", "before"
    ).get(pk=review.pk)  # fmt: skip
    if found.state not in states:
        raise NotSoNow()
    return found


@transaction.atomic
def keep_review(review: Review, *, by: User) -> Review:
    """Plan one, or change a plan before it is held. Raises BadInput, NotSoNow."""
    is_new = review.pk is None
    if is_new:
        if review.planned_on < today():
            raise BadInput(_("Name a day to come."), field="planned_on")
        review.created_at, review.created_by = now(), by
    else:
        old = locked(review, *BEFORE)
        review.prepared_at = old.prepared_at
        if (old.kind, old.unit_id) != (review.kind, review.unit_id):
            review.prepared_at = None  # other inputs and questions
            review.lines.exclude(source="", question="").delete()
    review.save()
    settle_matter(matter_of(review))
    if review.prepared_at is None:
        settle_matter(matter_of(review, "hold"))
    _ask_for_inputs(review)
    if is_new:
        tell({review.chair}, _("You chair a review"), body=said_of(review), url=url_of(review))
    after = {
        "kind": review.kind, "unit": review.unit_id, "planned_on": str(review.planned_on),
        "every_months": review.every_months, "chair": review.chair_id,
        "preparer": review.preparer_id,
    }  # fmt: skip
    act = "governance.review_planned" if is_new else "governance.review_changed"
    record(by, act, review, after=after)
    return review


def _ask_for_inputs(review: Review) -> int:
    """Who prepares it has a to-do once its day is near."""
    if review.prepared_at is not None or review.planned_on > today() + PREPARE_BEFORE:
        return 0
    return tell(
        [review.preparer], _("Prepare a review"), body=said_of(review), url=url_of(review),
        is_todo=True, matter=matter_of(review),
    )  # fmt: skip


@transaction.atomic
def prepare_review(review: Review, *, by: User) -> None:
    """Collect the inputs as of today, or collect them anew; the chair is told. Raises NotSoNow."""
    found = locked(review, *BEFORE)
    is_first = found.prepared_at is None
    _collect(found)
    found.prepared_at = now()
    found.save(update_fields=["prepared_at"])
    settle_matter(matter_of(found))
    if is_first:
        tell([found.chair], _("A review is prepared: read its inputs and hold it"),
             body=said_of(found), url=url_of(found), is_todo=True,
             matter=matter_of(found, "hold"))  # fmt: skip
    record(by, "governance.review_prepared", found, after={"lines": found.lines.count()})


def _collect(review: Review) -> None:
    """Its lines from the data and its questions, as of today; own questions stay behind them."""
    asked = asked_by(review, today())
    review.lines.exclude(source="", question="").delete()
    lines = [
        ReviewLine(source=source, facts=facts_of(source, asked)) for source in INPUTS[review.kind]
    ]
    if review.kind == Review.Kind.GOALS:
        days = {"first": str(asked.period.first), "last": str(asked.period.last)}
        lines += [
            ReviewLine(
                source=GOALS, goal=one.goal, title=one.goal.title,
                facts={**days, "lines": [goal_line(one)], "more": 0},
            )
            for one in standings(open_goals_of(asked), asked.day)
        ]  # fmt: skip
    lines += [ReviewLine(question=code) for code in ASKED[review.kind]]
    own = list(review.lines.all())
    for position, line in enumerate([*lines, *own], start=1):
        line.review, line.position = review, position
    ReviewLine.objects.bulk_create(lines)
    ReviewLine.objects.bulk_update(own, ["position"])


@transaction.atomic
def ask_question(review: Review, question: str, *, by: User) -> ReviewLine:
    """A question in own words. Raises BadInput, NotSoNow."""
    found, words = locked(review, *BEFORE), question.strip()
    if not words:
        raise BadInput(_("Write it down."), field="words")
    line = ReviewLine.objects.create(
        review=found, position=found.lines.count() + 1, title=words[:300]
    )
    record(by, "governance.review_asked", found, after={"line": line.pk})
    return line


@transaction.atomic
def hold_review(review: Review, *, by: User) -> None:
    """It is held today: the inputs are collected once more and change no more. Raises NotSoNow."""
    found = locked(review, State.PREPARED)
    _collect(found)
    found.held_at = now()
    found.save(update_fields=["held_at"])
    settle_matter(matter_of(found, "hold"))
    settle_matter(matter_of(found, "late"))
    record(by, "governance.review_held", found, after={"lines": found.lines.count()})


@transaction.atomic
def judge_line(line: ReviewLine, verdict: str, words: str, *, by: User) -> ReviewLine:
    """The verdict of a person on an input or a question, with its reason.

    Raises BadInput, NotSoNow.
    """
    locked(line.review, State.HELD)
    why = words.strip()
    if not why:
        raise BadInput(_("Say why."), field="words")
    before = line.verdict
    line.verdict, line.words = verdict, why
    line.answered_at, line.answered_by = now(), by
    line.save(update_fields=["verdict", "words", "answered_at", "answered_by"])
    record(by, "governance.review_judged", line.review, before={"verdict": before},
           after={"line": line.pk, "verdict": verdict})  # fmt: skip
    return line


@transaction.atomic
def close_review(review: Review, conclusion: str, *, by: User) -> None:
    """The report is final. Raises BadInput, NotSoNow, NotJudged."""
    found, words = locked(review, State.HELD), conclusion.strip()
    if not words:
        raise BadInput(_("Write it down."), field="words")
    if any(not one.verdict and not one.is_input for one in found.lines.all()):
        raise NotJudged()
    found.conclusion, found.closed_at, found.closed_by = words, now(), by
    found.save(update_fields=["conclusion", "closed_at", "closed_by"])
    heads = [found.unit.owner] if found.unit.owner else []
    tell({found.preparer, *heads}, _("The report of a review is there"), body=said_of(found),
         url=url_of(found))  # fmt: skip
    counts = {code: found.lines.filter(verdict=code).count() for code in ReviewLine.Verdict.values}
    record(by, "governance.review_closed", found, after=counts)


@transaction.atomic
def cancel_review(review: Review, reason: str, *, by: User) -> None:
    """It is not held, and no other follows it. Raises BadInput, NotSoNow."""
    found, why = locked(review, *BEFORE), reason.strip()
    if not why:
        raise BadInput(_("Write it down."), field="words")
    found.cancelled_at, found.reason = now(), why[:300]
    found.save(update_fields=["cancelled_at", "reason"])
    for what in ("review", "hold", "late"):
        settle_matter(matter_of(found, what))
    record(by, "governance.review_cancelled", found, reason=why)


def plan_next() -> int:
    """After each closed review that comes again the next one is planned; how many."""
    return sum(_plan_after(one) for one in without_next())


@transaction.atomic
def _plan_after(review: Review) -> int:
    following, is_new = Review.objects.get_or_create(
        before=review,
        defaults={
            "kind": review.kind, "unit": review.unit, "planned_on": _next_day(review),
            "every_months": review.every_months, "preparer": review.preparer,
            "chair": review.chair, "created_at": now(),
        },
    )  # fmt: skip
    if is_new:
        record(None, "governance.review_planned", following, after={"after": review.pk})
    return int(is_new)


def _next_day(review: Review) -> date:
    """A round after the day it was planned for, never in the past."""
    return max(months_later(review.planned_on, review.every_months), today())


def remind_of_reviews() -> int:
    """Who prepares what comes soon has a to-do; of what is late both are told. How many told."""
    told = sum(_ask_for_inputs(one) for one in to_be_prepared())
    for one in late_reviews():
        told += tell(
            list({one.chair, one.preparer}), _("Late: a review was not held"), body=said_of(one),
            url=url_of(one), matter=matter_of(one, "late"),
        )  # fmt: skip
    return told


def said_of(review: Review) -> str:
    """Number, kind, unit and day, for an inbox."""
    kind = review.get_kind_display()
    return f"{review.number} {kind} · {review.unit.name} · {review.planned_on}"


def url_of(review: Review) -> str:
    return reverse("governance:review", args=[review.pk])


def matter_of(review: Review, what: str = "review") -> str:
    return f"governance.review_{what}/{review.pk}"
