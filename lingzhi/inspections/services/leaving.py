"""A task leaves an inspector: what was begun stays a draft, and it is kept who had the task."""

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.inspections.models import Handover, Review, Task


def note_handover(task: Task, cause: Handover.Cause, *, by: User | None) -> None:
    """Keep that `task.inspector` had the task, in the transaction that takes it away."""
    assert task.inspector is not None
    Review.objects.filter(task=task, state=Review.State.DRAFT).update(task=None)
    Handover.objects.create(
        task=task, person=task.inspector, cause=cause, moved_at=now(), moved_by=by
    )
