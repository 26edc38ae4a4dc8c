import json
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from lingzhi.cases.factories import in_work, make_case, make_closed, step
from lingzhi.cases.models import Alarm, AlarmTold, Case, Clock, EscalationRule
from lingzhi.cases.services.changing import Change, change_case
from lingzhi.cases.services.escalation import _fire, escalate
from lingzhi.cases.services.escalation_rules import (
    NotLate,
    add_escalation,
    end_escalation,
    press,
    react,
)
from lingzhi.cases.services.handing_over import ask_hand_over
from lingzhi.cases.services.merging import merge_cases
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.cases.tests.complaining import complain
from lingzhi.customers.factories import make_customer
from lingzhi.notifications.models import Message, Notice, Wishes
from lingzhi.notifications.services.webhooks import connect_webhook
from lingzhi.org.services import record_presence

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, calendar, at) -> Case:
    """Opened on Friday at 17:00; the first response takes two hours: Monday at 10:00."""
    at("2026-03-06 17:00")
    case = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    EscalationRule.objects.all().delete()
    return case


def level(by=None, **more) -> EscalationRule:
    given = {
        "title": "升级", "kind": "first_response", "action": "tell", "to": "leader",
        "from_on": date(2026, 1, 1), **more,
    }  # fmt: skip
    return add_escalation(EscalationRule(**given), by=by)


def told(person) -> int:
    return Notice.objects.filter(person=person, matter__startswith="cases.alarm/").count()


def test_levels_are_reached_in_business_time_and_once(cast, case, at):
    level(minutes=-30)
    level(minutes=30, action="todo")
    level(percent=50)
    for moment, number in (
        ("2026-03-06 17:59", 0), ("2026-03-07 12:00", 0), ("2026-03-09 09:00", 1),
        ("2026-03-09 09:29", 1), ("2026-03-09 09:30", 2), ("2026-03-09 10:29", 2),
        ("2026-03-09 10:30", 3), ("2026-03-09 17:00", 3),
    ):  # fmt: skip
        at(moment)
        escalate()
        escalate()
        assert told(cast.ada) == number, moment
    assert Notice.objects.filter(person=cast.ada, is_todo=True, ended_at=None).exists()
    make_closed(in_work(case, by=cast.bo), by=cast.bo)
    assert not Notice.objects.filter(matter__startswith="cases.alarm/", ended_at=None).exists()


def test_two_workers_fire_it_once(cast, case, at):
    level()
    escalate()
    at("2026-03-09 10:00")
    alarm = Alarm.objects.select_related("rule").get()
    other = Alarm.objects.select_related("rule").get()
    assert (_fire(alarm), _fire(other), told(cast.ada)) == (1, 0, 1)


def test_other_systems_are_told_once(cast, case, at, settings):
    settings.EGRESS_ALLOW = ["http://erp.test"]
    connect_webhook(name="ERP", url="http://erp.test/", events=["case.escalated"], by=cast.sol)
    rule = level(action="level")
    at("2026-03-09 10:00")
    escalate()
    escalate()
    (message,) = Message.objects.all()
    data = json.loads(message.body)["data"]
    assert (data["number"], data["clock"], data["rule"]) == (case.number, "first_response", rule.pk)
    assert data["action"] == "level"
    assert case.title not in str(data)


def test_a_wait_moves_the_level_and_a_met_clock_has_none(cast, case, at):
    level(kind="resolution")
    escalate()
    first = Alarm.objects.get().at
    in_work(case, by=cast.bo)
    at("2026-03-09 10:00")
    step(case, "wait", by=cast.bo, reason="等客户")
    escalate()
    assert Alarm.objects.get().at is None
    at("2026-03-10 10:00")
    step(case, "go_on", by=cast.bo)
    escalate()
    assert Alarm.objects.get().at == first + timedelta(days=1)
    make_closed(case, by=cast.bo)
    at("2026-03-20 10:00")
    assert escalate() == 0


def test_only_what_the_criteria_name(cast, case, at):
    level(case_class="urgent")
    at("2026-03-09 10:00")
    assert (escalate(), Alarm.objects.count()) == (0, 0)
    change_case(case, Change(case_class="urgent"), reason="升级", seen=case.revision, by=cast.bo)
    assert escalate() == 1
    assert end_escalation(EscalationRule.objects.get(), by=cast.quan) is None
    assert Alarm.objects.exclude(fired_at=None).count() == 1


def test_it_reaches_who_is_there(cast, case, at, hold):
    hold(cast.nora, "supervisor", cast.hotline)
    cast.hotline.owner = cast.nora
    cast.hotline.save()
    level()
    moment = at("2026-03-09 10:00")
    record_presence(
        cast.ada, kind="leave", from_at=moment, to_at=moment + timedelta(days=1), by=None
    )
    escalate()
    assert (told(cast.ada), told(cast.nora)) == (0, 1)


def test_of_a_merged_case_who_works_on_the_other_one_hears_and_acts(cast, case, at):
    customer = make_customer(phone="13800002071")
    Case.objects.update(customer=customer)
    kept = make_case(by=cast.chen, unit=cast.second, handler=cast.chen, customer=customer)
    case.refresh_from_db()
    merge_cases(case, kept, seen=case.revision, reason="同一件事", by=cast.bo)
    Clock.objects.exclude(case=case).delete()
    level(to="handler", action="priority")
    at("2026-03-09 10:00")
    escalate()
    assert (told(cast.bo), told(cast.chen)) == (0, 1)
    assert Notice.objects.get(person=cast.chen).url == reverse("cases:case", args=[kept.pk])
    was = (kept.priority, case.priority)
    kept.refresh_from_db(), case.refresh_from_db()
    assert (kept.priority, case.priority) == (was[0] - 1, was[1])


def test_the_person_a_complaint_is_about_hears_nothing(cast, calendar, at, hold):
    hold(cast.nora, "team_leader", cast.second)
    complaint = complain(by=cast.bo, accused=cast.nora)
    case = complaint.case
    EscalationRule.objects.all().delete()
    Case.objects.update(unit=cast.first)
    case.refresh_from_db()
    ask_hand_over(case, cast.second, reason="归二组", seen=case.revision, by=cast.ada)
    Case.objects.update(unit=cast.second)
    level(kind="resolution")
    at("2027-01-11 10:00")
    escalate()
    assert told(cast.cai) == 1
    assert not Notice.objects.filter(person=cast.nora).exists()


def test_quiet_hours_are_kept_but_for_what_is_urgent(cast, case, at):
    Wishes.objects.create(person=cast.ada, quiet="own", quiet_from=time(9), quiet_until=time(13))
    level()
    level(is_urgent=True)
    at("2026-03-09 10:00")
    escalate()
    assert told(cast.ada) == 1
    at("2026-03-09 12:59")
    assert (escalate(), told(cast.ada)) == (0, 1)
    at("2026-03-09 13:00")
    assert (escalate(), escalate(), told(cast.ada)) == (1, 0, 2)
    assert AlarmTold.objects.filter(told_at=None).count() == 0


@pytest.mark.parametrize("action", ["priority", "level", "hand"])
def test_it_acts_on_the_case(cast, case, at, action):
    level(action=action)
    at("2026-03-09 10:00")
    escalate()
    before = (case.priority, case.level, case.handler)
    case.refresh_from_db()
    expected = {
        "priority": (before[0] - 1, 1, cast.bo), "level": (before[0], 2, cast.ada),
        "hand": (before[0], 1, cast.ada),
    }  # fmt: skip
    assert (case.priority, case.level, case.handler) == expected[action]


def test_the_reaction_to_lateness_is_kept(cast, case, at, as_):
    clock: Clock = case.clocks.get(kind="first_response")
    with pytest.raises(NotLate):
        react(clock, "load", "已联系客户", by=cast.bo)
    at("2026-03-09 11:00")
    watch_clocks()
    url = reverse("cases:react", args=[clock.pk])
    as_(cast.bo).post(url, {"cause": "others", "text": "已向客户致歉并说明"})
    row = clock.reactions.get()
    assert (row.cause, row.by) == ("others", cast.bo)
    assert not Notice.objects.filter(matter=f"cases.clock/{clock.pk}/late", ended_at=None).exists()
    by_unit = as_(cast.quan).get(reverse("cases:overdue")).context["lines"][0]
    assert (by_unit.name, by_unit.hits, by_unit.judged, by_unit.reacted) == ("一组", 1, 1, 1)
    assert not by_unit.is_enough


def test_the_service_desk_urges(cast, case, as_):
    as_(cast.ada).post(reverse("cases:press", args=[case.pk]), {"text": "请今日内回复"})
    assert Notice.objects.filter(person=cast.bo, is_todo=True, body__contains="请今日内").exists()
    press(case, "再次督促", by=cast.ada)
    assert case.events.filter(kind="pressed").count() == 2


def test_levels_are_kept_on_their_pages(cast, case, as_):
    client = as_(cast.quan)
    sent = {
        "title": "超时一小时", "minutes": 60, "action": "todo", "to": "above",
        "from_on": "2026-03-01", "percent": "", "priority": "", "level": "",
    }  # fmt: skip
    assert client.post(reverse("cases:new_escalation"), {**sent, "percent": 50}).status_code == 422
    client.post(reverse("cases:new_escalation"), sent)
    rule = EscalationRule.objects.get()
    client.post(reverse("cases:end_escalation", args=[rule.pk]))
    rule.refresh_from_db()
    assert rule.to_on is not None
