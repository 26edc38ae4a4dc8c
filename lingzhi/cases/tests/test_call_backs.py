"""Calling back, closing without the customer, exclusion from appraisal, hidden complainants."""

import pytest
from django.urls import reverse

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide, set_chain
from lingzhi.audit.models import Entry
from lingzhi.cases.factories import dispatched, make_case, signed_and_answered
from lingzhi.cases.models import Case, WorkOrder
from lingzhi.cases.queries.orders import counted
from lingzhi.cases.services.calling_back import (
    CalledBack,
    NoChainForExclusion,
    NotToBeCalled,
    TriedTooLittle,
    ask_exclusion,
    call_back,
    close_unreached,
)
from lingzhi.cases.services.directory import set_dispatch
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.order_reviews import OwnAnswer, pass_review
from lingzhi.cases.services.secrecy import (
    NotTheSecrecyPost,
    hide_complainant,
    look_at_complainant,
    show_complainant,
)
from lingzhi.cases.services.telling import record_answer
from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.errors import BadInput
from lingzhi.org.models import Post
from lingzhi.org.services import hold_post, seed_posts

pytestmark = pytest.mark.django_db
NO_ANSWER = CalledBack("no_answer", "外呼 0001")


@pytest.fixture
def case(cast, calendar, at) -> Case:
    at("2026-11-20 10:00")
    return make_case(by=cast.bo, unit=cast.hotline, type_code="demand", handler=cast.bo)


@pytest.fixture
def order(cast, case) -> WorkOrder:
    """Signed for, answered, passed: the customer is to be called."""
    made = signed_and_answered(dispatched(case, cast.second, by=cast.bo), by=cast.chen)
    case.refresh_from_db()
    pass_review(case, seen=case.revision, by=cast.quan)
    return made


def test_what_the_customer_says_stands_on_the_order(cast, case, order):
    with pytest.raises(OwnAnswer):
        call_back(case, NO_ANSWER, seen=case.revision, by=cast.chen)
    said = CalledBack("reached", "", True, None, "satisfied")
    call_back(case, said, seen=case.revision, by=cast.bo)
    order.refresh_from_db()
    assert (order.is_contacted, order.is_solved, order.is_satisfied) == (True, None, True)
    assert (case.satisfaction, bool(case.fed_back_at)) == ("satisfied", True)
    with pytest.raises(BadInput):  # nobody says of themselves that they were not reached
        record_answer(case, "unreached", seen=case.revision, by=cast.bo)
    move_case(case, "close", seen=case.revision, by=cast.bo)
    assert case.is_closed


def test_nobody_is_called_before_the_review(cast, case):
    with pytest.raises(NotToBeCalled):
        call_back(case, NO_ANSWER, seen=case.revision, by=cast.bo)


def test_closed_without_the_customer_after_tries_on_days_and_hours(cast, case, order, at):
    with pytest.raises(BadInput):  # a try has its proof
        call_back(case, CalledBack("no_answer"), seen=case.revision, by=cast.bo)
    for moment in ("2026-11-20 14:00", "2026-11-20 16:00", "2026-11-20 17:00"):
        at(moment)
        call_back(case, NO_ANSWER, seen=case.revision, by=cast.bo)
    with pytest.raises(TriedTooLittle):  # three times, but on one day
        close_unreached(case, reason="多次未接通", seen=case.revision, by=cast.bo)
    at("2026-11-23 09:30")
    call_back(case, NO_ANSWER, seen=case.revision, by=cast.bo)
    close_unreached(case, reason="多次未接通", seen=case.revision, by=cast.bo)
    order.refresh_from_db()
    assert (case.kind, case.satisfaction, case.fed_back_at) == ("closed", "unreached", None)
    assert order.is_satisfied is None  # unknown counts neither way


def test_an_order_is_left_out_only_when_all_agreed(cast, case, order, run_jobs, hold):
    with pytest.raises(NoChainForExclusion):
        ask_exclusion(order, "客户要求延期", by=cast.bo)
    set_chain("cases.exclude_order", ["quality_manager"], by=cast.sol)
    ask_exclusion(order, "客户要求延期", by=cast.bo)
    assert counted(WorkOrder.objects.all()).count() == 1
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.quan)
    run_jobs()
    order.refresh_from_db()
    assert order.is_excluded
    assert counted(WorkOrder.objects.all()).count() == 0


def test_a_hidden_complainant_is_seen_by_the_post_and_every_look_is_recorded(cast, case, as_):
    talk = make_contact("HID-1")
    Contact.objects.filter(pk=talk.pk).update(agent=cast.bo, unit=cast.first)
    Case.objects.filter(pk=case.pk).update(contact=talk)
    url = reverse("cases:case", args=[case.pk])
    assert "HID-1" in as_(cast.bo).get(url).text
    hide_complainant(case, ground="实名举报", by=cast.bo)
    for person in (cast.bo, cast.quan):
        assert "HID-1" not in as_(person).get(url).text
    with pytest.raises(NotTheSecrecyPost):
        look_at_complainant(case, reason="核实", by=cast.quan)
    seed_posts(by=None)
    post = Post.objects.get(code="complaint_officer")
    hold_post(cast.quan, post, cast.hotline, from_on=LONG_AGO, by=None)
    assert as_(cast.quan).post(f"{url}complainant/", {"reason": ""}).status_code == 422
    found = as_(cast.quan).post(f"{url}complainant/", {"reason": "依法核实"})
    assert (found.status_code, found["Cache-Control"]) == (200, "no-store")
    assert Entry.objects.get(action="cases.complainant_seen").reason == "依法核实"
    show_complainant(case, reason="举报人同意公开", by=cast.quan)
    assert "HID-1" in as_(cast.bo).get(url).text
    hide_complainant(case, ground="再次要求保密", by=cast.bo)


def test_the_settings_say_how_often_one_tries(cast, case, order):
    set_dispatch({"tries": 1, "try_days": 1, "try_hours": 1}, by=cast.quan)
    call_back(case, NO_ANSWER, seen=case.revision, by=cast.bo)
    close_unreached(case, reason="未接通", seen=case.revision, by=cast.bo)
    assert case.is_closed
