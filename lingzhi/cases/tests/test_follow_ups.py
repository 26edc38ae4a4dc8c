"""Follow-ups fall due by rules, each once, and one conversation answers all of a customer."""

from datetime import date, timedelta

import pytest

from lingzhi.accounts.models import User
from lingzhi.cases.factories import in_work, make_case, make_closed, make_rule, step
from lingzhi.cases.models import Case, FollowUp, FollowUpRule, FollowUpTry
from lingzhi.cases.queries.call_windows import Windows, another_time
from lingzhi.cases.queries.follow_ups import next_of
from lingzhi.cases.queries.triggers import ages, is_drawn
from lingzhi.cases.services.calling import (
    Called,
    CallRunning,
    OutsideWindow,
    OwnService,
    begin_call,
    end_call,
)
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.follow_up_rules import lay_follow_up_built_ins
from lingzhi.cases.services.following_up import pass_opinion, praise, reopen_after
from lingzhi.cases.services.opening_follow_ups import open_follow_ups
from lingzhi.cases.services.planning_follow_ups import plan_follow_ups
from lingzhi.cases.services.telling import Told, tell_customer
from lingzhi.core.errors import BadInput
from lingzhi.customers.factories import make_customer, make_delivery
from lingzhi.customers.models import Consent, Opinion, Outreach
from lingzhi.customers.services.notes import note
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
GOOD = {"solved": "yes", "satisfaction": "5", "service": "4"}
BAD = {"solved": "no", "satisfaction": "1", "reason": "仍未送达", "service": "2"}


@pytest.fixture
def caller(cast, hold) -> User:
    """Nora calls customers for the whole centre."""
    hold(cast.nora, "follow_up_caller", cast.hotline)
    return cast.nora


@pytest.fixture
def closed(cast, calendar, at) -> Case:
    at("2026-11-20 10:00")
    case = make_case(by=cast.bo, unit=cast.first, customer=make_customer(phone="13800002071"))
    return make_closed(in_work(case, by=cast.bo), by=cast.bo)


@pytest.fixture
def due(closed, caller) -> FollowUp:
    """The case's follow-up, open."""
    make_rule()
    plan_follow_ups()
    open_follow_ups()
    return FollowUp.objects.get()


def say_no(customer) -> None:
    note(Consent(customer=customer, purpose="", is_given=False, words="电话"), by=None)


def call(follow_up: FollowUp, by: User, outcome: str = "reached", **more: object) -> None:
    attempt = begin_call(follow_up, by=by)
    assert attempt is not None
    end_call(attempt, Called(outcome, **more), by=by)
    follow_up.refresh_from_db()


def test_each_trigger_asks_once(closed, caller):
    make_rule()
    assert [plan_follow_ups(), plan_follow_ups()] == [1, 0]
    assert [open_follow_ups(), open_follow_ups()] == [1, 0]
    one = FollowUp.objects.get()
    assert (one.state, one.person, one.key) == ("open", caller, f"case/{closed.pk}/1")
    assert one.due_at.isoformat() == "2026-11-25T10:00:00+00:00"  # the close of the third day


def test_rules_add_up_and_one_conversation_answers_them(closed, caller):
    make_rule()
    make_rule("solved", trigger="solved")
    assert plan_follow_ups() == 2
    assert open_follow_ups() == 1
    main = FollowUp.objects.get(state="open")
    merged = FollowUp.objects.get(state="merged")
    assert merged.merged_into == main
    call(main, caller, answers=GOOD)
    merged.refresh_from_db()
    assert (main.state, main.satisfaction, merged.satisfaction) == ("done", 1.0, 1.0)
    assert merged.ended_by == caller


def test_the_sample_is_the_same_each_time_and_about_its_share():
    rule = FollowUpRule(seed=7, share_percent=20)
    drawn = [number for number in range(5000) if is_drawn(rule, f"case/{number}/1")]
    assert drawn == [number for number in range(5000) if is_drawn(rule, f"case/{number}/1")]
    assert 850 < len(drawn) < 1150
    assert drawn != [n for n in range(5000) if is_drawn(FollowUpRule(seed=8, share_percent=20),
                                                        f"case/{n}/1")]  # fmt: skip


def test_a_project_is_asked_monthly_and_after_a_year_quarterly():
    rule = FollowUpRule(every_months=1, later_months=3)
    found = list(ages(rule, date(2025, 1, 31), date(2025, 1, 1), date(2026, 8, 1)))
    assert [months for months, _day in found] == [*range(1, 13), 15, 18]
    assert found[0] == (1, date(2025, 2, 28))
    assert found[-1] == (18, date(2026, 7, 31))


def test_the_age_of_a_project_plans_ahead(cast, calendar, at):
    at("2026-11-20 10:00")
    rule = make_rule("age", trigger="delivery", delay_amount=0)
    FollowUpRule.objects.filter(pk=rule.pk).update(starts_at=at("2026-11-01 00:00"))
    at("2026-11-20 10:00")
    customer = make_customer(phone="13800002071")
    make_delivery(customer, date(2026, 10, 25), kind="project")
    make_delivery(customer, date(2026, 10, 25), number="P", kind="product")
    assert [plan_follow_ups(("delivery",)), plan_follow_ups(("delivery",))] == [1, 0]
    assert FollowUp.objects.get().from_at.date() == date(2026, 11, 24)


def test_who_said_no_is_not_called_and_the_reason_stands_there(closed, caller):
    make_rule()
    say_no(closed.customer)
    plan_follow_ups()
    assert open_follow_ups() == 0
    assert FollowUp.objects.get().why == "refused"


def test_nobody_is_asked_while_a_complaint_is_open(cast, closed, caller):
    make_rule()
    make_case(by=cast.bo, unit=cast.first, type_code="complaint", customer=closed.customer)
    plan_follow_ups()
    open_follow_ups()
    assert FollowUp.objects.get().why == "complaint_open"


def test_a_case_without_a_customer_shows_that_nobody_can_be_called(cast, calendar, at):
    at("2026-11-20 10:00")
    make_closed(in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), by=cast.bo)
    make_rule()
    plan_follow_ups()
    assert FollowUp.objects.get().why == "no_customer"


def test_nobody_calls_about_their_own_case(cast, closed, hold):
    hold(cast.bo, "follow_up_caller", cast.first)
    make_rule()
    plan_follow_ups()
    open_follow_ups()
    one = FollowUp.objects.get()
    assert one.person is None
    with pytest.raises(OwnService):
        begin_call(one, by=cast.bo)


def test_calls_are_given_in_turn(cast, closed, caller, hold):
    hold(cast.chen, "follow_up_caller", cast.hotline)
    make_rule()
    for number in range(3):
        customer = make_customer(phone=f"1390000{number:04}")
        case = make_case(by=cast.bo, unit=cast.first, customer=customer)
        make_closed(in_work(case, by=cast.bo), by=cast.bo)
    plan_follow_ups()
    open_follow_ups()
    people = FollowUp.objects.values_list("person", flat=True)
    assert sorted(people) == sorted([caller.pk, caller.pk, cast.chen.pk, cast.chen.pk])


def test_not_reached_is_tried_on_another_day_and_hour_and_then_closed_with_proof(due, caller, at):
    at("2026-11-23 10:00")
    call(due, caller, "no_answer")
    assert (due.state, due.tried) == ("open", 1)
    assert str(another_time(at("2026-11-23 10:00"))) == "2026-11-24 14:00:00+08:00"
    assert next_of(caller) is None
    at("2026-11-24 14:00")
    assert next_of(caller) == due
    call(due, caller, "busy")
    at("2026-11-25 10:00")
    call(due, caller, "no_answer")
    assert due.state == "unreached"
    assert due.attempts.count() == 3
    assert set(Outreach.objects.values_list("outcome", flat=True)) == {"asked", "not_reached"}


def test_the_customer_says_when_to_be_called_back(due, caller, at):
    moment = at("2026-11-23 10:00")
    attempt = begin_call(due, by=caller)
    with pytest.raises(BadInput):
        end_call(attempt, Called("call_back"), by=caller)
    end_call(attempt, Called("call_back", call_back_at=moment + timedelta(hours=5)), by=caller)
    due.refresh_from_db()
    assert (due.tried, due.next_at) == (0, moment + timedelta(hours=5))


def test_one_call_at_a_time_and_only_in_its_hours(closed, caller, at):
    make_rule(windows="09:00-12:00")
    plan_follow_ups()
    open_follow_ups()
    due = FollowUp.objects.get()
    at("2026-11-23 12:00")
    with pytest.raises(OutsideWindow):
        begin_call(due, by=caller)
    at("2026-11-24 09:00")
    begin_call(due, by=caller)
    with pytest.raises(CallRunning):
        begin_call(due, by=caller)


def test_on_days_off_one_does_not_call_where_the_rule_says_so(cast, calendar, at):
    saturday = at("2026-11-21 10:00")
    rule = FollowUpRule(windows="14:00-17:00", on_working_days=True)
    found = Windows().next_time(rule, cast.first, saturday)
    assert str(found) == "2026-11-23 14:00:00+08:00"


def test_answers_follow_the_script_and_a_needed_one_may_not_lack(due, caller):
    attempt = begin_call(due, by=caller)
    with pytest.raises(BadInput) as refused:
        end_call(attempt, Called("reached", {"solved": "no", "satisfaction": "1"}), by=caller)
    assert refused.value.field == "q_reason"
    assert FollowUpTry.objects.get().outcome == ""


def test_an_unhappy_customer_reopens_the_case_and_is_asked_again(cast, due, closed, caller, at):
    call(due, caller, answers=BAD)
    assert (due.satisfaction, due.is_unhappy) == (0.0, True)
    assert Notice.objects.filter(person=cast.ada, is_todo=True, matter=due.matter).exists()
    reopen_after(due, closed, reason="仍未送达", by=caller)
    closed.refresh_from_db()
    assert (closed.kind, closed.cycle) == ("open", 2)
    assert not Notice.objects.filter(matter=due.matter, ended_at=None).exists()
    at("2026-11-23 10:00")
    make_closed(closed, by=cast.bo)
    assert [plan_follow_ups(), open_follow_ups()] == [1, 1]
    again = FollowUp.objects.latest("pk")
    assert again.key == f"case/{closed.pk}/2"
    call(again, caller, answers=GOOD)
    assert again.state == "done"


def test_what_the_customer_says_goes_into_a_case_that_waits_for_it(cast, calendar, at, caller):
    at("2026-11-20 10:00")
    customer = make_customer(phone="13800002071")
    case = in_work(make_case(by=cast.bo, unit=cast.first, customer=customer), by=cast.bo)
    make_closed_but_one_step(case, cast.bo)
    make_rule(trigger="solved")
    plan_follow_ups()
    open_follow_ups()
    call(FollowUp.objects.get(), caller, answers=BAD)
    case.refresh_from_db()
    assert (case.satisfaction, case.objection) == ("objects", "仍未送达")


def make_closed_but_one_step(case: Case, by: User) -> None:
    step(case, "solve", by=by)
    tell_customer(case, Told("已送达"), seen=case.revision, by=by)


def test_opinions_go_to_the_department_and_praise_to_who_served(cast, due, caller):
    call(due, caller, answers=GOOD)
    pass_opinion(due, "希望增加夜间配送", unit=cast.first, by=caller)
    praise(due, "小波很耐心", by=caller)
    assert Opinion.objects.get().unit == cast.first
    assert Notice.objects.filter(person=cast.bo, body="小波很耐心").exists()


def test_a_reopened_case_is_not_asked_about(cast, due, closed):
    step(closed, "reopen", by=cast.bo)
    open_follow_ups()
    due.refresh_from_db()
    assert (due.state, due.why) == ("called_off", "reopened")


def test_the_built_in_rules_are_laid_once(cast):
    lay_built_ins(by=None)
    assert [lay_follow_up_built_ins(by=None), lay_follow_up_built_ins(by=None)] == [5, 0]
