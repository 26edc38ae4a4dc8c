"""A conversation that nobody may inspect any more: its tasks are dropped."""

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Review, Task
from lingzhi.inspections.services.assigning import settle_tasks


@transaction.atomic
def drop_tasks(contact: Contact, *, reason: str, by: User) -> int:
    """Drop the open tasks of a conversation; how many. A score that was begun stays a draft."""
    rows = Task.objects.select_for_update(of=("self",)).filter(contact=contact)
    tasks = list(rows.filter(state=Task.State.OPEN).select_related("inspector"))
    Review.objects.filter(task__in=tasks, state=Review.State.DRAFT).update(task=None)
    Task.objects.filter(pk__in=[one.pk for one in tasks]).update(
        state=Task.State.DROPPED, swap_reason=reason[:300]
    )
    for task in tasks:
        record(by, "inspections.task_dropped", task, reason=reason)
        if task.inspector is not None:
            settle_tasks(task.inspector)
    return len(tasks)
