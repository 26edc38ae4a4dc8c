"""Setting goals, judging them on their day, and dropping them."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.governance.models import Goal, Verdict
from lingzhi.governance.queries.figures import standings
from lingzhi.governance.queries.goals import due_reviews
from lingzhi.governance.queries.months import months_later
from lingzhi.notifications.services import settle_matter, tell

FACTS = (
    "unit_id", "above_id", "title", "basis", "basis_words", "clause_id", "definition_id",
    "channel", "target", "span", "shown_by", "is_control", "owner_id", "judge_id", "every_months",
)  # fmt: skip


class GoalIsOver(DomainError):
    message = _("This goal is not judged any more, or somebody was quicker.")


@transaction.atomic
def keep_goal(goal: Goal, *, by: User) -> Goal:
    """New, or changed while it is open. The first review is on the day its first period ends.

    Raises BadInput, GoalIsOver.
    """
    _require_upper(goal)
    old = Goal.objects.select_for_update().filter(pk=goal.pk).first() if goal.pk else None
    if old is not None and old.review_on is None:
        raise GoalIsOver()
    if old is None or _moved(old, goal):
        goal.review_on, goal.told_on = first_review(goal), None
        settle_matter(matter_of(goal))
    goal.kept_at, goal.kept_by = now(), by
    goal.save()
    before = facts_of(old) if old else None
    record(by, "governance.goal_kept", goal, before=before, after=facts_of(goal))
    if old is None and goal.owner_id != by.pk:
        tell([goal.owner], _("You answer for a quality goal"), body=goal.title, url=url_of(goal))
    return goal


@transaction.atomic
def judge_goal(goal: Goal, word: str, reason: str, *, by: User) -> Verdict:
    """Say how it stands; the figures of today are kept with it. Raises BadInput, GoalIsOver."""
    why = reason.strip()
    if not why:
        raise BadInput(_("Say why."), field="reason")
    due_on = goal.review_on
    claimed = Goal.objects.filter(pk=goal.pk, review_on=due_on).exclude(review_on=None)
    if due_on is None or not claimed.update(review_on=_next(goal, due_on), told_on=None):
        raise GoalIsOver()
    found = standings([goal])[0]
    figure = found.figure if found.figure and found.figure.has_data else None
    verdict = Verdict.objects.create(
        goal=goal, due_on=due_on, word=word, reason=why, definition=goal.definition,
        target=goal.target, numerator=figure.numerator if figure else None,
        denominator=figure.denominator if figure else None, unknown=figure.unknown if figure else 0,
        counted_from=found.first, counted_to=found.last, is_sealed=found.is_sealed,
        said_at=now(), said_by=by,
    )  # fmt: skip
    settle_matter(matter_of(goal))
    tell([goal.owner], _("Your quality goal was judged"), body=goal.title, url=url_of(goal))
    record(by, "governance.goal_judged", goal, after={"word": word, "due_on": str(due_on)})
    goal.refresh_from_db()
    return verdict


@transaction.atomic
def drop_goal(goal: Goal, reason: str, *, by: User) -> None:
    """It is pursued no more. Raises BadInput, GoalIsOver."""
    why = reason.strip()
    if not why:
        raise BadInput(_("Say why."), field="reason")
    claimed = Goal.objects.filter(pk=goal.pk).exclude(review_on=None)
    if not claimed.update(review_on=None, dropped_at=now(), dropped_because=why):
        raise GoalIsOver()
    settle_matter(matter_of(goal))
    record(by, "governance.goal_dropped", goal, reason=why)


def ask_judges() -> int:
    """On its day a goal is a to-do of its judge; the number of people told."""
    told = 0
    for goal in due_reviews(today()):
        with transaction.atomic():
            Goal.objects.filter(pk=goal.pk).update(told_on=today())
            told += tell(
                [goal.judge], _("A quality goal is to be judged"), body=goal.title,
                url=url_of(goal), is_todo=True, matter=matter_of(goal),
            )  # fmt: skip
    return told


def first_review(goal: Goal) -> date:
    """The end of the period in which today lies, counted from its begin; at most its last day."""
    day = months_later(goal.from_on, goal.every_months)
    while day < today():
        day = months_later(day, goal.every_months)
    return min(day, goal.due_on)


def _next(goal: Goal, due_on: date) -> date | None:
    """A period later, the last time on its last day."""
    if due_on >= goal.due_on:
        return None
    return min(months_later(max(due_on, today()), goal.every_months), goal.due_on)


def _moved(old: Goal, goal: Goal) -> bool:
    days = ("from_on", "due_on", "every_months")
    return any(getattr(old, name) != getattr(goal, name) for name in days)


def _require_upper(goal: Goal) -> None:
    """It serves a goal of its own unit or of one above, and never in a circle."""
    upper = goal.above
    if upper is None:
        return
    if not goal.unit.path.startswith(upper.unit.path):
        raise BadInput(_("A goal serves one of its own unit or of a unit above."), field="above")
    while upper is not None:
        if goal.pk and upper.pk == goal.pk:
            raise BadInput(_("A goal cannot serve itself."), field="above")
        upper = upper.above


def facts_of(goal: Goal) -> dict[str, object]:
    """What it says, ready for the audit log."""
    days = {"from_on": str(goal.from_on), "due_on": str(goal.due_on)}
    return {name: getattr(goal, name) for name in FACTS} | days


def url_of(goal: Goal) -> str:
    return reverse("governance:goal", args=[goal.pk])


def matter_of(goal: Goal) -> str:
    return f"governance.goal/{goal.pk}"
