"""Doing a task: its conversation on the workbench, under the sheet's version in force."""

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Review, SheetVersion, Task
from lingzhi.inspections.services.reviewing import NotInForce, open_review
from lingzhi.inspections.services.taking import require_open


def begin_task(task: Task, *, by: User) -> Review:
    """The draft of this task, begun or gone on with.

    Raises NotYourTask, NotInForce where no version of the plan's sheet is in force.
    """
    begun: Review | None = getattr(task, "review", None)
    if begun is not None and begun.inspector_id == by.pk:
        return begun
    require_open(task, by)
    active = SheetVersion.objects.filter(sheet=task.sheet_id, state=SheetVersion.State.ACTIVE)
    version = active.order_by("-number").first()
    if version is None:
        raise NotInForce()
    return open_review(task.contact, version, task=task, by=by)
