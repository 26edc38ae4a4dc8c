"""The pages of follow-ups: my calls, one call, rules, the board, and signs that look odd."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from lingzhi.accounts.models import User
from lingzhi.cases.factories import in_work, make_case, make_closed, make_rule
from lingzhi.cases.forms.follow_up_rules import RuleForm
from lingzhi.cases.measures.follow_ups import MEASURES
from lingzhi.cases.models import Case, FollowUp, FollowUpRule, FollowUpScript, FollowUpTry
from lingzhi.cases.queries.follow_up_figures import figures_by
from lingzhi.cases.queries.signs import signs_in
from lingzhi.cases.services.calling import Called, begin_call, end_call
from lingzhi.cases.services.opening_follow_ups import open_follow_ups
from lingzhi.cases.services.planning_follow_ups import plan_follow_ups
from lingzhi.contacts.factories import make_contact
from lingzhi.core.measures import Place
from lingzhi.customers.factories import make_customer

pytestmark = pytest.mark.django_db
BAD = {"q_solved": "no", "q_satisfaction": "1", "q_reason": "仍未送达", "q_service": "2"}
GOOD = {"solved": "yes", "satisfaction": "5", "service": "5", "words": "服务很好，谢谢"}


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


@pytest.fixture
def caller(cast, hold) -> User:
    hold(cast.nora, "follow_up_caller", cast.hotline)
    return cast.nora


@pytest.fixture
def due(cast, calendar, at, caller) -> FollowUp:
    """One open follow-up of a closed case of Bo, called by Nora."""
    at("2026-11-20 10:00")
    make_rule()
    return opened(cast, "13800002071")


def opened(cast, phone: str) -> FollowUp:
    case = make_case(by=cast.bo, unit=cast.first, customer=make_customer(phone=phone))
    make_closed(in_work(case, by=cast.bo), by=cast.bo)
    plan_follow_ups()
    open_follow_ups()
    return FollowUp.objects.latest("pk")


def test_from_the_queue_to_a_reopened_case(cast, due, caller, as_):
    client = as_(caller)
    assert client.post(page("next_follow_up")).url == page("follow_up", due.pk)
    client.post(page("begin_call", due.pk))
    lacking = client.post(page("end_call", due.pk), {"outcome": "reached", "q_solved": "no"})
    assert lacking.status_code == 422
    client.post(page("end_call", due.pk), {"outcome": "reached", **BAD})
    shown = client.get(page("follow_up", due.pk))
    assert "仍未送达" in shown.content.decode()
    sent = {"case": due.case_id, "reason": "仍未送达"}
    client.post(page("reopen_after", due.pk), sent)
    due.case.refresh_from_db()
    assert due.case.kind == Case.Kind.OPEN
    assert client.get(page("follow_ups"), {"state": "all", "answer": "unhappy"}).context["rows"]


def test_who_served_the_customer_sees_it_only_afterwards(cast, due, caller, as_):
    assert as_(cast.bo).get(page("follow_up", due.pk)).status_code == 404
    end_call(begin_call(due, by=caller), Called("reached", GOOD), by=caller)
    assert as_(cast.bo).get(page("follow_up", due.pk)).status_code == 200
    assert as_(cast.chen).get(page("follow_up", due.pk)).status_code == 404


def test_the_archive_stands_on_the_customers_page(cast, due, as_):
    shown = as_(cast.quan).get(reverse("customers:detail", args=[due.customer_id]))
    assert page("follow_up", due.pk) in shown.content.decode()


def test_the_list_costs_the_same_for_many(cast, due, caller, as_):
    client = as_(caller)
    client.get(page("follow_ups"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page("follow_ups")).status_code == 200
        return len(queries)

    few = cost()
    for number in range(4):
        opened(cast, f"1390000{number:04}")
    assert cost() == few


def test_a_rule_is_set_ended_and_a_script_gets_a_version(cast, due, as_):
    client = as_(cast.quan)
    script = FollowUpScript.objects.get(code="usual")
    sent = {
        "name": "重大投诉由技术中心回访", "code": "major", "trigger": "closed", "level": "3",
        "delay_amount": "1", "delay_unit": "working_days", "delay_base": "working",
        "within_days": "5", "every_months": "1", "later_months": "3", "share_percent": "100",
        "seed": "1", "script": script.pk, "windows": "9-12", "tries": "3",
        "unit": cast.second.pk,
    }  # fmt: skip
    assert client.post(page("add_follow_up_rule"), sent).status_code == 422
    client.post(page("add_follow_up_rule"), sent | {"windows": "09:00-12:00"})
    rule = FollowUpRule.objects.get(code="major")
    assert (rule.unit, rule.level) == (cast.second, 3)
    rule.title |= {"en": "Major complaints"}
    for language, key in (("zh-hant", "zh-Hant"), ("en", "en"), ("zh-hans", "zh-Hans")):
        before = rule.title
        with translation.override(language):
            form = RuleForm({**sent, "windows": "09:00-12:00", "name": "重大"}, instance=rule)
            assert form.is_valid()
            assert form.made().title == {**before, key: "重大"}
    client.post(page("end_follow_up_rule", rule.pk))
    client.post(page("follow_up_script", script.pk), {"content": "questions: []", "seen": "1"})
    assert script.versions.count() == 1
    shown = client.get(page("follow_up_script", script.pk))
    written = shown.context["form"].initial["content"].replace("通用回访", "回访")
    client.post(page("follow_up_script", script.pk), {"content": written, "seen": "1"})
    assert script.newest.title == "回访"


def test_the_unit_that_a_rule_names_calls(cast, calendar, at, hold):
    """Major complaints are followed up by the technical service centre (R-FU-08)."""
    at("2026-11-20 10:00")
    hold(cast.nora, "department_officer", cast.second)
    make_rule(unit=cast.second)
    assert opened(cast, "13800002071").person == cast.nora


def test_coverage_reach_and_satisfaction_are_counted(cast, due, caller, at):
    end_call(begin_call(due, by=caller), Called("reached", GOOD), by=caller)
    late = opened(cast, "13900000001")
    at("2026-12-01 10:00")
    first, last = date(2026, 11, 20), date(2026, 12, 1)
    whole, rows = figures_by("served", FollowUp.objects.all(), first, last)
    assert [one.name for one in rows] == ["Bo"]
    assert (whole.coverage.numerator, whole.coverage.denominator) == (1, 2)
    assert (whole.reach.denominator, whole.satisfied.ratio) == (1, 1.0)
    found = {one.code: list(one.cells({}, first, last)) for one in MEASURES}
    [cell] = found["cases.follow_up_satisfied"]
    assert (cell.agent_id, cell.numerator, cell.denominator) == (cast.bo.pk, 1.0, 1.0)
    assert sum(one.denominator for one in found["cases.follow_up_in_time"]) == 2
    behind = MEASURES[0].rows({}, Place(agent_id=caller.pk), first, last)
    assert [row.numerator for row in behind[:5]] == [0.0, 1.0]
    assert late.state == "open"


def reached(follow_up: FollowUp, by: User, seconds: int = 90) -> FollowUpTry:
    """A conversation recorded as reached, that took so long."""
    attempt = begin_call(follow_up, by=by)
    end_call(attempt, Called("reached", GOOD), by=by)
    FollowUpTry.objects.filter(pk=attempt.pk).update(
        ended_at=attempt.began_at + timedelta(seconds=seconds)
    )
    return FollowUpTry.objects.select_related("follow_up").get(pk=attempt.pk)


def test_a_recorded_conversation_without_a_call_is_a_sign(cast, due, caller, at):
    tries = [reached(due, caller)]
    assert signs_in(tries) == []  # the phone records hold no outbound call: nobody knows
    call = {"direction": "out", "started_at": "2026-11-20 10:01:00"}
    make_contact("O1", turns="客服:您好", **call)
    assert [one.sign for one in signs_in(tries)] == ["no_call"]
    talk = make_contact("O2", turns="客服:您好", **call)
    type(talk).objects.filter(pk=talk.pk).update(customer=due.customer)
    assert signs_in(tries) == []


def test_too_quick_alike_and_all_at_once_are_signs(cast, due, caller, as_):
    tries = [reached(due, caller, seconds=4)]
    for number in range(4):
        tries.append(reached(opened(cast, f"1390000{number:04}"), caller))
    kinds = {one.sign for one in signs_in(tries)}
    assert kinds == {"too_quick", "two_at_once", "alike", "same_minute"}
    shown = as_(cast.ada).get(page("follow_up_signs"))
    assert len(shown.context["rows"]) > 4
