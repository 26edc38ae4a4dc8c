"""Nobody is asked too often, nor after refusing (I-48, I-49)."""

from datetime import timedelta

import pytest

from lingzhi.core.clock import now
from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Consent, Outreach, Purpose
from lingzhi.customers.queries.outreach import Why, may_ask, may_ask_each
from lingzhi.customers.services.notes import note
from lingzhi.customers.services.outreach import MayNotAsk, record_ask, set_cooldown, settle_ask


@pytest.fixture
def customer(cast):
    return make_customer(phone="13800002071")


def say(customer, purpose, *, agrees):
    note(Consent(customer=customer, purpose=purpose, is_given=agrees, words="电话"), by=None)


def test_one_rule_after_the_other_does_not_ask_twice(cast, customer):
    record_ask(customer, Purpose.SURVEY, by=cast.bo, matter="cases.case/1")
    with pytest.raises(MayNotAsk) as refused:
        record_ask(customer, Purpose.FOLLOW_UP, by=cast.bo, matter="cases.case/2")
    assert refused.value.why == Why.ASKED_RECENTLY
    later = may_ask(customer, Purpose.SURVEY, at=now() + timedelta(days=8))
    assert later.why == Why.ASKED_RECENTLY
    assert may_ask(customer, Purpose.FOLLOW_UP, at=now() + timedelta(days=8)).is_given
    assert may_ask(customer, Purpose.SURVEY, at=now() + timedelta(days=31)).is_given


def test_another_try_in_the_same_matter_is_no_second_asking(cast, customer):
    record_ask(customer, Purpose.FOLLOW_UP, by=cast.bo, matter="cases.case/1")
    record_ask(customer, Purpose.FOLLOW_UP, by=cast.bo, matter="cases.case/1", is_repeat=True)
    with pytest.raises(MayNotAsk):
        record_ask(customer, Purpose.FOLLOW_UP, by=cast.bo, matter="cases.case/2", is_repeat=True)
    assert Outreach.objects.count() == 2


def test_the_latest_word_holds(customer):
    say(customer, "", agrees=False)
    assert may_ask(customer, Purpose.FOLLOW_UP).why == Why.REFUSED
    say(customer, Purpose.FOLLOW_UP, agrees=True)
    assert may_ask(customer, Purpose.FOLLOW_UP).is_given
    assert may_ask(customer, Purpose.SURVEY).why == Why.REFUSED


def test_marketing_waits_for_consent(customer):
    assert may_ask(customer, Purpose.MARKETING).why == Why.NO_CONSENT
    say(customer, Purpose.MARKETING, agrees=True)
    assert may_ask(customer, Purpose.MARKETING).is_given


def test_the_centre_sets_the_time_of_rest(cast, customer):
    set_cooldown(Purpose.SURVEY, same_days=0, any_days=0, by=cast.quan)
    record_ask(customer, Purpose.SURVEY, by=cast.bo)
    assert may_ask(customer, Purpose.SURVEY).is_given


def test_what_came_of_it_is_kept_once(cast, customer):
    asked = record_ask(customer, Purpose.SURVEY, by=cast.bo)
    settle_ask(asked, Outreach.Outcome.ANSWERED)
    settle_ask(asked, Outreach.Outcome.REFUSED)
    asked.refresh_from_db()
    assert asked.outcome == "answered"


def test_many_are_asked_about_at_once(customer, django_assert_num_queries):
    others = [make_customer(phone=f"1390000{number:04}").pk for number in range(30)]
    say(customer, Purpose.SURVEY, agrees=False)
    with django_assert_num_queries(4):
        found = may_ask_each([customer.pk, *others], Purpose.SURVEY)
    assert [key for key, one in found.items() if not one.is_given] == [customer.pk]
