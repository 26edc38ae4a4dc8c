"""Appeals whose time is over: nothing waits for ever, and nothing is lost."""

from django.db import transaction

from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.inspections.models import Appeal, AppealStep
from lingzhi.inspections.services.appeal_notices import tell_heads
from lingzhi.inspections.services.appeal_steps import end_step, enter_level, facts_of
from lingzhi.inspections.services.appeals import accept_answer

State, How = Appeal.State, AppealStep.How


def escalate_overdue() -> int:
    """Move every appeal whose time is over: to the next level, or, answered, to its end.

    At the last level nothing is lost and nobody else decides: the heads above are told, once.
    How many were moved or told of.
    """
    rows = Appeal.objects.filter(state__in=Appeal.LIVING, due_at__lte=now())
    return sum(_escalate(one) for one in rows.values_list("pk", flat=True))


@transaction.atomic
def _escalate(pk: int) -> bool:
    appeal = Appeal.objects.select_for_update().get(pk=pk)
    if not appeal.is_living or appeal.due_at > now():
        return False
    if appeal.state == State.ANSWERED:
        accept_answer(appeal, by=None)
        return True
    step = appeal.steps.get(ended_at=None)
    if step.overdue_at is not None:
        return False
    step.overdue_at = now()
    step.save()
    record(None, "inspections.appeal_overdue", appeal, after=facts_of(appeal))
    tell_heads(appeal)
    if not appeal.is_last:
        end_step(step, How.OVERDUE, None)
        enter_level(appeal, appeal.level + 1)
    return True
