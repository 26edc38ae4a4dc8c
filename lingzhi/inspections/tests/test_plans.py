"""Inspection plans: their form, their life, a covert one's approval, who sees them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide, set_chain
from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import make_plan, make_sheet
from lingzhi.inspections.models import Plan, Task
from lingzhi.inspections.queries.periods import Period
from lingzhi.inspections.queries.plans import next_period, plans_visible_to
from lingzhi.inspections.services import retire_sheet
from lingzhi.inspections.services.drawing import draw_for, draw_sample
from lingzhi.inspections.services.plans import (
    MATTER,
    NobodyApproves,
    NotRunning,
    RunningPlan,
    SheetNotInForce,
    change_plan,
    pause_plan,
    request_start,
)
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def draft(cast, sheet):
    return make_plan(cast, sheet, state="draft")


@pytest.fixture
def chain(cast, hold):
    """Leadership must agree; Nora is the leadership."""
    hold(cast.nora, "leadership", cast.company)
    cast.nora = type(cast.nora).objects.get(pk=cast.nora.pk)
    set_chain(MATTER, ["leadership"], by=cast.sol)


def sent(cast, sheet, **more):
    return {
        "title": "每月抽检", "unit": cast.hotline.pk, "sheet": sheet.sheet_id, "rhythm": "daily",
        "breadth": "special", "openness": "open", "place": "remote", "method": "risk",
        "size": 40, "strata": ["team", "hour"], "nonhit_ratio": "0.2", "musts": ["severe"],
        "leaves_out": ["silent"], "shortest_seconds": 20, "cadence": "week",
        "from_on": "2026-11-01", "inspectors": [cast.ines.pk], "days_to_do": 5,
        "swaps_allowed": 2, "channel": "", "agent": "1002", "weight_severe": "4", **more,
    }  # fmt: skip


# --- the form -----------------------------------------------------------------------------------


def test_a_plan_says_time_scope_content_inspectors_and_sample(as_, cast, sheet):
    answer = as_(cast.quan).post(reverse("inspections:new_plan"), sent(cast, sheet))
    plan = Plan.objects.get()
    assert answer["Location"] == reverse("inspections:plan", args=[plan.pk])
    assert (plan.state, plan.breadth, plan.size, plan.strata) == (
        "draft", "special", 40, ["team", "hour"],
    )  # fmt: skip
    assert plan.weights == {"severe": 4.0}
    assert plan.filters == {"agent": "1002"}
    assert list(plan.inspectors.all()) == [cast.ines]
    assert plan.seed > 0
    assert Entry.objects.filter(action="inspections.plan_created").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"size": ""}, "size"),
        ({"method": "spread", "per_agent": ""}, "per_agent"),
        ({"to_on": "2026-10-01"}, "to_on"),
        ({"openness": "covert"}, "covert_until"),
        ({"nonhit_ratio": "2"}, "nonhit_ratio"),
        ({"strata": ["shoe"]}, "strata"),
    ],
)
def test_a_plan_that_makes_no_sense_is_shown_where(as_, cast, sheet, wrong, field):
    answer = as_(cast.quan).post(reverse("inspections:new_plan"), sent(cast, sheet, **wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Plan.objects.exists()


def test_nobody_plans_beyond_their_reach(as_, cast, sheet, hold):
    hold(cast.nora, "quality_manager", cast.first)
    answer = as_(cast.nora).post(reverse("inspections:new_plan"), sent(cast, sheet))
    assert list(answer.context["form"].errors) == ["unit"]


def test_the_form_shows_what_the_plan_says(as_, cast, sheet):
    as_(cast.quan).post(reverse("inspections:new_plan"), sent(cast, sheet))
    plan = Plan.objects.get()
    seed = plan.seed
    url = reverse("inspections:edit_plan", args=[plan.pk])
    shown = as_(cast.quan).get(url).context["form"]
    assert (shown["agent"].value(), shown["weight_severe"].value()) == ("1002", 4.0)
    as_(cast.quan).post(url, sent(cast, sheet, size=50))
    plan.refresh_from_db()
    assert (plan.size, plan.seed) == (50, seed)


def test_numbers_come_along_in_the_address(as_, cast, sheet):
    url = reverse("inspections:new_plan") + "?method=risk&size=33&hours=5.5"
    form = as_(cast.quan).get(url).context["form"]
    assert (form["method"].value(), form["size"].value()) == ("risk", "33")


# --- its life -----------------------------------------------------------------------------------


def test_it_begins_pauses_goes_on_and_ends(as_, cast, draft):
    client = as_(cast.quan)
    for act, state in (("start", "active"), ("pause", "paused"), ("start", "active"),
                       ("end", "ended")):  # fmt: skip
        client.post(reverse(f"inspections:{act}_plan", args=[draft.pk]), {"reason": "so"})
        draft.refresh_from_db()
        assert draft.state == state
    assert Entry.objects.filter(action="inspections.plan_started").count() == 2


def test_a_running_plan_is_not_changed(cast, sheet):
    plan = make_plan(cast, sheet)
    with pytest.raises(RunningPlan):
        change_plan(plan, {"size": 3}, by=cast.quan)
    pause_plan(plan, reason="", by=cast.quan)
    change_plan(plan, {"size": 3}, by=cast.quan)
    with pytest.raises(NotRunning):
        pause_plan(plan, reason="", by=cast.quan)


def test_a_plan_needs_its_sheet_in_force(cast, sheet, draft):
    retire_sheet(sheet, reason="old", by=cast.quan)
    with pytest.raises(SheetNotInForce):
        request_start(draft, by=cast.quan)


# --- covert -------------------------------------------------------------------------------------


@pytest.fixture
def covert(cast, sheet):
    return make_plan(
        cast, sheet, state="draft", openness="covert", covert_until=today() + timedelta(days=30)
    )


def test_a_covert_plan_needs_somebody_who_approves(cast, covert):
    with pytest.raises(NobodyApproves):
        request_start(covert, by=cast.quan)


def test_a_covert_plan_begins_once_it_is_agreed_to(cast, covert, chain, run_jobs):
    approval = request_start(covert, by=cast.quan)
    assert Plan.objects.get().state == "draft"
    decide(approval, is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    assert Plan.objects.get().state == "active"


def test_changed_meanwhile_it_does_not_begin(cast, covert, chain, run_jobs):
    approval = request_start(covert, by=cast.quan)
    change_plan(covert, {"size": 3}, by=cast.quan)
    decide(approval, is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    assert Plan.objects.get().state == "draft"


def test_after_a_pause_the_same_terms_need_no_second_approval(cast, covert, chain, run_jobs):
    decide(request_start(covert, by=cast.quan), is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    covert.refresh_from_db()
    pause_plan(covert, reason="", by=cast.quan)
    assert request_start(covert, by=cast.quan) is None
    pause_plan(covert, reason="", by=cast.quan)
    change_plan(covert, {"size": 3}, by=cast.quan)
    assert request_start(covert, by=cast.quan) is not None
    assert Approval.objects.count() == 2


def test_a_covert_plan_without_an_end_is_refused(cast, sheet):
    with pytest.raises(BadInput):
        make_plan(cast, sheet, state="draft", openness="covert")


# --- who sees it --------------------------------------------------------------------------------


def test_the_inspected_see_open_plans_that_run_and_no_covert_or_surprise_ones(cast, sheet, chain):
    shown = make_plan(cast, sheet)
    make_plan(cast, sheet, state="draft")
    make_plan(cast, sheet, rhythm="surprise")
    make_plan(cast, sheet, unit=cast.second)
    make_plan(cast, sheet, state="draft", openness="covert", covert_until=today())
    assert list(plans_visible_to(cast.bo)) == [shown]
    assert plans_visible_to(cast.quan).count() == 5
    assert plans_visible_to(cast.ines).count() == 5  # she inspects for them


def test_who_is_inspected_reads_the_plan_but_not_the_sample(as_, cast, sheet):
    plan = make_plan(cast, sheet)
    page = as_(cast.bo).get(reverse("inspections:plan", args=[plan.pk]), headers=ENGLISH)
    assert "How conversations are chosen" in page.content.decode()
    assert "Seed" not in page.content.decode()
    made = draw_sample(plan, NOVEMBER, by=cast.quan)
    assert as_(cast.bo).get(reverse("inspections:draw", args=[made.pk])).status_code == 403


def test_the_list_narrows(as_, cast, sheet):
    make_plan(cast, sheet, title="Eins")
    make_plan(cast, sheet, title="Zwei", state="draft")
    url = reverse("inspections:plans")
    for query, titles in (({}, ["Zwei", "Eins"]), ({"state": "draft"}, ["Zwei"]),
                          ({"text": "ein"}, ["Eins"])):  # fmt: skip
        assert [one.title for one in as_(cast.quan).get(url, query).context["page"]] == titles


# --- days ---------------------------------------------------------------------------------------


def test_draws_follow_each_other_without_gap(cast, sheet):
    plan = make_plan(cast, sheet, cadence="week", from_on=date(2026, 11, 4))
    assert next_period(plan) == Period(date(2026, 11, 4), date(2026, 11, 8))
    draw_sample(plan, next_period(plan), by=cast.quan)
    assert next_period(plan) == Period(date(2026, 11, 9), date(2026, 11, 15))


def test_the_last_period_ends_with_the_plan(cast, sheet):
    plan = make_plan(cast, sheet, to_on=date(2026, 11, 20))
    assert next_period(plan) == Period(date(2026, 11, 1), date(2026, 11, 20))
    draw_sample(plan, next_period(plan), by=cast.quan)
    assert next_period(plan) is None


# --- a draw on its page -------------------------------------------------------------------------


def test_a_draw_on_its_pages(as_, cast, sheet):
    for at in range(6):
        make_contact(f"T{at}", agent="1002" if at % 2 else "2002")
    plan = make_plan(cast, sheet, size=4, strata=["team"])
    client = as_(cast.quan)
    answer = client.post(reverse("inspections:draw_sample", args=[plan.pk]), headers=ENGLISH)
    page = client.get(answer["Location"], headers=ENGLISH).content.decode()
    assert "一组" in page
    assert "66.67" in page  # the chance of each
    assert Task.objects.count() == 4
    made = plan.draws.get()
    client.post(reverse("inspections:verify_draw", args=[made.pk]), headers=ENGLISH)
    page = client.get(reverse("inspections:draw", args=[made.pk]), headers=ENGLISH).content.decode()
    assert "the same conversations" in page


def test_a_large_draw_is_made_in_the_background(as_, cast, sheet, run_jobs, monkeypatch):
    monkeypatch.setattr("lingzhi.inspections.services.drawing.MOST_AT_ONCE", 3)
    for at in range(4):
        make_contact(f"T{at}", agent="1002")
    plan = make_plan(cast, sheet, size=2)
    as_(cast.quan).post(reverse("inspections:draw_sample", args=[plan.pk]), headers=ENGLISH)
    assert not plan.draws.exists()
    run_jobs()
    assert Task.objects.count() == 2
    notice = Notice.objects.filter(person=cast.quan).latest("pk")
    assert notice.url == reverse("inspections:draw", args=[plan.draws.get().pk])
    draw_for(plan, cast.quan)  # tried again
    assert Task.objects.count() == 2


def test_the_draw_page_asks_as_much_for_many_tasks(as_, cast, sheet, django_assert_max_num_queries):
    for at in range(20):
        make_contact(f"T{at}", agent="1002" if at % 2 else "2002")
    plan = make_plan(cast, sheet, size=20, strata=["team", "agent", "channel"])
    made = draw_sample(plan, NOVEMBER, by=cast.quan)
    client = as_(cast.quan)
    with django_assert_max_num_queries(32):
        client.get(reverse("inspections:draw", args=[made.pk]))
