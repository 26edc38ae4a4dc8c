"""A need is written down with its evidence, comes back on its day, and says what it feeds."""

from datetime import timedelta

from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.notifications.models import Notice
from lingzhi.surveys.models import Insight
from lingzhi.surveys.services.insights import remind_reviews


def at(name, *args):
    return reverse(f"surveys:{name}", args=args)


def test_a_pain_point_comes_back_and_feeds_an_indicator(cast, as_):
    said = {
        "kind": "pain", "title": "退款要问三次", "words": "十月回访里反复出现", "weight": "4",
        "source": "survey", "evidence": "javascript:alert(1)", "unit": cast.first.pk,
        "owner": cast.ada.pk, "review_on": str(today() + timedelta(days=30)),
    }  # fmt: skip
    assert as_(cast.ada).post(at("add_insight"), said).status_code == 403
    quan = as_(cast.quan)
    assert quan.post(at("add_insight"), said).status_code == 422  # no address of a page
    said["evidence"] = "/surveys/results/answers/"
    assert quan.post(at("add_insight"), said | {"review_on": str(today())}).status_code == 422
    assert quan.post(at("add_insight"), said).status_code == 302
    found = Insight.objects.get()
    assert remind_reviews() == 0
    Insight.objects.update(review_on=today())
    assert (remind_reviews(), remind_reviews()) == (1, 0)
    assert Notice.objects.get(person=cast.ada, is_todo=True).url == at("insight", found.pk)

    assert as_(cast.cai).get(at("insight", found.pk)).status_code == 404
    ada, review = as_(cast.ada), at("review_insight", found.pk)
    assert ada.get(at("edit_insight", found.pk)).status_code == 403
    looked = {"found": "仍有三成客户提到", "state": "open", "weight": "5"}
    assert ada.post(review, looked).status_code == 422  # open until when?
    later = looked | {"review_on": str(today() + timedelta(days=60))}
    assert ada.post(review, later).status_code == 302
    assert not Notice.objects.filter(ended_at=None, is_todo=True).exists()
    used = looked | {"state": "used"}
    assert ada.post(review, used).status_code == 422  # what for?
    assert ada.post(review, used | {"indicator": "K99"}).status_code == 422
    assert ada.post(review, used | {"indicator": "K12"}).status_code == 302
    assert ada.post(review, later).status_code == 409
    page = ada.get(at("insight", found.pk)).content.decode()
    assert "/K12/" in page
    assert page.count("仍有三成客户提到") == 2
    assert "退款要问三次" in ada.get(at("insights") + "?state=used").content.decode()
    assert Entry.objects.filter(action="surveys.insight_reviewed").count() == 2
