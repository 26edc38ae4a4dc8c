"""Tasks are given evenly, by skill and presence, and never against a conflict of interest."""

from datetime import timedelta

import pytest

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact, make_contacts
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import make_review, make_sheet, make_task, running_plan
from lingzhi.inspections.models import Task, Workload
from lingzhi.inspections.queries.conflicts import Conflict, conflict_of
from lingzhi.inspections.queries.fitness import Hindrance, fitness
from lingzhi.inspections.queries.tasks import due_at
from lingzhi.inspections.services.assigning import (
    CannotTake,
    NotOpen,
    assign_task,
    assign_tasks,
)
from lingzhi.notifications.models import Notice
from lingzhi.org.services import assign_role, record_presence, set_skills

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspectors(cast):
    """Ines and two more inspectors of the centre."""
    more = []
    for number in (3, 4):
        one = User.objects.create_user(f"300{number}", "correct horse", name=f"Ian{number}")
        assign_role(one, "inspector", cast.hotline, from_on=today(), by=None)
        more.append(one)
    return [cast.ines, *more]


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def plan(cast, sheet, inspectors):
    return running_plan(cast.hotline, sheet.sheet, *inspectors, by=cast.quan)


def talks(number, agent="1002", **record):
    return make_contacts(
        {"external_id": f"{agent}-{at}", "agent": agent, **record} for at in range(number)
    )


def load(people):
    return [Task.objects.filter(inspector=one).count() for one in people]


def away(person, days):
    record_presence(
        person, kind="leave", from_at=now() - timedelta(hours=1),
        to_at=now() + timedelta(days=days), by=None,
    )  # fmt: skip


def test_it_is_even_and_told_once(cast, plan, inspectors):
    for talk in talks(8):
        make_task(plan, talk)
    assert assign_tasks(plan, by=cast.quan) == (8, ())
    assert sorted(load(inspectors)) == [2, 3, 3]
    task = Task.objects.first()
    assert (task.due_at, task.assigned_at is not None) == (due_at(plan), True)
    assert Notice.objects.filter(person=cast.ines, is_todo=True).count() == 1
    entry = Entry.objects.get(action="inspections.tasks_assigned")
    assert sum(entry.after["given"].values()) == 8


def test_every_agent_is_seen_by_several(plan, inspectors):
    for talk in [*talks(3), *talks(3, "1003"), *talks(3, "2002")]:
        make_task(plan, talk)
    assign_tasks(plan, by=None)
    pairs = Task.objects.values_list("inspector", "contact__agent").distinct()
    assert len(pairs) == 9


def test_the_same_seed_gives_the_same(plan):
    for talk in talks(7):
        make_task(plan, talk)
    found = []
    for _time in range(2):
        Task.objects.update(inspector=None, assigned_at=None)
        assign_tasks(plan, by=None)
        found.append(list(Task.objects.order_by("pk").values_list("inspector", flat=True)))
    assert found[0] == found[1]


def test_who_is_away_for_half_the_time_gets_half_as_much(plan, inspectors):
    away(inspectors[0], 4)  # of 7 days and the rest of today
    for talk in talks(10):
        make_task(plan, talk)
    assign_tasks(plan, by=None)
    away_has, *others = load(inspectors)
    assert away_has < min(others)
    assert away_has > 0


def test_who_is_away_all_the_time_gets_nothing(plan, inspectors):
    away(inspectors[0], 30)
    for talk in talks(4):
        make_task(plan, talk)
    assign_tasks(plan, by=None)
    assert load(inspectors) == [0, 2, 2]


def test_nobody_gets_more_than_a_day_allows(cast, plan, inspectors):
    for one in inspectors:
        Workload.objects.create(person=one, tasks_a_day=1, changed_at=now(), changed_by=cast.quan)
    for talk in talks(5):
        make_task(plan, talk)
    given, left = assign_tasks(plan, by=None)
    assert (given, len(left), load(inspectors)) == (3, 2, [1, 1, 1])
    assert assign_tasks(plan, by=None).given == 0
    rest = list(Task.objects.filter(inspector=None).select_related("contact__unit"))
    why = fitness(rest, inspectors, due_at(plan)).why_nobody(rest[0])
    assert list(why.values()) == [3]


def test_a_language_goes_to_who_speaks_it(plan, inspectors):
    set_skills(inspectors[1], ["粤语"], on=today(), by=None)
    for talk in talks(3, meta={"language": "粤语"}):
        make_task(plan, talk)
    assign_tasks(plan, by=None)
    assert load(inspectors) == [0, 3, 0]


def test_a_language_of_which_nobody_keeps_a_record_asks_for_nothing(plan, inspectors):
    for talk in talks(3, meta={"language": "zh"}):
        make_task(plan, talk)
    assert assign_tasks(plan, by=None).given == 3


def test_what_nobody_may_take_is_left_with_why(cast, plan):
    plan.inspectors.set([cast.ada])
    assign_role(cast.ada, "inspector", cast.first, from_on=today(), by=None)
    task = make_task(plan, talks(1)[0])
    assert assign_tasks(plan, by=None) == (0, (task.pk,))
    why = fitness([task], [cast.ada], due_at(plan)).why_nobody(task)
    assert why == {Conflict.TEAM.label: 1}
    other = make_task(plan, talks(1, "2002")[0])
    why = fitness([other], [cast.ada], due_at(plan)).why_nobody(other)
    assert why == {Hindrance.REACH.label: 1}
    plan.inspectors.clear()
    assert fitness([task], [], due_at(plan)).why_nobody(task)


# --- conflicts of interest ----------------------------------------------------------------------


def test_every_conflict_is_known(cast, inspectors):
    talk = make_contact("BO-1", agent="1002", customer_phone="13800002071")
    assert conflict_of(cast.bo, talk) is Conflict.CONVERSATION
    assert conflict_of(cast.bea, talk) is Conflict.TEAM
    assert conflict_of(cast.ines, talk) is None
    cast.first.owner = cast.ines
    cast.first.save()
    assert conflict_of(cast.ines, talk) is Conflict.HEAD
    assert conflict_of(cast.chen, talk) is None
    make_contact("CHEN-1", agent="2002", customer_phone="13800002071")
    assert conflict_of(cast.chen, talk) is Conflict.CUSTOMER


def test_by_hand_a_conflict_needs_a_reason_that_is_kept(cast, plan):
    assign_role(cast.ada, "inspector", cast.first, from_on=today(), by=None)
    task = make_task(plan, talks(1)[0])
    with pytest.raises(BadInput) as refused:
        assign_task(task, cast.ada, by=cast.quan)
    assert refused.value.field == "reason"
    assign_task(task, cast.ada, reason="nobody else speaks it", by=cast.quan)
    assert (task.inspector, task.override_reason) == (cast.ada, "nobody else speaks it")
    entry = Entry.objects.get(action="inspections.task_assigned")
    assert (entry.after["despite"], entry.reason) == ("team", "nobody else speaks it")


def test_nobody_is_given_their_own_conversation(cast, plan):
    assign_role(cast.bo, "inspector", cast.first, from_on=today(), by=None)
    task = make_task(plan, talks(1)[0])
    with pytest.raises(CannotTake):
        assign_task(task, cast.bo, reason="please", by=cast.quan)


def test_who_scored_it_does_not_score_it_a_second_time(cast, plan, sheet, inspectors):
    talk = talks(1)[0]
    make_review(talk, sheet, by=inspectors[0])
    make_task(plan, talk, is_repeat=True, reason=Task.Reason.SECOND)
    plan.inspectors.set(inspectors[:2])
    assign_tasks(plan, by=None)
    assert load(inspectors) == [0, 1, 0]


def test_a_done_task_is_not_given_on(cast, plan, inspectors):
    task = make_task(plan, talks(1)[0], inspector=cast.ines, state=Task.State.DONE)
    with pytest.raises(NotOpen):
        assign_task(task, inspectors[1], by=cast.quan)


def test_questions_do_not_grow_with_tasks(plan, django_assert_max_num_queries):
    for talk in talks(12):
        make_task(plan, talk)
    assert Contact.objects.count() == 12
    with django_assert_max_num_queries(40):
        assign_tasks(plan, by=None)
