"""What leads see of tasks: everybody's load, why nobody takes something, giving it away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now
from lingzhi.inspections.factories import make_sheet, make_task, running_plan
from lingzhi.inspections.models import Handover, Task, Workload
from lingzhi.inspections.queries.tasks import Load, inspectors_led_by, loads, tasks_led_by
from lingzhi.inspections.services.workloads import set_workload

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
LOAD, ALL, GIVE = (f"inspections:{name}" for name in ("task_load", "given_tasks", "give_tasks"))


@pytest.fixture
def plan(cast):
    sheet = make_sheet(cast.quan).sheet
    return running_plan(cast.hotline, sheet, cast.ines, cast.quan, by=cast.quan)


@pytest.fixture
def tasks(cast, plan):
    """Ines has one open, one overdue, two done on one day; one is with nobody."""
    talks = [make_contact(f"T{number}", agent="1002") for number in range(5)]
    late, soon = now() - timedelta(days=1), now() + timedelta(days=1)
    done = {"state": "done", "done_at": now()}
    return [
        make_task(plan, talks[0], inspector=cast.ines, due_at=soon),
        make_task(plan, talks[1], inspector=cast.ines, due_at=late),
        make_task(plan, talks[2], inspector=cast.ines, **done),
        make_task(plan, talks[3], inspector=cast.ines, **done),
        make_task(plan, talks[4]),
    ]


def test_the_load_is_counted(cast, tasks):
    Handover.objects.create(task=tasks[4], person=cast.ines, cause="overdue", moved_at=now())
    found = loads([cast.ines, cast.quan], Task.objects.all())
    assert found[cast.ines.pk] == Load(open=2, overdue=1, done=2, days=1, returned=1)
    assert found[cast.ines.pk].a_day == 2
    assert found[cast.quan.pk].a_day is None


def test_a_lead_sees_what_belongs_to_plans_within_reach(cast, hold, tasks):
    hold(cast.nora, "lead_inspector", cast.second)
    assert not tasks_led_by(cast.nora).exists()
    assert not inspectors_led_by(cast.nora).exists()
    assert list(inspectors_led_by(cast.quan)) == [cast.quan, cast.ines]


def page(client, name, **query):
    answer = client.get(reverse(name), query, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_pages_show_it(as_, cast, plan, tasks):
    client = as_(cast.quan)
    assert "1 task is with nobody." in page(client, LOAD)
    plan.inspectors.set([cast.bo])
    found = page(client, ALL, state="free")
    assert "Nobody may take it" in found
    assert "own conversation (1)" in found
    assert "T1" in page(client, ALL, state="overdue", inspector=cast.ines.pk)
    assert "T0" not in page(client, ALL, state="overdue")
    assert as_(cast.ines).get(reverse(LOAD)).status_code == 403


def test_chosen_tasks_are_given(as_, cast, tasks):
    client = as_(cast.quan)
    sent = {"task": [tasks[0].pk, tasks[4].pk], "to": cast.quan.pk}
    assert client.post(reverse(GIVE), sent).status_code == 302
    assert Task.objects.filter(inspector=cast.quan).count() == 2
    assert client.post(reverse(GIVE), {**sent, "task": [tasks[2].pk]}).status_code == 409
    assert client.post(reverse(GIVE), {"to": cast.quan.pk}).status_code == 404
    assert client.post(reverse(GIVE), {**sent, "to": cast.bo.pk}).status_code == 422


def test_the_form_comes_again_with_why_not(as_, cast, tasks):
    cast.first.owner = cast.quan
    cast.first.save()
    client, sent = as_(cast.quan), {"task": [tasks[0].pk, tasks[4].pk], "to": cast.quan.pk}
    answer = client.post(reverse(GIVE), sent, headers=ENGLISH)
    assert answer.status_code == 422
    assert "Quan: head of the team" in answer.content.decode()
    assert answer.content.decode().count(" checked") == 2
    assert not Task.objects.filter(inspector=cast.quan).exists()
    client.post(reverse(GIVE), {**sent, "reason": "alone today"})
    assert Task.objects.filter(override_reason="alone today").count() == 2


def test_a_cap_is_set_and_taken_away(as_, cast, tasks):
    client, url = as_(cast.quan), reverse("inspections:set_workload", args=[cast.ines.pk])
    client.post(url, {"tasks_a_day": "12"})
    assert Workload.objects.get().tasks_a_day == 12
    assert client.post(url, {"tasks_a_day": "0"}).status_code == 422
    client.post(url, {"tasks_a_day": ""})
    assert not Workload.objects.exists()
    set_workload(cast.ines, 3, by=cast.quan)
    assert client.post(reverse("inspections:set_workload", args=[cast.bo.pk])).status_code == 404


def test_an_inspector_swaps_on_the_page(as_, cast, tasks):
    client, url = as_(cast.ines), reverse("inspections:swap_task", args=[tasks[0].pk])
    assert client.post(url).status_code == 422
    answer = client.post(url, {"reason": "noise"}, follow=True, headers=ENGLISH)
    assert "the sample is short" in answer.content.decode()


@pytest.mark.parametrize("name", [LOAD, ALL])
def test_lists_cost_the_same_however_many(as_, cast, plan, name, django_assert_max_num_queries):
    for number in range(12):
        make_task(plan, make_contact(f"M{number}", agent="1002"))
    client = as_(cast.quan)
    client.get(reverse(name))
    with django_assert_max_num_queries(32):
        client.get(reverse(name))
