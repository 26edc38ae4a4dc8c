"""Taking a task: the next one due, or the one that belongs to a conversation opened by hand."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.inspections.models import Review, Task
from lingzhi.inspections.queries.fitness import fitness
from lingzhi.inspections.queries.tasks import due_at, free_for, next_of
from lingzhi.inspections.services.assigning import settle_tasks, tell_of_tasks

LOOKED_AT = 50  # free tasks looked at for one that this person may take
State = Task.State


class InspectedInTask(DomainError):
    message = _("Somebody else inspects this conversation in a task: nobody scores it twice.")


class OtherSheet(DomainError):
    message = _("You have a task for this conversation, with another score sheet: open it there.")


class NotYourTask(DomainError):
    message = _("This task is not yours, or not open any more.")


def next_task(person: User) -> Task | None:
    """The person's next task: the open one due first, else a free one of their plans.

    A free one is claimed, so that two who ask at the same moment never get the same.
    """
    mine = next_of(person)
    if mine is not None:
        return mine
    free = list(free_for(person)[:LOOKED_AT])
    if not free:
        return None
    fit = fitness(free, [person], max(due_at(task.plan) for task in free))
    if fit.left[person.pk] == 0:
        return None
    return next((task for task in free if fit.takers(task) and _claim(task, person)), None)


@transaction.atomic
def _claim(task: Task, person: User) -> bool:
    claimed = Task.objects.filter(pk=task.pk, state=State.OPEN, inspector=None).update(
        inspector=person, assigned_at=now(), due_at=task.due_at or due_at(task.plan)
    )
    if claimed:
        task.refresh_from_db()
        record(person, "inspections.task_taken", task)
        tell_of_tasks(person)
    return bool(claimed)


def task_by_hand(contact: Contact, sheet: int, person: User) -> Task | None:
    """The task that a score given by hand belongs to; None where nobody has to inspect it.

    A free task becomes this person's, if it asks for the same sheet: the conversation is in the
    sample whoever scores it. Raises InspectedInTask where somebody else has or had the task,
    OtherSheet where one's own task asks for another sheet.
    """
    rows = Task.objects.filter(contact=contact, state__in=(State.OPEN, State.DONE), review=None)
    mine = rows.filter(inspector=person, state=State.OPEN).first()
    if mine is not None:
        if mine.sheet_id != sheet:
            raise OtherSheet()
        return mine
    theirs = Task.objects.filter(
        contact=contact, is_repeat=False, state__in=(State.OPEN, State.DONE)
    ).first()
    if theirs is None:
        return None
    if theirs.inspector_id is None and theirs.sheet_id == sheet and _claim(theirs, person):
        return theirs
    raise InspectedInTask()


def require_open(task: Task, person: User) -> None:
    """Raises NotYourTask unless the person has this task and it is open."""
    if task.state != State.OPEN or task.inspector_id != person.pk:
        raise NotYourTask()


def finish_task(review: Review, *, by: User) -> None:
    """The score is given: its task is done, in the same transaction.

    A draft whose task somebody else got meanwhile is refused: InspectedInTask. A task that was
    swapped or dropped meanwhile: NotYourTask.
    """
    task = review.task or task_by_hand(review.contact, review.version.sheet_id, by)
    if task is None:
        return
    claimed = Task.objects.filter(pk=task.pk, state=State.OPEN, inspector=by).update(
        state=State.DONE, done_at=now()
    )
    if not claimed:
        raise NotYourTask()
    Review.objects.filter(pk=review.pk).update(task=task)
    settle_tasks(by)
