"""Drawing a plan's sample: chances, must-checks, shortfalls; never twice, and always again."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact, make_contacts, make_unanswered
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.inspections.factories import SHIRKING, make_plan, make_review, make_rule, make_sheet
from lingzhi.inspections.models import Draw, Plan, Task
from lingzhi.inspections.queries.frames import frame_of
from lingzhi.inspections.queries.periods import Period
from lingzhi.inspections.sampling import NOT, Design, Frame, draw
from lingzhi.inspections.services import inspect_all
from lingzhi.inspections.services.drawing import (
    DrawnAlready,
    NotActive,
    NothingToDraw,
    draw_due,
    draw_now,
    draw_sample,
    is_redrawn_the_same,
)
from lingzhi.inspections.tasks import draw_plan, draw_samples

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
PERIOD = Period(date(2026, 11, 1), date(2026, 11, 30))
PUSHED = "客户:我要退款\n客服:这个不归我们管"


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


def talks(count: int, **record) -> list[Contact]:
    name = record.pop("name", "T")
    agents = ["1002", "1003", "2002"]
    return make_contacts(
        {"external_id": f"{name}{at}", "agent": agents[at % 3], **record} for at in range(count)
    )


def frame(count: int = 100, **columns) -> Frame:
    given = {
        "ids": np.arange(1, count + 1), "stratum": np.zeros(count, np.int64),
        "must": np.full(count, NOT), "agent": np.arange(count) % 4 + 1,
        "week": np.arange(count) // 25, "weight": np.ones(count),
        "nonhit": np.zeros(count, bool), "strata": ("",), "musts": (),
    }  # fmt: skip
    return Frame(**{**given, **columns})


# --- the pure draw ------------------------------------------------------------------------------


def test_the_same_seed_and_frame_give_the_same_sample():
    design = Design("simple", size=10)
    assert draw(frame(), design, 7) == draw(Frame.unpacked(frame().packed()), design, 7)
    assert draw(frame(), design, 7) != draw(frame(), design, 8)
    assert frame().sha256 == Frame.unpacked(frame().packed()).sha256 != frame(99).sha256


def test_must_checks_stand_beside_the_sample_and_are_certain():
    musts = np.full(100, NOT)
    musts[:5] = 0
    found = draw(frame(must=musts, musts=("severe",)), Design("simple", size=19), 7).drawn
    assert Counter(one.reason for one in found) == {"must": 5, "random": 19}
    assert {one.inclusion for one in found if one.must == "severe"} == {1.0}
    assert {round(one.inclusion, 9) for one in found if not one.must} == {0.2}


def test_of_too_many_must_checks_some_are_drawn_by_chance():
    design = Design("simple", size=0, most_musts=10)
    found = draw(frame(must=np.zeros(100, int), musts=("severe",)), design, 7).drawn
    assert [one.inclusion for one in found] == [0.1] * 10


def test_risk_raises_the_chance_and_keeps_it_known():
    weight = np.where(np.arange(1000) < 100, 9.0, 1.0)
    found = draw(frame(1000, weight=weight), Design("risk", size=90), 7).drawn
    risky = [one for one in found if one.contact <= 100]
    assert 35 < len(risky) < 55
    assert {round(one.inclusion, 6) for one in risky} == {0.45}


def test_risk_still_takes_its_share_of_non_hits():
    weight = np.where(np.arange(1000) < 100, 1000.0, 1.0)
    columns = {"weight": weight, "nonhit": np.arange(1000) >= 100}
    found = draw(frame(1000, **columns), Design("risk", size=50, nonhit_ratio=0.2), 7).drawn
    assert Counter(one.reason for one in found) == {"risk": 40, "nonhit": 10}
    assert {one.inclusion for one in found if one.reason == "nonhit"} == {10 / 900}


def test_strata_are_coarsened_until_each_can_be_drawn_from():
    names = tuple(f"team:{at % 2}/agent:{at}" for at in range(20))
    columns = {"stratum": np.arange(100) % 20, "strata": names}
    found = draw(frame(**columns), Design("stratified", size=10), 7).drawn
    assert {one.stratum for one in found} == {"team:0", "team:1"}


def test_as_many_of_each_agent_over_the_weeks():
    found = draw(frame(), Design("spread", per_agent=4), 7).drawn
    assert Counter(one.stratum for one in found) == {f"agent:{agent}": 4 for agent in (1, 2, 3, 4)}
    weeks = Counter((one.stratum, (one.contact - 1) // 25) for one in found)
    assert set(weeks.values()) == {1}


def test_what_is_missing_of_an_agent_is_named():
    result = draw(frame(10), Design("spread", per_agent=3, carried={"1": 2}), 7)
    assert result.shortfalls == {"1": 2, "3": 1, "4": 1}


# --- the frame ----------------------------------------------------------------------------------


def test_only_what_may_be_inspected_is_chosen_from(cast, sheet):
    plan = make_plan(cast, sheet, leaves_out=["silent", "misdialled"], shortest_seconds=60)
    kept = talks(2)
    make_unanswered()
    make_contact("SHORT", ended_at="2026-11-20 10:00:30")
    make_contact("SILENT", turns="客服:您好")
    make_contact("WRONG", outcome="骚扰电话")
    make_contact("EARLIER", started_at="2026-10-20 10:00:00")
    make_review(make_contact("SEEN", agent="2002"), sheet, by=cast.ines)
    assert frame_of(plan, PERIOD).ids.tolist() == sorted(one.pk for one in kept)


def test_a_length_nobody_knows_is_not_too_short(cast, sheet):
    plan = make_plan(cast, sheet, shortest_seconds=60)
    contact = make_contact("OPEN", agent="1002", ended_at="")
    assert frame_of(plan, PERIOD).ids.tolist() == [contact.pk]


def test_signs_and_what_is_not_known_is_none(cast, sheet):
    make_rule({**SHIRKING})
    cast.bo.hired_on = DAY - timedelta(days=30)
    cast.bo.save()
    plan = make_plan(cast, sheet, musts=["dissatisfied", "escalation", "severe", "new_staff"])
    wanted = {
        "dissatisfied": make_contact("POOR", agent="2002", meta={"satisfaction": 1}),
        "escalation": make_contact("UP", agent="2002", outcome="已升级"),
        "severe": make_contact("PUSHED", agent="2002", turns=PUSHED),
        "new_staff": make_contact("NEW", agent="1002"),
    }
    make_contact("FINE", agent="2002", meta={"satisfaction": 5})
    make_contact("SAID", agent="2002", meta={"satisfaction": "bad"})
    inspect_all(Contact.objects.all())
    found = frame_of(plan, PERIOD)
    at = {found.ids[row]: found.musts[found.must[row]] for row in np.flatnonzero(found.must != NOT)}
    assert at == {contact.pk: sign for sign, contact in wanted.items()}


def test_a_customer_who_came_back_within_a_week_is_a_sign(cast, sheet):
    def visit(name: str, day: int, phone: str) -> Contact:
        start = f"2026-11-{day:02} 10:00:00"
        times = {"started_at": start, "answered_at": "", "ended_at": ""}
        return make_contact(name, agent="2002", customer_phone=phone, **times)

    visit("FIRST", 2, "13800002071")
    back = visit("BACK", 9, "13800002071")
    visit("LATE", 17, "13800002071")
    visit("OTHER", 9, "13900002072")
    make_contact("NOBODY", agent="2002")
    plan = make_plan(cast, sheet, musts=["repeat"])
    found = frame_of(plan, PERIOD)
    assert found.ids[found.must != NOT].tolist() == [back.pk]


def test_the_frame_is_read_in_as_many_queries_for_many_rows(cast, sheet):
    plan = make_plan(cast, sheet, musts=["severe", "repeat"], strata=["team", "hour", "length"])
    counts = []
    for several in (2, 12):
        talks(several, name=f"N{several}-")
        with CaptureQueriesContext(connection) as queries:
            frame_of(plan, PERIOD)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- tasks --------------------------------------------------------------------------------------


def test_a_draw_makes_tasks_of_nobody_with_reason_and_chance(cast, sheet):
    talks(12)
    made = draw_sample(make_plan(cast, sheet, size=6, strata=["team"]), PERIOD, by=cast.quan)
    tasks = list(made.tasks.all())
    assert [one.inspector for one in tasks] == [None] * 6
    assert Counter(one.stratum for one in tasks) == {
        f"team:{cast.first.pk}": 4, f"team:{cast.second.pk}": 2,
    }  # fmt: skip
    assert {one.inclusion for one in tasks} == {0.5}
    entry = Entry.objects.get(action="inspections.sample_drawn")
    assert entry.after["frame"] == made.frame_sha256 == frame_hash(made)


def frame_hash(made: Draw) -> str:
    return Frame.unpacked(bytes(made.frame)).sha256


def test_drawing_again_gives_the_same_sample(cast, sheet):
    talks(20)
    made = draw_sample(make_plan(cast, sheet, size=5), PERIOD, by=cast.quan)
    talks(5, name="LATE")
    assert is_redrawn_the_same(Draw.objects.get(pk=made.pk))
    Task.objects.filter(pk=made.tasks.first().pk).delete()
    assert not is_redrawn_the_same(Draw.objects.get(pk=made.pk))


def test_two_plans_never_take_the_same_conversation(cast, sheet):
    talks(10)
    first = draw_sample(make_plan(cast, sheet, size=6), PERIOD, by=cast.quan)
    second = draw_sample(make_plan(cast, sheet, size=6, seed=9), PERIOD, by=cast.quan)
    assert (first.tasks.count(), second.tasks.count(), second.short_of) == (6, 4, 2)
    assert Task.objects.values("contact").distinct().count() == 10


def test_what_another_plan_took_at_the_same_moment_is_missing(cast, sheet, monkeypatch):
    talks(10)
    other = make_plan(cast, sheet, size=4, seed=9)
    before = frame_of(other, PERIOD)
    draw_sample(make_plan(cast, sheet, size=10), PERIOD, by=cast.quan)
    monkeypatch.setattr("lingzhi.inspections.services.drawing.frame_of", lambda *_given: before)
    made = draw_sample(other, PERIOD, by=cast.quan)
    assert (made.tasks.count(), made.short_of) == (0, 4)
    assert is_redrawn_the_same(made)


def test_what_is_missing_is_looked_for_in_the_next_period(cast, sheet):
    talks(3, started_at="2026-10-20 10:00:00")
    talks(9, name="D")
    plan = make_plan(cast, sheet, size=5)
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    assert draw_sample(plan, october, by=cast.quan).short_of == 2
    assert draw_sample(plan, PERIOD, by=cast.quan).tasks.count() == 7


def test_the_same_days_are_drawn_from_once(cast, sheet):
    talks(4)
    plan = make_plan(cast, sheet, size=2)
    draw_sample(plan, PERIOD, by=cast.quan)
    with pytest.raises(DrawnAlready):
        draw_sample(plan, PERIOD, by=cast.quan)


def test_a_plan_that_does_not_run_draws_nothing(cast, sheet):
    with pytest.raises(NotActive):
        draw_sample(make_plan(cast, sheet, state="draft"), PERIOD, by=cast.quan)


def test_a_draw_stays_within_its_plan(cast, sheet):
    talks(9)
    plan = make_plan(cast, sheet, size=9, unit=cast.second, filters={"channel": "phone"})
    made = draw_sample(plan, PERIOD, by=cast.quan)
    assert {task.contact.unit for task in made.tasks.select_related("contact__unit")} == {
        cast.second
    }


# --- when ---------------------------------------------------------------------------------------


def test_the_job_draws_what_is_over_and_goes_on_behind_it(cast, sheet, run_jobs):
    yesterday = today() - timedelta(days=1)
    plan = make_plan(cast, sheet, cadence=Plan.Cadence.DAY, from_on=yesterday - timedelta(days=1))
    make_plan(cast, sheet, from_on=yesterday, state="draft")
    for _night in range(2):
        draw_samples()
        run_jobs()
    days = list(plan.draws.order_by("from_on").values_list("from_on", "to_on"))
    assert days == [(day, day) for day in (yesterday - timedelta(days=1), yesterday)]


def test_a_plan_that_draws_once_may_draw_from_today(cast, sheet):
    plan = make_plan(cast, sheet, from_on=today() - timedelta(days=1), cadence="once", to_on=None)
    assert draw_due(plan) == []
    assert draw_now(plan, by=cast.quan).to_on == today()
    with pytest.raises(NothingToDraw):
        draw_now(plan, by=cast.quan)


def test_a_covert_plan_draws_nothing_behind_its_end_and_ends(cast, sheet):
    end = today() - timedelta(days=2)
    plan = make_plan(
        cast, sheet, state="draft", cadence=Plan.Cadence.DAY, from_on=end - timedelta(days=1),
        openness="covert", covert_until=end,
    )  # fmt: skip
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.ACTIVE)
    draw_plan(plan.pk)
    plan.refresh_from_db()
    assert plan.draws.latest("to_on").to_on == end
    assert plan.state == "ended"


def test_a_plan_with_open_tasks_does_not_end_by_itself(cast, sheet):
    yesterday = today() - timedelta(days=1)
    plan = make_plan(cast, sheet, cadence="once", from_on=date(2026, 11, 1), to_on=yesterday)
    talks(1)
    draw_plan(plan.pk)
    plan.refresh_from_db()
    assert (plan.state, plan.tasks.count()) == ("active", 1)
    plan.tasks.update(state=Task.State.DONE)
    draw_plan(plan.pk)
    plan.refresh_from_db()
    assert plan.state == "ended"
