"""The agent's desk, the next case for me, the team leader's board, repeat calls."""

from datetime import date

import pytest
from django.urls import reverse

from lingzhi.cases.factories import in_work, make_case, make_closed
from lingzhi.cases.measures.repeats import MEASURES
from lingzhi.cases.models import Case
from lingzhi.cases.services.handing_over import ask_hand_over
from lingzhi.cases.services.taking import HandsFull, take_next
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.customers.factories import make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(calendar, at) -> None:
    at("2026-11-20 10:00")


def page(name: str) -> str:
    return reverse(f"cases:{name}")


def test_the_desk_shows_what_waits_for_one_person(cast, as_):
    mine = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    other = make_case(by=cast.chen, unit=cast.second, handler=cast.chen)
    offer = ask_hand_over(other, cast.first, reason="?", seen=other.revision, by=cast.chen)
    call("T1", "20")
    shown = as_(cast.bo).get(page("desk")).context
    assert [one.case for one in shown["cases"]] == [mine]
    assert list(shown["offers"]) == [offer]
    assert [one.external_id for one in shown["contacts"]] == ["T1"]
    assert shown["standing"]["open"] == 1


def test_the_next_case_is_urgent_first_and_then_what_one_knows(cast):
    technical = {"type_code": "repair", "unit": cast.first, "by": cast.bea}
    make_closed(in_work(make_case(**technical), by=cast.bo), by=cast.bo)
    make_case(by=cast.bea, unit=cast.first, type_code="business")
    known = make_case(**technical)
    urgent = make_case(by=cast.bea, unit=cast.first, type_code="complaint")
    assert [take_next(by=cast.bo), take_next(by=cast.bo)] == [urgent, known]
    known.refresh_from_db()
    assert known.handler == cast.bo


def test_complex_cases_go_to_senior_staff_and_nobody_gets_too_many(cast, monkeypatch):
    make_case(by=cast.bea, unit=cast.first, type_code="technical")
    assert take_next(by=cast.bo) is None  # whose first day is not known is not senior
    cast.bo.hired_on = date(2020, 1, 1)
    assert take_next(by=cast.bo) is not None
    monkeypatch.setattr("lingzhi.cases.services.taking.FULL", 1)
    with pytest.raises(HandsFull):
        take_next(by=cast.bo)


def test_the_team_board_shows_who_has_what_in_hand(cast, as_):
    make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    late = make_case(by=cast.bo, unit=cast.first, handler=cast.bea)
    Case.objects.filter(pk=late.pk).update(is_late=True)
    make_case(by=cast.chen, unit=cast.second, handler=cast.chen)
    shown = as_(cast.ada).get(page("team_desk")).context
    assert [(one.person, one.open, one.late) for one in shown["loads"]] == [
        ("Bea", 1, 1), ("Bo", 1, 0),
    ]  # fmt: skip
    assert as_(cast.bo).get(page("team_desk")).status_code == 403


def call(number: str, day: str, customer: object = None) -> Contact:
    begun = f"2026-11-{day} 09:0"
    found = make_contact(
        number, agent="1002", direction="in", started_at=begun + "0:00",
        answered_at=begun + "0:05", ended_at=begun + "4:00",
    )  # fmt: skip
    Contact.objects.filter(pk=found.pk).update(customer=customer)
    found.refresh_from_db()
    return found


def test_who_calls_again_about_an_open_matter_is_a_repeat(cast, at, as_):
    customer = make_customer(phone="13800002071")
    at("2026-11-16 09:10")
    first = call("R1", "16", customer)
    make_case(by=cast.bo, unit=cast.first, contact=first)
    at("2026-11-27 10:00")
    again = call("R2", "18", customer)
    call("R3", "26", customer)
    call("R4", "18", make_customer(phone="13900000001"))
    call("R5", "18")
    [cells] = [list(one.cells({"days": 7}, date(2026, 11, 1), date(2026, 11, 30)))
               for one in MEASURES]  # fmt: skip
    assert sum(one.numerator for one in cells) == 1
    assert sum(one.denominator for one in cells) == 4
    assert sum(one.unknown for one in cells) == 1
    at("2026-11-19 10:00")
    assert list(as_(cast.ada).get(page("team_desk")).context["repeats"]) == [again]
