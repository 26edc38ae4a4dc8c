"""What is kept about an employee, and what they ask about it: a clock, an owner, an answer."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.conformity.models import DataRequest
from lingzhi.conformity.queries.own import kept_about
from lingzhi.conformity.services.requests import (
    OwnRequest,
    Question,
    answer_request,
    ask_about_data,
    set_term,
    tell_of_overdue,
)
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Recording
from lingzhi.contacts.services import record_listening
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.notifications.models import Notice
from lingzhi.org.services import found_calendar

DAY = timedelta(days=1)
ASKED = Question("explanation", "这个扣分是怎么来的，我的电话 13800002071")


@pytest.fixture
def review(cast):
    contact = make_contact("OWN-1", agent="1003")
    recording = Recording.objects.create(contact=contact, reference="r", added_at=now())
    record_listening(recording, by=cast.ines)
    return make_review(contact, make_sheet(cast.quan), by=cast.ines, lead=cast.quan)


def test_everybody_sees_what_is_kept_about_them_and_takes_it_along(cast, review, as_):
    kept = {one.part.when: one.n for one in kept_about(cast.bea)}
    assert kept["released_at"] == 1
    page = as_(cast.bea).get(reverse("conformity:mine")).text
    assert "1095" in page
    assert (
        "质量经理" in page
    )  # by the roles that reach others, not by those that see only their own
    assert "、客服、" not in page
    book = as_(cast.bea).post(reverse("conformity:own_copy"))
    rows = list(openpyxl.load_workbook(io.BytesIO(book.getvalue())).active.values)
    assert "OWN-1" in [row[2] for row in rows]
    assert cast.ines.name not in str(rows)  # that it was heard, not by whom
    taken = Entry.objects.get(action="conformity.own_copy_taken")
    assert (taken.actor_id, taken.after["rows"]) == (cast.bea.pk, len(rows) - 1)
    assert {one.part.when: one.n for one in kept_about(cast.chen)}["released_at"] == 0


def test_a_request_has_a_clock_an_owner_and_an_answer(cast, review, as_):
    found_calendar()
    url = reverse("conformity:ask")
    sent = {"kind": "explanation", "words": ASKED.words, "review": review.pk}
    assert as_(cast.bea).post(url, sent).status_code == 302
    row = DataRequest.objects.get()
    assert (row.owner, row.unit, row.review) == (cast.quan, cast.first, review)
    assert "13800002071" not in row.words
    assert row.due_at - now() > 19 * DAY  # fifteen working days are three weeks at least
    todo = Notice.objects.filter(person=cast.quan, is_todo=True, ended_at=None)
    assert todo.filter(matter=f"conformity.datarequest/{row.pk}").exists()
    with pytest.raises(BadInput):  # a score of somebody else
        ask_about_data(Question("objection", "不同意", review), by=cast.bo)
    page = reverse("conformity:request", args=[row.pk])
    assert as_(cast.bo).get(page).status_code == 404
    answer = reverse("conformity:answer_request", args=[row.pk])
    assert as_(cast.quan).post(answer, {"outcome": "done", "answer": ""}).status_code == 422
    given = {"outcome": "done", "answer": "命中在第 3 句，规则原文见评分页。"}
    assert as_(cast.quan).post(answer, given).status_code == 302
    assert as_(cast.quan).post(answer, given).status_code == 409
    assert not todo.filter(matter__startswith="conformity.datarequest").exists()
    assert "命中在第 3 句" in as_(cast.bea).get(page).text
    assert Notice.objects.filter(person=cast.bea, url=page).exists()
    acts = {"conformity.request_asked", "conformity.request_answered"}
    assert set(Entry.objects.filter(action__in=acts).values_list("action", flat=True)) == acts


def test_nothing_ends_silently_and_nobody_answers_themselves(cast, hold):
    set_term(1, by=cast.quan)
    row = ask_about_data(ASKED, by=cast.quan)  # nobody else looks after personal data
    assert (row.owner, tell_of_overdue()) == (None, 0)
    with pytest.raises(OwnRequest):
        answer_request(row, "done", "好", by=cast.quan)
    hold(cast.nora, "quality_manager", cast.company)
    DataRequest.objects.update(due_at=now() - DAY)
    row.refresh_from_db()
    assert (tell_of_overdue(), tell_of_overdue()) == (1, 0)
    answer_request(row, "refused", "须保存三年。", by=cast.nora)
    assert Entry.objects.get(action="conformity.request_answered").after["late"] is True
    assert tell_of_overdue() == 0
    assert not Notice.objects.filter(matter__endswith="/late", ended_at=None).exists()
    assert Entry.objects.get(action="conformity.term_set").after == {"days": 1}
