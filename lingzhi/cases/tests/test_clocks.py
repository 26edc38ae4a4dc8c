from datetime import date

import pytest

from lingzhi.cases.factories import in_work, make_case, make_closed, step, tell
from lingzhi.cases.models import Case, Clock, ClockRule
from lingzhi.cases.queries.rules import rules_for
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.cases.tests.conftest import ZONE
from lingzhi.core.clock import today
from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Segment
from lingzhi.customers.services.segments import put_into, take_usual_segments
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, calendar, at) -> Case:
    """Opened on Friday at 17:00; resolution takes three working days, to the end of the day."""
    at("2026-03-06 17:00")
    return make_case(by=cast.bo, unit=cast.first)


def clock(case: Case, kind: str) -> Clock:
    return case.clocks.filter(kind=kind).latest("number")


def local(moment) -> str:
    return moment.astimezone(ZONE).strftime("%m-%d %H:%M")


def test_clocks_count_business_time(case):
    assert local(clock(case, "first_response").due_at) == "03-09 10:00"  # an hour is left on Monday
    assert local(clock(case, "resolution").due_at) == "03-11 18:00"
    assert case.next_due_at == clock(case, "own").due_at


def test_an_answer_in_time_is_met_and_one_too_late_stays_late(cast, case, at):
    at("2026-03-09 09:30")
    tell(case, by=cast.bo)
    assert clock(case, "first_response").verdict == "met"
    at("2026-03-12 09:00")
    make_closed(in_work(case, by=cast.bo), by=cast.bo)
    found = clock(case, "resolution")
    assert (found.verdict, local(found.judged_at)) == ("late", "03-11 18:00")
    at("2026-03-12 09:30")
    step(case, "reopen", by=cast.bo)
    found.refresh_from_db()
    assert found.verdict == "late"
    again = clock(case, "resolution")
    assert (again.cycle, again.verdict, local(again.due_at)) == (2, "", "03-17 18:00")


def test_a_wait_gives_back_its_business_time(cast, case, at):
    in_work(case, by=cast.bo)
    at("2026-03-09 10:00")
    step(case, "wait", by=cast.bo, reason="等客户补材料")
    paused = clock(case, "resolution")
    assert (paused.state, paused.due_at) == ("paused", None)
    at("2026-03-10 10:00")
    step(case, "go_on", by=cast.bo)
    assert local(clock(case, "resolution").due_at) == "03-12 18:00"
    assert paused.events.get(kind="paused").reason == "等客户补材料"


def test_a_promise_is_a_clock_of_its_own(cast, case, at):
    in_work(tell(case, by=cast.bo), by=cast.bo)
    assert local(clock(case, "promise").due_at) == "03-07 17:00"  # what was said, on a Saturday
    tell(case, by=cast.bo, hours=48)
    assert [one.verdict for one in case.clocks.filter(kind="promise")] == ["cancelled", ""]
    make_closed(case, by=cast.bo)
    assert clock(case, "promise").verdict == "met"


def test_what_runs_over_is_told_exactly_once(cast, case, at):
    at("2026-03-06 17:50")
    assert watch_clocks() == 1  # 45 of 60 minutes have passed
    at("2026-03-06 18:00")
    assert watch_clocks() == 0  # the limit itself is in time
    at("2026-03-09 09:00")
    assert watch_clocks() >= 1
    assert watch_clocks() == 0
    case.refresh_from_db()
    assert (clock(case, "own").verdict, case.is_late) == ("late", True)
    told = Notice.objects.filter(matter=f"cases.clock/{clock(case, 'own').pk}/late")
    assert [one.person for one in told] == [cast.ada]
    assert case.events.filter(kind="late", step="own", by=None).count() == 1


def test_an_unpublished_calendar_gives_no_date_until_it_is_published(cast, calendar, at):
    calendar.published_until = date(2026, 3, 8)
    calendar.save()
    at("2026-03-06 17:00")
    case = make_case(by=cast.bo, unit=cast.first)
    unknown = clock(case, "resolution")
    assert (unknown.due_at, unknown.unpublished_on) == (None, date(2026, 3, 9))
    calendar.published_until = date(2026, 12, 31)
    calendar.save()
    watch_clocks()
    assert local(clock(case, "resolution").due_at) == "03-11 18:00"


def test_without_a_calendar_nothing_is_guessed(cast, calendar, at):
    Calendar.objects.update(is_default=False)
    at("2026-03-06 17:00")
    case = make_case(by=cast.bo, unit=cast.first)
    in_work(case, by=cast.bo)
    step(case, "solve", by=cast.bo)
    assert set(case.clocks.values_list("due_at", "verdict")) <= {(None, ""), (None, "cancelled")}


def test_the_rule_that_names_most_wins(cast, case):
    narrow = ClockRule.objects.get(code="resolution")
    narrow.pk, narrow.code, narrow.type, narrow.amount = None, "mine", case.type, 9
    narrow.save()
    assert rules_for(case, ["resolution"], today())["resolution"].code == "mine"
    take_usual_segments(by=None)
    lay_built_ins(by=None)
    case.customer = make_customer(by=cast.bo)
    put_into(case.customer, Segment.objects.get(code="important"), by=cast.bo)
    ClockRule.objects.filter(code="resolution_important").update(type=case.type)
    assert rules_for(case, ["resolution"], today())["resolution"].code == "resolution_important"


def test_a_rule_that_ended_starts_no_clock(cast, calendar, at, case):
    ClockRule.objects.filter(kind="own").update(to_on=date(2026, 3, 5))
    other = make_case(by=cast.bo, unit=cast.first)
    assert not other.clocks.filter(kind="own").exists()


def test_one_with_a_handler_was_taken_on(cast, case):
    other = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    assert not other.clocks.filter(kind="own").exists()
