"""Tasks: who does them, who gives them out."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import PLAN, SCORE, require
from lingzhi.inspections.models import Task
from lingzhi.inspections.queries.tasks import inspectors_led_by, tasks_led_by, tasks_of


def task_to_do(user: User, pk: int) -> Task:
    """A task of this person. Somebody else's is forbidden to who leads it, unknown to others."""
    require(user, SCORE)
    task = tasks_of(user).filter(pk=pk).first()
    if task is not None:
        return task
    if user.can(PLAN) and tasks_led_by(user).filter(pk=pk).exists():
        raise PermissionDenied
    raise Http404


def tasks_to_give(user: User, numbers: list[int]) -> list[Task]:
    """Open tasks that this person may give to somebody; all of `numbers`, or 404."""
    require(user, PLAN)
    rows = tasks_led_by(user).select_related("contact__unit", "contact__agent", "plan", "inspector")
    found = list(rows.filter(pk__in=numbers))
    if len(found) != len(set(numbers)) or not found:
        raise Http404
    return found


def inspector_led(user: User, pk: int) -> User:
    """An inspector whose work this person plans."""
    require(user, PLAN)
    person = inspectors_led_by(user).filter(pk=pk).first()
    if person is None:
        raise Http404
    return person
