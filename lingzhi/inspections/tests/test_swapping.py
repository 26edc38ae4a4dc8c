"""A task is swapped with a reason and within a quota, for the next one of the same stratum."""

from datetime import date

import pytest

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contacts
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_rule, make_sheet, make_task, running_plan
from lingzhi.inspections.models import Draw, Task
from lingzhi.inspections.queries.frames import frame_of
from lingzhi.inspections.queries.periods import Period
from lingzhi.inspections.queries.replacements import stand_ins
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
    first = [{"external_id": f"BO-{number}", "agent": "1002"} for number in range(10)]
    second = [{"external_id": f"CHEN-{number}", "agent": "2002"} for number in range(3)]
    return make_contacts([*first, *second])


@pytest.fixture
def plan(cast):
    return running_plan(
        cast.hotline, make_sheet(cast.quan).sheet, cast.ines, by=cast.quan, swaps_allowed=2
    )


def framed(plan, strata, **changes):
    """What the plan chooses from in November, kept as a draw keeps it."""
    plan.strata, plan.frame = strata, b""
    for name, value in changes.items():
        setattr(plan, name, value)
    plan.frame = frame_of(plan, Period(date(2026, 11, 1), date(2026, 11, 30))).packed()


@pytest.fixture
def task(cast, plan, talks):
    framed(plan, ["team", "channel"])
    made = make_task(plan, talks[0], inspector=cast.ines)
    Draw.objects.update(frame=plan.frame, design={"method": plan.method})
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
    Draw.objects.update(frame=b"")
    task.draw.refresh_from_db()
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
    ("strata", "number"), [([], 12), (["team"], 9), (["channel"], 12), (["agent"], 9)]
)
def test_another_comes_from_the_same_stratum(plan, talks, task, strata, number):
    Task.objects.all().delete()
    framed(plan, strata)
    task.draw.frame = plan.frame
    assert len(stand_ins(task, task.draw, 20)) == number


def test_of_so_many_an_agent_another_of_the_same_agent_comes(plan, talks, task):
    Task.objects.all().delete()
    framed(plan, [])
    task.draw.frame, task.draw.design = plan.frame, {"method": "spread"}
    assert set(stand_ins(task, task.draw, 20)) == {one.pk for one in talks[1:10]}


def test_what_somebody_inspects_meanwhile_does_not_come(cast, plan, talks, task):
    other = running_plan(cast.hotline, plan.sheet, cast.ines, by=cast.quan)
    for talk in talks[1:9]:
        make_task(other, talk)
    assert stand_ins(task, task.draw, 20) == [talks[9].pk]


def test_hits_and_non_hits_stay_apart(cast, plan, talks, task):
    make_rule()
    talks[1].turns.filter(role="agent").update(text="不归我们管", sealed="")
    services.inspect_all(Contact.objects.all())
    Task.objects.all().delete()
    framed(plan, [], nonhit_ratio=0.1)
    task.draw.frame = plan.frame
    beside = set(stand_ins(task, task.draw, 20))
    assert beside == {one.pk for one in talks[2:]}
