"""A task is swapped with a reason and within a quota, for the next one of the same stratum."""

import pytest

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_rule, make_sheet, make_task, running_plan
from lingzhi.inspections.models import Draw, Task
from lingzhi.inspections.queries.replacements import stratum_rows
from lingzhi.inspections.services.swapping import (
    NotSwappable,
    QuotaUsed,
    swap_task,
    swaps_left,
)
from lingzhi.inspections.services.taking import NotYourTask
from lingzhi.org.services import assign_role
from lingzhi_engine.stats import simple_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(cast):
    """Ten of Bo and three of Chen, on one day."""
    first = [make_contact(f"BO-{number}", agent="1002") for number in range(10)]
    return first + [make_contact(f"CHEN-{number}", agent="2002") for number in range(3)]


@pytest.fixture
def plan(cast):
    return running_plan(
        cast.hotline, make_sheet(cast.quan).sheet, cast.ines, by=cast.quan, swaps_allowed=2
    )


@pytest.fixture
def task(cast, plan, talks):
    made = make_task(
        plan, talks[0], inspector=cast.ines, stratum=f"team:{cast.first.pk}/channel:phone"
    )
    Draw.objects.update(from_on="2026-11-01", to_on="2026-11-30")
    return Task.objects.select_related("plan", "draw", "inspector").get(pk=made.pk)


def test_the_next_number_of_the_seed_stands_in(cast, plan, talks, task):
    ids = [one.pk for one in talks[1:10]]
    expected = ids[int(simple_sample(ids, 1, seed=plan.seed).rows[0])]
    made = swap_task(task, reason="line noise", by=cast.ines)
    assert (made.contact_id, made.inspector, made.inclusion) == (expected, cast.ines, 0.1)
    assert (task.state, task.swap_reason, task.swapped_for) == ("swapped", "line noise", made)
    entry = Entry.objects.get(action="inspections.task_swapped")
    assert (entry.reason, entry.after["replaced_by"]) == ("line noise", expected)


def test_a_swapped_conversation_does_not_come_back(cast, plan, talks, task):
    made = swap_task(task, reason="noise", by=cast.ines)
    again = swap_task(
        Task.objects.select_related("plan", "draw").get(pk=made.pk), reason="noise", by=cast.ines
    )
    assert len({task.contact_id, made.contact_id, again.contact_id}) == 3


def test_the_quota_holds(cast, plan, talks, task):
    assert swaps_left(cast.ines, task) == 2
    for _time in range(2):
        task = swap_task(task, reason="noise", by=cast.ines)
    assert swaps_left(cast.ines, task) == 0
    with pytest.raises(QuotaUsed):
        swap_task(task, reason="noise", by=cast.ines)
    task.refresh_from_db()
    assert task.state == "open"


def test_it_needs_a_reason_and_ones_own_open_task(cast, plan, task):
    with pytest.raises(BadInput):
        swap_task(task, reason=" ", by=cast.ines)
    with pytest.raises(NotYourTask):
        swap_task(task, reason="noise", by=cast.quan)


def test_what_is_inspected_in_any_case_is_not_swapped(cast, plan, task):
    task.must, task.reason = "complaint", Task.Reason.MUST
    with pytest.raises(NotSwappable):
        swap_task(task, reason="noise", by=cast.ines)


def test_without_another_it_is_a_shortfall(cast, plan, task):
    Contact.objects.exclude(pk=task.contact_id).update(unit=cast.second)
    assert swap_task(task, reason="noise", by=cast.ines) is None
    assert (task.state, task.swapped_for) == ("swapped", None)
    assert Entry.objects.get(action="inspections.task_swapped").after["replaced_by"] is None


def test_under_chances_by_risk_the_chance_is_not_known(cast, plan, task):
    task.plan.method = "risk"
    assert swap_task(task, reason="noise", by=cast.ines).inclusion is None


def test_the_inspectors_own_team_is_passed_over(cast, plan, task):
    assign_role(cast.ines, "inspector", cast.first, from_on=today(), by=None)
    assert swap_task(task, reason="noise", by=cast.ines) is None


@pytest.mark.parametrize(
    ("stratum", "number"),
    [
        ("random", 12), ("channel:chat", 0), ("hour:8", 12), ("hour:12", 0), ("length:2", 12),
        ("length:4", 0), ("length:", 0), ("agent:", 0),
    ],
)  # fmt: skip
def test_a_stratum_is_what_it_says(task, stratum, number):
    task.stratum = stratum
    assert stratum_rows(task, task.draw, task.plan).count() == number


def test_hits_and_non_hits_stay_apart(cast, plan, talks, task):
    make_rule()
    talks[1].turns.filter(role="agent").update(text="不归我们管", sealed="")
    services.inspect_all(Contact.objects.all())
    make_task(plan, talks[9], reason="nonhit")
    task.stratum = "random"
    assert list(stratum_rows(task, task.draw, task.plan)) == [talks[1]]
    task.reason = Task.Reason.NONHIT
    assert stratum_rows(task, task.draw, task.plan).count() == 10
