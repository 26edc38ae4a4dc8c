from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed, step, tell
from lingzhi.cases.models import Case, CaseEvent
from lingzhi.cases.queries.numbers import is_pattern, number_of, period_of
from lingzhi.cases.services.claiming import CaseChanged
from lingzhi.cases.services.handing_over import (
    AlreadyAnswered,
    accept_hand_over,
    ask_hand_over,
    return_hand_over,
)
from lingzhi.cases.services.moving import (
    FieldsMissing,
    HandOverOpen,
    NoSuchStep,
    NotFedBack,
    NotYourStep,
    move_case,
)
from lingzhi.cases.services.numbering import set_pattern
from lingzhi.cases.services.telling import NothingToldYet, Told, record_answer, tell_customer
from lingzhi.cases.services.working import assign_case, note_on_case
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, calendar, at) -> Case:
    at("2026-11-20 10:00")
    return make_case(by=cast.bo, unit=cast.first)


def kinds(case: Case) -> list[str]:
    return list(case.events.values_list("kind", flat=True))


def test_a_number_has_year_month_and_serial(cast, calendar, at):
    at("2026-11-20 10:00")
    first = make_case(by=cast.bo, unit=cast.first)
    second = make_case(by=cast.bo, unit=cast.first)
    at("2026-12-01 10:00")
    third = make_case(by=cast.bo, unit=cast.first)
    assert [first.number, second.number, third.number] == ["2026110001", "2026110002", "2026120001"]


def test_a_case_that_was_not_opened_took_no_number(cast, case):
    with pytest.raises(BadInput):
        make_case(by=cast.bo, unit=cast.first, title=" ")
    with transaction.atomic():
        make_case(by=cast.bo, unit=cast.first)
        transaction.set_rollback(True)
    assert make_case(by=cast.bo, unit=cast.first).number == "2026110002"


def test_the_pattern_is_a_setting(cast, case):
    set_pattern("case", "KH-{year}-{serial:6}", by=cast.quan)
    assert make_case(by=cast.bo, unit=cast.first).number == "KH-2026-000001"
    with pytest.raises(BadInput):
        set_pattern("case", "{month}{serial:4}", by=cast.quan)


@pytest.mark.parametrize(
    ("pattern", "is_good"),
    [
        ("{year}{month}{serial:4}", True),
        ("{serial}", True),
        ("{year}", False),
        ("{day}{serial}", False),
        ("{serial}{serial}", False),
        ("{year}{colour}{serial}", False),
    ],
)
def test_a_pattern_never_gives_a_number_twice(pattern, is_good):
    assert is_pattern(pattern) is is_good


def test_the_serial_begins_anew_with_the_finest_part_of_the_date():
    day = date(2026, 11, 20)
    assert period_of("{year}{month}{day}-{serial}", day) == "20261120"
    assert number_of("{year}{month}{day}-{serial:3}", day, 7) == "20261120-007"


def test_personal_data_is_masked(cast, case):
    found = make_case(by=cast.bo, unit=cast.first, description="请回电13800002071")
    assert "13800002071" not in found.description


def test_it_goes_through_the_flow(cast, case):
    in_work(case, by=cast.bo)
    make_closed(case, by=cast.bo)
    assert (case.kind, case.state, case.closed_by) == ("closed", "closed", cast.bo)
    assert kinds(case) == [
        "opened", "moved", "assigned", "moved", "moved", "moved", "told", "answered", "moved",
    ]  # fmt: skip
    assert Entry.objects.filter(action="cases.moved").count() == 5


def test_no_step_leads_elsewhere(cast, case):
    with pytest.raises(NoSuchStep):
        step(case, "close", by=cast.bo)


def test_a_step_needs_its_fields(cast, calendar, at):
    at("2026-11-20 10:00")
    case = make_case(by=cast.bo, unit=cast.first, demand="")
    with pytest.raises(FieldsMissing) as found:
        step(case, "register", by=cast.bo)
    assert found.value.fields == ["demand"]


def test_a_step_is_for_who_holds_its_right(cast, case):
    with pytest.raises(NotYourStep):
        step(case, "register", by=cast.nora)


def test_a_wait_needs_a_reason(cast, case):
    in_work(case, by=cast.bo)
    with pytest.raises(BadInput):
        step(case, "wait", by=cast.bo, reason=" ")


def test_it_closes_only_after_feedback_and_answer(cast, case):
    step(in_work(case, by=cast.bo), "solve", by=cast.bo)
    with pytest.raises(NothingToldYet):
        record_answer(case, "satisfied", seen=case.revision, by=cast.bo)
    with pytest.raises(NotFedBack):
        step(case, "close", by=cast.bo)
    tell_customer(case, Told("已送达"), seen=case.revision, by=cast.bo)
    with pytest.raises(NotFedBack):
        step(case, "close", by=cast.bo)
    with pytest.raises(BadInput):  # an objection is in words
        record_answer(case, "objects", seen=case.revision, by=cast.bo)
    record_answer(case, "objects", objection="太慢", seen=case.revision, by=cast.bo)
    step(case, "close", by=cast.bo)
    assert (case.kind, case.objection) == ("closed", "太慢")


def test_the_database_holds_the_closed_loop(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(kind="closed")


def test_reopening_begins_a_new_cycle(cast, case):
    make_closed(in_work(case, by=cast.bo), by=cast.bo)
    step(case, "reopen", by=cast.bo)
    assert (case.kind, case.cycle, case.satisfaction, case.closed_at) == ("open", 2, "", None)
    assert "reopened" in kinds(case)


def test_the_customer_is_told_how_by_when_and_in_which_way(cast, case):
    past = now() - timedelta(hours=1)
    for told in (Told(""), Told("核实", None, "phone"), Told("核实", past, "phone")):
        with pytest.raises(BadInput):
            tell_customer(case, told, seen=case.revision, by=cast.bo)
    tell(case, by=cast.bo)
    event = case.events.get(kind="told")
    assert (event.way, event.is_public, bool(event.expected_at)) == ("phone", True, True)


def test_who_comes_second_is_told(cast, case):
    seen = case.revision
    move_case(case, "register", seen=seen, by=cast.bo)
    with pytest.raises(CaseChanged):
        assign_case(case, cast.bea, seen=seen, by=cast.ada)


def test_owner_and_handler_are_two(cast, case):
    assert (case.owner, case.handler) == (cast.bo, None)
    assign_case(case, cast.bea, seen=case.revision, by=cast.ada)
    assert (case.owner, case.handler) == (cast.bo, cast.bea)
    assert Notice.objects.filter(person=cast.bea, is_todo=True, ended_at=None).count() == 1
    assert not Notice.objects.filter(person=cast.ada, ended_at=None).exists()  # no longer waits


def test_another_unit_gets_it_by_hand_over_only(cast, case):
    with pytest.raises(BadInput):
        assign_case(case, cast.chen, seen=case.revision, by=cast.ada)
    offer = ask_hand_over(case, cast.second, reason="归二组", seen=case.revision, by=cast.bo)
    case.refresh_from_db()
    assert (case.unit, case.handler) == (cast.first, None)
    assert Notice.objects.filter(person=cast.cai, is_todo=True).count() == 1
    with pytest.raises(HandOverOpen):
        step(case, "solve_at_once", by=cast.bo)
    accept_hand_over(offer, by=cast.chen)
    case.refresh_from_db()
    assert (case.unit, case.handler, case.owner) == (cast.second, cast.chen, cast.bo)
    with pytest.raises(AlreadyAnswered):
        return_hand_over(offer, reason="不是我们", by=cast.cai)


def test_a_hand_over_is_returned_with_a_reason(cast, case):
    offer = ask_hand_over(case, cast.second, reason="归二组", seen=case.revision, by=cast.bo)
    with pytest.raises(BadInput):
        return_hand_over(offer, reason="", by=cast.cai)
    return_hand_over(offer, reason="资料不全", by=cast.cai)
    case.refresh_from_db()
    assert case.unit == cast.first
    assert Notice.objects.filter(person=cast.bo, body="资料不全").exists()
    assert case.events.get(kind="hand_over_returned").text == "资料不全"


def test_a_note_is_internal_unless_it_is_public(cast, case):
    note_on_case(case, "已查物流", by=cast.bea)
    assert CaseEvent.objects.filter(kind="noted", is_public=False, by=cast.bea).count() == 1
