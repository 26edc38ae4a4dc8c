import pytest
from django.urls import reverse

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide, set_chain
from lingzhi.cases.factories import in_work, make_case, step, tell
from lingzhi.cases.models import Case, Clock, ClockRule
from lingzhi.cases.queries.ledgers import ledger_of, lines_of
from lingzhi.cases.services.extending import NobodyToAsk, ask_pause
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.cases.tests.conftest import ZONE
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
RULE = {"code": "resolution"}


@pytest.fixture
def case(cast, calendar, at) -> Case:
    """Opened on Friday at 17:00, in work; due on Wednesday when work ends."""
    at("2026-03-06 17:00")
    lay_built_ins(by=None)
    return in_work(make_case(by=cast.bo, unit=cast.first, handler=cast.bo), by=cast.bo)


def clock(case: Case) -> Clock:
    return case.clocks.get(kind="resolution")


def due(case: Case) -> str:
    found = clock(case).due_at
    return found.astimezone(ZONE).strftime("%m-%d %H:%M") if found else ""


SENT = {"amount": 2, "unit": "working_days", "reason": "等配件", "expected_at": "2026-03-13T18:00"}


def test_more_time_waits_for_approval_and_for_a_word_to_the_customer(
    cast, case, as_, hold, run_jobs
):
    set_chain("cases.extend", ["supervisor"], by=cast.sol)
    hold(cast.nora, "supervisor", cast.hotline)
    url = reverse("cases:extend", args=[clock(case).pk])
    as_(cast.bo).post(url, SENT)
    assert due(case) == "03-11 18:00"
    assert as_(cast.bo).post(url, SENT).status_code == 409  # once at a time
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    assert due(case) == "03-13 18:00"
    waiting = Notice.objects.filter(matter=f"cases.case/{case.pk}/promise", ended_at=None)
    assert waiting.get().person == cast.bo
    case.refresh_from_db()
    tell(case, by=cast.bo)
    assert not waiting.exists()


def test_without_a_chain_who_assigns_grants_it(cast, case, as_):
    url = reverse("cases:extend", args=[clock(case).pk])
    assert as_(cast.bo).post(url, SENT).status_code == 409
    assert as_(cast.ada).post(url, {**SENT, "expected_at": "2026-03-01T10:00"}).status_code == 422
    as_(cast.ada).post(url, SENT)
    assert due(case) == "03-13 18:00"


def test_more_time_after_the_deadline_leaves_it_late(cast, case, at, as_):
    at("2026-03-12 09:00")
    watch_clocks()
    as_(cast.ada).post(reverse("cases:extend", args=[clock(case).pk]), SENT)
    assert (clock(case).verdict, due(case)) == ("late", "03-13 18:00")


def test_a_wait_gives_back_no_more_than_its_cap(cast, calendar, at):
    at("2026-03-06 17:00")
    lay_built_ins(by=None)
    ClockRule.objects.filter(**RULE).update(pause_cap=120, amount=8, unit="hours")
    ClockRule.objects.filter(**RULE).update(ends_with_day=False)
    case = in_work(make_case(by=cast.bo, unit=cast.first, handler=cast.bo), by=cast.bo)
    at("2026-03-09 09:00")
    step(case, "wait", by=cast.bo, reason="等客户")
    assert (clock(case).state, due(case)) == ("paused", "")
    at("2026-03-09 10:59")
    watch_clocks()
    assert clock(case).state == "paused"
    at("2026-03-09 11:00")
    watch_clocks()
    assert (clock(case).state, due(case)) == ("running", "03-10 10:00")
    at("2026-03-09 15:00")
    step(case, "go_on", by=cast.bo)
    assert due(case) == "03-10 10:00"


def test_a_wait_that_needs_approval_counts_on_until_then(cast, calendar, at):
    at("2026-03-06 17:00")
    lay_built_ins(by=None)
    ClockRule.objects.filter(**RULE).update(pause_needs_approval=True)
    case = in_work(make_case(by=cast.bo, unit=cast.first, handler=cast.bo), by=cast.bo)
    step(case, "wait", by=cast.bo, reason="等客户")
    assert (clock(case).state, due(case)) == ("running", "03-11 18:00")
    at("2026-03-09 17:00")
    with pytest.raises(NobodyToAsk):
        ask_pause(clock(case), by=cast.bo)
    ask_pause(clock(case), by=cast.ada)
    assert clock(case).state == "paused"
    step(case, "go_on", by=cast.bo)
    assert due(case) == "03-12 18:00"
    ledger = ledger_of(clock(case), lines_of(clock(case)))
    assert [pause.reason for pause in ledger.pauses] == ["等客户"]
