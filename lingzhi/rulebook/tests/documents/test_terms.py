"""The reader's own regulation decides what the people served are called."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from lingzhi.core.clock import today
from lingzhi.core.terms import USUAL, term_in_use, use_term
from lingzhi.rulebook import terms
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import Term, term_for, terms_in_force
from lingzhi.rulebook.services import import_regulation, start_adoption, submit_version

CHINESE = {"Accept-Language": "zh-CN"}


@pytest.fixture(autouse=True)
def seen(monkeypatch):
    monkeypatch.setattr(terms, "EVERY_SECONDS", 0.0)
    monkeypatch.setattr(terms, "SEEN", terms._Seen())
    yield
    use_term(USUAL)


def adopt_a_hotel_s(unit, by):
    text = "第一条 宾客至上，宾客来电应三声内接听。"
    pack = import_regulation(text=text, title="酒店总机规范", by=by)
    version = start_adoption(pack.code, unit, by=by)
    submit_version(version, effective_on=today(), by=by)
    return version


def page_of(client):
    page = client.get("/contacts/register/", headers=CHINESE)
    assert page.status_code == 200
    return page.content.decode()


def test_two_readers_of_two_units_read_two_words(cast, as_):
    adopt_a_hotel_s(cast.first, cast.quan)
    assert "宾客" in page_of(as_(cast.ada))
    theirs = page_of(as_(cast.cai))
    assert "客户" in theirs
    assert "宾客" not in theirs
    assert "宾客" in page_of(as_(cast.ada))  # the other reader left nothing behind


def test_a_regulation_of_the_centre_holds_for_its_teams_but_not_above(cast):
    adopt_a_hotel_s(cast.hotline, cast.quan)
    found = terms_in_force()
    assert term_for(cast.first, found) == term_for(cast.hotline, found) == "宾客"
    assert term_for(cast.company, found) == USUAL


def test_a_withdrawn_regulation_says_nothing_any_more(cast, as_):
    version = adopt_a_hotel_s(cast.hotline, cast.quan)
    client = as_(cast.ada)
    assert "宾客" in page_of(client)
    yesterday = today() - timedelta(days=1)
    Version.objects.filter(pk=version.pk).update(effective_on=yesterday, ended_on=yesterday)
    assert "宾客" not in page_of(client)


@pytest.mark.usefixtures("small_packs")
def test_a_nearer_regulation_of_the_same_pack_takes_the_other_s_place(cast):
    make_version("small", cast.hotline, by=cast.quan)  # says 顾客
    assert term_for(cast.first, terms_in_force()) == "顾客"
    nearer = make_version("small", cast.first, by=cast.quan)
    Version.objects.filter(pk=nearer.pk).update(body={**nearer.body, "terms": {}})
    assert term_for(cast.first, terms_in_force()) == USUAL
    assert term_for(cast.second, terms_in_force()) == "顾客"


def test_of_one_unit_a_word_of_its_own_decides_and_the_newest_of_them(cast):
    day, unit = today(), cast.hotline.pk
    early, late = day - timedelta(days=9), day - timedelta(days=2)
    words = [
        Term(unit, "a", early, "用户"),
        Term(unit, "b", late, "宾客"),
        Term(unit, "c", day, USUAL),
    ]
    assert term_for(cast.first, words) == "宾客"
    assert term_for(cast.first, [Term(unit, "a", day, "")]) == USUAL


def test_it_looks_every_few_seconds_only(cast, django_assert_num_queries, monkeypatch):
    adopt_a_hotel_s(cast.hotline, cast.quan)
    moment = [100.0]
    monkeypatch.setattr(terms, "EVERY_SECONDS", 5.0)
    monkeypatch.setattr(terms, "monotonic", lambda: moment[0])
    seen = terms._Seen()
    seen.term_of(cast.ada)
    with django_assert_num_queries(1):  # where Ada works
        moment[0] += 4.9
        assert seen.term_of(cast.ada) == "宾客"
    with django_assert_num_queries(2):  # and the stamp, which is the same: nothing else is read
        moment[0] += 0.2
        assert seen.term_of(cast.ada) == "宾客"


def test_where_no_regulation_has_a_word_of_its_own_nothing_is_asked(
    cast, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(terms, "EVERY_SECONDS", 5.0)
    seen = terms._Seen()
    seen.term_of(cast.ada)
    with django_assert_num_queries(0):
        assert seen.term_of(cast.ada) == USUAL


def test_a_database_that_is_away_changes_no_page(cast, as_, monkeypatch):
    def away() -> tuple:
        raise OperationalError("gone")

    client = as_(cast.quan)
    monkeypatch.setattr(terms, "_stamp", away)
    assert client.get("/contacts/").status_code == 200
    assert term_in_use() == USUAL


def test_anonymous_requests_ask_nothing(client, monkeypatch):
    def never() -> tuple:
        raise AssertionError

    monkeypatch.setattr(terms, "_stamp", never)
    assert client.get("/healthz").status_code == 200
