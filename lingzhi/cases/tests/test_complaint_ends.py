from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.models import Complaint, Dispute
from lingzhi.cases.queries.alike import group_of, repeats_of
from lingzhi.cases.queries.complaint_counts import DIMENSIONS
from lingzhi.cases.services.alike import link_alike
from lingzhi.cases.services.blames import decide_blame, hear, propose_blame
from lingzhi.cases.services.complaint_steps import record_handling
from lingzhi.cases.services.goods import note_goods
from lingzhi.cases.subjects import CASES
from lingzhi.cases.tests.complaining import complain, decided, fresh, taken_on, verified
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.customers.services.known import customers_for
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(calendar, at):
    at("2026-11-20 10:00")


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def test_repeats_and_groups_are_found_and_linked(cast):
    customer = customers_for([{"phone": "13800002071"}])[0]
    first = complain(by=cast.bo, customer=customer)
    again = complain(by=cast.bo, customer=customer)
    other = complain(by=cast.bo)
    for one in (first, other):
        note_goods(one, product="空调", part_number="KT-1", quantity=1, defective=1, by=cast.bo)
    assert list(repeats_of(again)) == [first]
    assert list(group_of(other)) == [first]
    link_alike(again, first.pk, by=cast.ada)
    link_alike(other, first.pk, by=cast.ada)
    assert fresh(again).repeats_id == fresh(other).group_id == first.pk
    with pytest.raises(BadInput):
        link_alike(again, other.pk, by=cast.ada)


def test_a_letter_is_told_and_printed(as_, cast):
    made = complain(by=cast.bo)
    client = as_(cast.ada)
    url = page("complaint_act", made.pk, "letter-received")
    shown = client.get(url).context["form"]
    assert made.case.number in shown["text"].value()
    sent = {"revision": made.case.revision, "text": "已受理", "way": "email",
            "expected_at": (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")}  # fmt: skip
    assert client.post(url, sent).status_code == 302
    told = made.case.events.get(kind="told")
    assert made.case.clocks.get(kind="first_response").verdict == "met"
    assert client.get(page("letter", made.pk, told.pk)).status_code in (200, 409)
    assert client.get(page("letter", made.pk, 999_999)).status_code == 404


def test_proceedings_outside_keep_their_papers(as_, cast):
    made = taken_on(complain(by=cast.bo), by=cast.ada)
    client = as_(cast.ada)
    sent = {"kind": "mediation", "body": "区消费者协会", "began_on": "2026-11-20"}
    client.post(page("complaint_act", made.pk, "dispute"), sent)
    dispute = Dispute.objects.get()
    url = page("complaint_item", made.pk, "dispute-paper", dispute.pk)
    wrong = {"title": "调解书", "file": SimpleUploadedFile("a.exe", b"MZ")}
    assert client.post(url, wrong).status_code == 422
    paper = {"title": "调解书", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4")}
    assert client.post(url, paper).status_code == 302
    assert dispute.papers.get().file.sha256
    end = page("complaint_item", made.pk, "dispute-end", dispute.pk)
    assert client.post(end, {"ended_on": "2026-11-19", "result": "和解"}).status_code == 422
    assert client.post(end, {"ended_on": "2026-11-25", "result": "和解"}).status_code == 302
    assert "调解书" in client.get(page("complaint", made.pk)).text


def test_who_complains_is_shown_by_need_and_written_down(as_, cast):
    customer = customers_for([{"phone": "13800002071"}])[0]
    made = complain(by=cast.chen, accused_unit=cast.first, customer=customer)
    client, url = as_(cast.ada), page("complainant", made.pk)
    assert client.get(page("complaint", made.pk)).context["is_hidden"]
    assert client.post(url, {"reason": ""}).status_code == 422
    assert not Entry.objects.filter(action="cases.complainant_viewed").exists()
    assert client.post(url, {"reason": "需上门道歉"}).context["identifiers"]
    assert Entry.objects.get(action="cases.complainant_viewed").reason == "需上门道歉"
    assert as_(cast.bea).post(url, {"reason": "好奇"}).status_code == 403


def test_frequent_complaints_are_a_to_do_for_the_leader(cast):
    for number in range(3):
        made = verified(taken_on(complain(by=cast.bo), by=cast.ada), by=cast.ada)
        blame = propose_blame(made, cast.first, cast.bea, "未按流程", by=cast.ada)
        hear(blame, "有异议", by=cast.bea)
        blame.refresh_from_db()
        decide_blame(blame, "属实", is_at_fault=True, by=cast.quan)
        told = Notice.objects.filter(matter__startswith=f"cases.frequent/{cast.bea.pk}")
        assert told.count() == (1 if number == 2 else 0)
    assert told.get().is_todo
    assert "3" in told.get().body


def test_satisfaction_with_the_handling_stands_apart(cast):
    made = decided(complain(by=cast.bo), by=cast.ada)
    record_handling(made, "dissatisfied", by=cast.ada)
    made = fresh(made)
    assert (made.handling_satisfaction, made.case.satisfaction) == ("dissatisfied", "")


@pytest.mark.parametrize("by", DIMENSIONS)
def test_complaints_are_counted_by_each_dimension(as_, cast, by):
    decided(complain(by=cast.bo, grade="important"), by=cast.ada)
    day = date(2026, 11, 20).isoformat()
    answer = as_(cast.ada).get(page("complaint_counts"), {"by": by, "first": day, "last": day})
    [line] = answer.context["lines"]
    assert (line.number, line.decided, line.upheld, line.at_fault) == (1, 1, 1, 0)
    assert Complaint.objects.count() == 1


def test_what_was_written_about_a_complainant_goes_with_them(cast):
    customer = customers_for([{"phone": "13800002071"}])[0]
    assert customer is not None
    made = verified(taken_on(complain(by=cast.bo, customer=customer), by=cast.ada), by=cast.ada)
    [held] = CASES.held([customer.pk])
    assert held["complaint"]["verification"] == made.verification
    CASES.erase([customer.pk])
    assert (fresh(made).verification, fresh(made).verified_at) == ("", made.verified_at)
