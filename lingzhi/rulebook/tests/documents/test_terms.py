"""The regulation in force decides what the people served are called."""

import pytest
from django.db import OperationalError
from django.utils.translation import gettext, override

from lingzhi.core.clock import today
from lingzhi.core.terms import USUAL, term_in_use, use_term
from lingzhi.rulebook import terms
from lingzhi.rulebook.services import import_regulation, start_adoption, submit_version


@pytest.fixture(autouse=True)
def step(monkeypatch):
    monkeypatch.setattr(terms, "EVERY_SECONDS", 5.0)
    monkeypatch.setattr(terms, "STEP", terms._Step())
    yield terms
    use_term(USUAL)


def adopt_a_hotel_s(unit, by):
    text = "第一条 宾客至上，宾客来电应三声内接听。"
    pack = import_regulation(text=text, title="酒店总机规范", by=by)
    submit_version(start_adoption(pack.code, unit, by=by), effective_on=today(), by=by)


def test_pages_say_what_the_regulation_says(cast, as_):
    cast.quan.assignments.update(unit=cast.company)
    adopt_a_hotel_s(cast.company, cast.quan)
    page = as_(cast.quan).get("/contacts/", headers={"Accept-Language": "zh-CN"})
    assert page.status_code == 200
    assert term_in_use() == "宾客"
    with override("zh-hans"):
        assert gettext("See customers") == "查看宾客"


def test_a_centre_s_own_regulation_does_not_decide_for_everybody(cast):
    adopt_a_hotel_s(cast.hotline, cast.quan)
    assert terms.term_in_force() == USUAL


def test_it_looks_every_few_seconds_only(cast, django_assert_num_queries, monkeypatch):
    moment = [100.0]
    monkeypatch.setattr(terms, "monotonic", lambda: moment[0])
    step = terms._Step()
    step.keep()
    with django_assert_num_queries(0):
        moment[0] += 4.9
        step.keep()
    with django_assert_num_queries(1):  # the stamp is the same: nothing else is read
        moment[0] += 0.2
        step.keep()


def test_a_database_that_is_away_changes_no_word(cast, as_, monkeypatch):
    def away() -> tuple:
        raise OperationalError("gone")

    client = as_(cast.quan)
    monkeypatch.setattr(terms, "_stamp", away)
    assert client.get("/healthz").status_code == 200
    assert term_in_use() == USUAL


def test_anonymous_requests_ask_nothing(client, monkeypatch):
    def never() -> tuple:
        raise AssertionError

    monkeypatch.setattr(terms, "_stamp", never)
    assert client.get("/healthz").status_code == 200
