"""Inspectors who ask for their next task at the same moment never get the same one."""

import pytest

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import today
from lingzhi.inspections.factories import make_sheet, make_task, running_plan
from lingzhi.inspections.models import Task
from lingzhi.org.services import assign_role, create_unit

pytestmark = [pytest.mark.processes, pytest.mark.slow]
INSPECTORS, THREADS, TASKS = 4, 3, 10
TAKE = f"""
import sys
from threading import Barrier, Thread
from django.db import connection
from lingzhi.accounts.models import User
from lingzhi.inspections.services.doing import begin_task
from lingzhi.inspections.services.taking import next_task

barrier = Barrier({INSPECTORS})

def take(number):
    person = User.objects.get(staff_no=f"300{{number}}")
    barrier.wait()
    for _time in range({THREADS}):
        task = next_task(person)
        if task is not None:
            begin_task(task, by=person)
            person.inspection_tasks.filter(pk=task.pk).update(state="done")
    connection.close()

threads = [Thread(target=take, args=[number]) for number in range({INSPECTORS})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.inspections.tests.process_settings"


def test_at_once_nobody_gets_the_same_task(house):
    company = create_unit(kind="company", name="云栖", code="yunqi", parent=None, by=None)
    team = create_unit(kind="team", name="一组", code="first", parent=company, by=None)
    agent = User.objects.create_user("1002", "correct horse", name="Bo")
    assign_role(agent, "agent", team, from_on=today(), by=None)
    people = []
    for number in range(INSPECTORS):
        one = User.objects.create_user(f"300{number}", "correct horse", name=f"I{number}")
        assign_role(one, "inspector", company, from_on=today(), by=None)
        people.append(one)
    plan = running_plan(company, make_sheet(agent).sheet, *people, by=agent)
    for number in range(TASKS):
        make_task(plan, make_contact(f"A{number}", agent="1002"))
    running = [house.start("shell", "-c", TAKE) for _number in range(2)]
    assert [one.wait(120) for one in running] == [0, 0], house.log()
    assert Task.objects.filter(state="done").count() == TASKS
    assert Entry.objects.filter(action="inspections.task_taken").count() == TASKS
    # One review each: whoever got a task that somebody else had would have been refused.
    assert Entry.objects.filter(action="inspections.review_opened").count() == TASKS
    assert "Traceback" not in house.log()
