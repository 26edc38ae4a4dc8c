"""An appeal on its pages."""

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.inspections.factories import make_review
from lingzhi.inspections.models import Appeal
from lingzhi.inspections.services.appeals import Point, open_appeal
from lingzhi.inspections.services.deciding_appeals import (
    decide_appeal,
)
from lingzhi.inspections.tests.appeals.conftest import ENGLISH, YES, html, url

pytestmark = pytest.mark.django_db


def test_an_appeal_is_made_and_won_on_its_pages(as_, cast, score):
    client = as_(cast.bo)
    assert url("open_appeal", score.pk) in html(client, url("review", score.pk))
    page = html(client, url("open_appeal", score.pk))
    assert "This answer is wrong" in page
    wrong = client.post(url("open_appeal", score.pk), {"items": "solve", "reason-solve": ""})
    assert wrong.status_code == 422
    sent = {"items": "solve", "reason-solve": "solved", "turns-solve": "2"}
    client.post(url("open_appeal", score.pk), sent)
    appeal = Appeal.objects.get()
    assert "Withdraw" in html(client, url("appeal", appeal.pk))
    client = as_(cast.ada)
    assert "BO-1" in html(client, url("appeals"), whose="decide")
    assert "Reason of the decision" in html(client, url("appeal", appeal.pk))
    wrong = client.post(url("decide_appeal", appeal.pk), {"reason-solve": "x"}, headers=ENGLISH)
    assert wrong.status_code == 422
    assert "Choose an answer" in wrong.content.decode()
    client.post(url("decide_appeal", appeal.pk), {"answer-solve": "yes", "reason-solve": "right"})
    score.refresh_from_db()
    assert score.value == 100
    page = html(as_(cast.bo), url("appeal", appeal.pk))
    assert "the score was changed" in page
    assert "The first answer was: 没做到" in page
    assert "BO-1" in html(as_(cast.bo), url("appeals"), text="right", state="overturned")


def test_the_answer_it_has_means_that_it_stands(as_, cast, appeal):
    sent = {"answer-solve": "no", "reason-solve": "as it was"}
    as_(cast.ada).post(url("decide_appeal", appeal.pk), sent)
    appeal.refresh_from_db()
    assert appeal.state == "answered"
    client = as_(cast.bo)
    assert "Go on to the next level" in html(client, url("appeal", appeal.pk))
    client.post(url("carry_on_appeal", appeal.pk), {"reason": "no"})
    client.post(url("withdraw_appeal", appeal.pk))
    appeal.refresh_from_db()
    assert appeal.state == "withdrawn"


def test_earlier_decisions_are_shown_without_names(as_, cast, appeal):
    decide_appeal(appeal, {"solve": YES}, by=cast.ada)
    talk = make_contact("BEA-1", agent="1003", turns="客服:您好")
    version = appeal.review.version
    other = make_review(talk, version, by=cast.ines, lead=cast.quan, solve="no")
    page = html(as_(cast.bea), url("open_appeal", other.pk))
    assert "solved in turn 2" in page
    assert "Bo " not in page.split("solved in turn 2")[1][:60]


def test_the_list_costs_the_same_however_many_appeals(
    as_, cast, appeal, django_assert_max_num_queries
):
    for number in range(4):
        talk = make_contact(f"C{number}", agent="1003", turns="客服:您好")
        other = make_review(talk, appeal.review.version, by=cast.ines, lead=cast.quan, solve="no")
        open_appeal(other, [Point("solve", "x")], by=cast.bea)
    client = as_(cast.quan)
    client.get(url("appeals"))
    with django_assert_max_num_queries(14):
        client.get(url("appeals"))
