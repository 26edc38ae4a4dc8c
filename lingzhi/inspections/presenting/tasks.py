"""Tasks as an inspector and a lead see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from lingzhi.inspections.models import Review, Task
from lingzhi.inspections.queries.tasks import is_overdue


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task with why it was taken. Whoever scores must not know that it is scored twice."""

    task: Task
    why: str
    is_overdue: bool
    is_begun: bool


def shown_tasks(tasks: Iterable[Task]) -> list[ShownTask]:
    """The lines of an inspector's list."""
    return [ShownTask(one, why_taken(one), is_overdue(one), _is_begun(one)) for one in tasks]


def why_taken(task: Task) -> str:
    """Gold tasks and second scores read like any other: by chance."""
    reason = Task.Reason.RANDOM if task.is_repeat else Task.Reason(task.reason)
    return str(reason.label)


def _is_begun(task: Task) -> bool:
    review: Review | None = getattr(task, "review", None)
    return task.state == Task.State.OPEN and review is not None
