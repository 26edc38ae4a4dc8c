"""How an appeal moves: into a level, out of the last one."""

from typing import Any

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.inspections.models import Appeal, AppealStep
from lingzhi.inspections.queries.appeals import deciders_of
from lingzhi.inspections.queries.deadlines import deadline
from lingzhi.inspections.services.appeal_notices import (
    tell_deciders,
    tell_ended,
    tell_heads,
)

State, How = Appeal.State, AppealStep.How


@transaction.atomic
def enter_level(appeal: Appeal, level: int, *, asked: str = "") -> AppealStep:
    """Begin a level, or the next at which somebody may decide; the last is never passed over.

    Where nobody may decide at the last either, the heads above the agent are told.
    """
    people = deciders_of(appeal, appeal.levels[level])
    if not people and level + 1 < len(appeal.levels):
        AppealStep.objects.create(
            appeal=appeal, level=level, role=appeal.levels[level], began_at=now(), due_at=now(),
            ended_at=now(), how=How.NOBODY,
        )  # fmt: skip
        return enter_level(appeal, level + 1, asked=asked)
    until = deadline(appeal.unit, now(), appeal.level_days)
    step = AppealStep.objects.create(
        appeal=appeal, level=level, role=appeal.levels[level], began_at=now(), due_at=until.at,
        asked=asked,
    )  # fmt: skip
    appeal.state, appeal.level, appeal.role = State.OPEN, level, step.role
    appeal.due_at, appeal.is_business_days = until
    if appeal.is_last:
        appeal.votes = _odd(min(appeal.votes, len(people)))
    appeal.save()
    tell_deciders(appeal, people)
    if not people:
        tell_heads(appeal)
    return step


def _odd(number: int) -> int:
    """So that there is always a majority."""
    return max(1, number - (number + 1) % 2)


def end_step(step: AppealStep, how: AppealStep.How, by: User | None, reason: str = "") -> None:
    """The level is over; `by` None where its time ran out."""
    step.how, step.ended_at, step.ended_by, step.reason = how, now(), by, reason
    step.save()


def end_appeal(appeal: Appeal) -> None:
    """The last word is said."""
    appeal.state, appeal.ended_at = State.DECIDED, now()
    appeal.is_overturned = appeal.items.filter(is_changed=True).exists()
    appeal.save()
    tell_ended(appeal)


def facts_of(appeal: Appeal) -> dict[str, Any]:
    """What the audit log says of an appeal."""
    return {"review": appeal.review_id, "round": appeal.round, "level": appeal.level}
