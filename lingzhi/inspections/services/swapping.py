"""Swapping a task: with a reason, within a quota, for the next one of the same draw."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Plan, Task
from lingzhi.inspections.queries.fitness import fitness
from lingzhi.inspections.queries.replacements import stand_ins
from lingzhi.inspections.queries.tasks import due_at, is_swappable
from lingzhi.inspections.services.assigning import settle_tasks, tell_of_tasks
from lingzhi.inspections.services.taking import NotYourTask

State = Task.State
TRIES = 20  # replacements looked at for one that the inspector may take


class QuotaUsed(DomainError):
    message = _("You have swapped as many tasks of this sample as the plan allows.")


class NotSwappable(DomainError):
    message = _(
        "This conversation was not drawn by chance: ask who plans to give it to somebody else."
    )


def swaps_left(person: User, task: Task) -> int:
    """How many more tasks of this task's sample the person may swap."""
    if task.plan is None or task.draw_id is None:
        return 0
    used = Task.objects.filter(draw=task.draw_id, swapped_by=person).count()
    return max(0, task.plan.swaps_allowed - used)


def swap_task(task: Task, *, reason: str, by: User) -> Task | None:
    """Put a task aside for another of its stratum; None where none is left: a shortfall.

    The task keeps its row with the reason. The replacement has the next number of the draw's own
    seed in what is left of the stratum, so nobody chooses it, and is this inspector's. Its chance
    of being taken is that of the task it replaces (n of N are still inspected, as long as the
    reason has nothing to do with how well was worked); under chances by risk it is not known, and
    stays empty. Raises BadInput without a reason, QuotaUsed, NotSwappable, NotYourTask.
    """
    if not reason.strip():
        raise BadInput(_("Say why you swap it."), field="reason")
    if not is_swappable(task):
        raise NotSwappable()
    return _swap(task, _next_in_line(task, by), reason.strip()[:300], by)


@transaction.atomic
def _swap(task: Task, line: list[Contact], reason: str, by: User) -> Task | None:
    if task.plan_id is not None:  # two swaps at once must not both be the last one allowed
        Plan.objects.select_for_update().get(pk=task.plan_id)
    if not swaps_left(by, task):
        raise QuotaUsed()
    claimed = Task.objects.filter(pk=task.pk, state=State.OPEN, inspector=by).update(
        state=State.SWAPPED, swap_reason=reason, swapped_by=by
    )
    if not claimed:
        raise NotYourTask()
    made = next((found for one in line if (found := _stand_in(task, one, by))), None)
    Task.objects.filter(pk=task.pk).update(swapped_for=made)
    after = {"contact": task.contact_id, "replaced_by": made and made.contact_id}
    record(by, "inspections.task_swapped", task, after=after, reason=reason)
    task.refresh_from_db()
    if made is None:
        settle_tasks(by)
    else:
        tell_of_tasks(by)
    return made


def _next_in_line(task: Task, by: User) -> list[Contact]:
    """What could replace the task, in the order of the seed; empty where it was not drawn."""
    if task.draw is None or task.plan is None:
        return []
    line = stand_ins(task, task.draw, TRIES)
    found = Contact.objects.select_related("unit", "agent").in_bulk(line)
    fit = fitness([Task(pk=pk, contact=found[pk]) for pk in line], [by], due_at(task.plan))
    return [found[pk] for pk in line if (pk, by.pk) not in fit.obstacles]


def _stand_in(task: Task, contact: Contact, by: User) -> Task | None:
    """The new task; None where somebody else took the conversation meanwhile."""
    assert task.plan is not None
    is_weighted = task.plan.method == Plan.Method.RISK
    try:
        with transaction.atomic():
            return Task.objects.create(
                plan=task.plan, draw=task.draw, contact=contact, sheet=task.sheet,
                reason=task.reason, stratum=task.stratum,
                inclusion=None if is_weighted else task.inclusion, inspector=by, state=State.OPEN,
                created_at=now(), assigned_at=now(), due_at=due_at(task.plan),
            )  # fmt: skip
    except IntegrityError:
        return None
