"""Tasks of who is late or away go back, and others get them; by hand they go to somebody."""

from datetime import timedelta

import pytest

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import make_sheet, make_task, running_plan
from lingzhi.inspections.models import Handover, Review, Task
from lingzhi.inspections.services.doing import begin_task
from lingzhi.inspections.services.redistributing import (
    give_tasks,
    return_of_absent,
    return_overdue,
)
from lingzhi.inspections.tasks import assign_tasks
from lingzhi.notifications.models import Notice
from lingzhi.org.services import assign_role, record_presence

pytestmark = pytest.mark.django_db


@pytest.fixture
def ian(cast):
    one = User.objects.create_user("3003", "correct horse", name="Ian")
    assign_role(one, "inspector", cast.hotline, from_on=today(), by=None)
    return one


@pytest.fixture
def plan(cast, ian):
    return running_plan(cast.hotline, make_sheet(cast.quan).sheet, cast.ines, ian, by=cast.quan)


def task_of(plan, person, days):
    number = Task.objects.count()
    return make_task(
        plan, make_contact(f"T{number}", agent="1002"), inspector=person,
        due_at=now() + timedelta(days=days),
    )  # fmt: skip


def test_overdue_tasks_go_back_and_to_somebody_else(cast, plan, ian):
    late, good = task_of(plan, cast.ines, -1), task_of(plan, cast.ines, 1)
    for _number in range(3):
        task_of(plan, ian, 2)
    draft = begin_task(late, by=cast.ines)
    assign_tasks()
    late.refresh_from_db()
    assert late.inspector == ian  # though ian has more to do: ines had it
    assert late.due_at > now()
    good.refresh_from_db()
    assert good.inspector == cast.ines
    assert Handover.objects.get().cause == "overdue"
    assert Review.objects.get(pk=draft.pk).task is None
    assert Entry.objects.filter(action="inspections.tasks_returned").count() == 1
    assert Notice.objects.filter(person=cast.ines, is_todo=False).exists()
    assert Notice.objects.filter(person=cast.quan).exists()


def test_who_is_away_until_it_is_due_loses_the_task(cast, plan, ian):
    task = task_of(plan, cast.ines, 2)
    assert return_of_absent() == 0
    record_presence(
        cast.ines, kind="sick", from_at=now() - timedelta(hours=1),
        to_at=now() + timedelta(days=5), by=None,
    )  # fmt: skip
    assert return_of_absent() == 1
    task.refresh_from_db()
    assert (task.inspector, task.due_at) == (None, None)
    assert return_of_absent() == return_overdue() == 0


def test_who_left_loses_the_tasks(cast, plan):
    task_of(plan, cast.ines, 2)
    User.objects.filter(pk=cast.ines.pk).update(is_active=False)
    assert return_of_absent() == 1


def test_by_hand_they_go_to_somebody(cast, plan, ian):
    tasks = [task_of(plan, cast.ines, 2), task_of(plan, cast.ines, 2)]
    draft = begin_task(tasks[0], by=cast.ines)
    tasks = list(Task.objects.select_related("plan", "inspector", "contact__unit"))
    assert give_tasks(tasks, ian, by=cast.quan) == 2
    assert not Task.objects.filter(inspector=cast.ines).exists()
    assert Handover.objects.filter(cause="hand", moved_by=cast.quan).count() == 2
    assert Review.objects.get(pk=draft.pk).task is None
    assert not Notice.objects.filter(person=cast.ines, ended_at=None).exists()


def test_all_or_none(cast, plan, ian):
    tasks = [task_of(plan, cast.ines, 2), task_of(plan, cast.ines, 2)]
    record_presence(
        ian, kind="leave", from_at=now() - timedelta(hours=1), to_at=now() + timedelta(days=20),
        by=None,
    )  # fmt: skip
    with pytest.raises(BadInput):
        give_tasks(tasks, ian, by=cast.quan)
    assert Task.objects.filter(inspector=cast.ines).count() == 2
    assert give_tasks(tasks, ian, reason="back on Monday", by=cast.quan) == 2
