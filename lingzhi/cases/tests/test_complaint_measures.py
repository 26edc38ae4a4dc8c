"""K14–K19 against complaints counted by hand."""

from datetime import date

import pytest

from lingzhi.cases.factories import make_case, step
from lingzhi.cases.models import Case, Clock
from lingzhi.cases.services.blames import decide_blame, propose_blame
from lingzhi.cases.services.complaint_steps import record_handling
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.tests.complaining import complain, decided, fresh
from lingzhi.contacts.factories import make_contact
from lingzhi.core.measures import Place, measures

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def november(cast, calendar, at):
    """One complaint closed and satisfied, one open, one not taken up; and a case beside them."""
    at("2026-11-20 10:00")
    closed = decided(complain(by=cast.bo), by=cast.ada)
    blame = propose_blame(closed, cast.first, None, "检测漏项", by=cast.ada)
    decide_blame(blame, "属实", is_at_fault=True, by=cast.quan)
    at("2026-11-20 12:00")
    case = fresh(closed).case
    tell_customer(case, Told("退货"), seen=case.revision, by=cast.ada)
    record_answer(case, "satisfied", seen=case.revision, by=cast.ada)
    step(case, "close", by=cast.ada)
    record_handling(fresh(closed), "neutral", by=cast.ada)
    complain(by=cast.bo)
    step(complain(by=cast.bo).case, "refuse", reason="不属本公司", by=cast.ada)
    make_case(by=cast.bo, unit=cast.first)


def total(code: str, **params: str) -> tuple[float, float, int]:
    cells = list(measures()[f"cases.{code}"].cells(params, DAY, DAY))
    return (
        sum(one.numerator for one in cells), sum(one.denominator for one in cells),
        sum(one.unknown for one in cells),
    )  # fmt: skip


def test_each_indicator_is_what_one_counts_by_hand(november):
    assert total("complained", per="case") == (3, 4, 0)
    assert total("complaints_solved") == (1, 2, 0)
    assert total("complaints_in_time") == (1, 1, 0)
    assert total("complaint_seconds") == (7200, 1, 0)
    assert total("complaint_satisfied", about="outcome") == (1, 1, 0)
    assert total("complaint_satisfied", about="handling") == (0, 1, 0)
    assert total("complaint_fault") == (1, 1, 0)
    judged = Clock.objects.filter(case__complaint__isnull=False, verdict__in=("met", "late"))
    assert total("complaint_clocks") == (judged.filter(verdict="met").count(), judged.count(), 0)


def test_complaints_are_counted_of_conversations_too(cast, calendar, at):
    at("2026-11-20 10:00")
    phones = ("13800002071", "13800002071", "13800002072", "")
    talks = [
        make_contact(
            f"C{number}", agent="1002", started_at="2026-11-20 09:00:00", customer_phone=phone,
            turns="客户:你好",
        )
        for number, phone in enumerate(phones)
    ]  # fmt: skip
    complain(by=cast.bo, contact=talks[0])
    complain(by=cast.bo)
    assert total("complained", per="conversation") == (1, 4, 0)
    assert total("complained", per="customer") == (1, 2, 1)


def test_a_figure_leads_to_its_complaints(november, cast):
    measure = measures()["cases.complaints_solved"]
    rows = measure.rows({}, Place(unit_path=cast.first.path), DAY, DAY)
    assert [row.numerator for row in rows] == [0.0, 1.0]
    assert measure.rows({}, Place(unit_path=cast.second.path), DAY, DAY) == []


def test_late_handling_is_not_in_time(november):
    Clock.objects.filter(kind="resolution", case__kind=Case.Kind.CLOSED).update(verdict="late")
    assert total("complaints_in_time") == (0, 1, 0)
    Clock.objects.filter(kind="resolution").delete()
    assert total("complaints_in_time") == (0, 0, 1)
