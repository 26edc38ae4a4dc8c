"""What is noted about a customer, and what comes of it."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Care, FeeNotice, Need, Opinion, Segment
from lingzhi.notifications.models import Notice

GIVEN = {
    "deliveries": {"kind": "project", "number": "HT-1", "name": "净水工程", "quantity": 1,
                   "delivered_on": "2026-03-01"},
    "needs": {"source": "contact", "words": "希望次日送达"},
    "care": {"kind": "call", "words": "节日问候"},
    "fees": {"matter": "上门维修", "amount": "80", "method": "按次"},
    "warnings": {"risk": "中奖诈骗", "words": "谨防转账", "channel": "phone"},
    "consents": {"purpose": "survey", "is_given": "no", "words": "不要再打"},
}  # fmt: skip


@pytest.fixture
def customer(cast):
    return make_customer(phone="13800002071")


def add(customer, kind):
    return reverse("customers:add_note", args=[customer.pk, kind])


def settle(row, kind, act):
    return reverse("customers:settle_note", args=[row.customer_id, kind, row.pk, act])


@pytest.mark.parametrize("kind", GIVEN)
def test_an_agent_notes_it_and_the_page_shows_it(as_, cast, customer, kind):
    assert as_(cast.bo).post(add(customer, kind), GIVEN[kind]).status_code == 302
    shown = as_(cast.bo).get(reverse("customers:notes", args=[customer.pk, kind]))
    assert "Bo" in shown.content.decode()
    assert Entry.objects.filter(action="customers.noted").count() == 1
    assert as_(cast.bo).post(add(customer, kind), {"words": ""}).status_code == 422


def test_words_are_kept_masked(as_, cast, customer):
    as_(cast.bo).post(add(customer, "care"), {"kind": "call", "words": "回电 13900001111"})
    assert "13900001111" not in Care.objects.get().words


def test_only_who_keeps_files_notes_something(as_, cast, customer):
    assert as_(cast.ines).post(add(customer, "care"), GIVEN["care"]).status_code == 403
    assert as_(cast.nora).post(add(customer, "care"), GIVEN["care"]).status_code == 404
    assert as_(cast.bo).post(add(customer, "managers"), {}).status_code == 404
    assert as_(cast.bo).post(add(customer, "rumours"), {}).status_code == 404


def test_expected_and_provided_are_compared_once(as_, cast, customer):
    as_(cast.bo).post(add(customer, "needs"), GIVEN["needs"])
    need = Need.objects.get()
    given = {"provided": "隔日送达", "verdict": "partly"}
    assert as_(cast.bo).post(settle(need, "needs", "compare"), given).status_code == 302
    need.refresh_from_db()
    assert (need.verdict, need.compared_by) == ("partly", cast.bo)
    assert as_(cast.bo).post(settle(need, "needs", "compare"), given).status_code == 422


def test_a_fee_is_told_agreed_to_and_invoiced(as_, cast, customer):
    as_(cast.bo).post(add(customer, "fees"), GIVEN["fees"])
    notice = FeeNotice.objects.get()
    as_(cast.bo).post(settle(notice, "fees", "agree"))
    as_(cast.bo).post(settle(notice, "fees", "invoice"), {"invoice": "033-1"})
    notice.refresh_from_db()
    assert notice.agreed_at
    assert notice.invoice == "033-1"


def test_a_project_ends_on_a_day_that_can_be(as_, cast, customer):
    as_(cast.bo).post(add(customer, "deliveries"), GIVEN["deliveries"])
    row = customer.delivery_rows.get()
    end = settle(row, "deliveries", "end")
    assert as_(cast.bo).post(end, {"ended_on": "2026-02-01"}).status_code == 422
    assert as_(cast.bo).post(end, {"ended_on": "2026-09-01"}).status_code == 302


def test_an_opinion_goes_to_the_department_and_its_answer_comes_back(as_, cast, hold, customer):
    hold(cast.nora, "department_officer", cast.second)
    given = {"kind": "opinion", "words": "说明书看不懂", "unit": cast.second.pk}
    as_(cast.bo).post(add(customer, "opinions"), given)
    opinion = Opinion.objects.get()
    todo = Notice.objects.filter(is_todo=True, ended_at=None)
    assert set(todo.values_list("person", flat=True)) == {cast.nora.pk, cast.cai.pk}
    page = reverse("customers:opinion", args=[opinion.pk])
    assert str(customer) not in as_(cast.nora).get(page).content.decode()
    answer = reverse("customers:answer_opinion", args=[opinion.pk])
    assert as_(cast.nora).post(answer, {"answer": "已改版"}).status_code == 302
    assert as_(cast.cai).post(answer, {"answer": "再答"}).status_code == 409
    assert not todo.exists()
    assert Notice.objects.filter(person=cast.bo).count() == 1


def test_another_department_does_not_answer(as_, cast, customer, hold):
    hold(cast.nora, "department_officer", cast.first)
    given = {"kind": "market", "words": "竞品降价", "unit": cast.second.pk}
    as_(cast.bo).post(add(customer, "opinions"), given)
    answer = reverse("customers:answer_opinion", args=[Opinion.objects.get().pk])
    assert as_(cast.nora).post(answer, {"answer": "好"}).status_code == 404
    assert as_(cast.ada).post(answer, {"answer": "好"}).status_code == 403


def test_where_nobody_may_answer_it_is_refused(as_, cast, customer):
    given = {"kind": "opinion", "words": "x", "unit": cast.company.pk}
    assert as_(cast.bo).post(add(customer, "opinions"), given).status_code == 422
    assert not Opinion.objects.exists()


def test_a_class_is_given_once_and_taken_again(as_, cast, customer):
    vip = Segment.objects.create(code="vip", name="VIP", rank=9)
    assert as_(cast.bo).post(add(customer, "classes"), {"segment": vip.pk}).status_code == 302
    assert as_(cast.bo).post(add(customer, "classes"), {"segment": vip.pk}).status_code == 422
    as_(cast.bo).post(settle(customer.membership_rows.get(), "classes", "end"))
    assert as_(cast.bo).post(add(customer, "classes"), {"segment": vip.pk}).status_code == 302
