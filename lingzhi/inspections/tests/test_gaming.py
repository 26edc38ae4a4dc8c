"""Signs of working for the figure: counted per person, raised beyond chance only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contacts
from lingzhi.contacts.models import Contact
from lingzhi.customers.models import Customer
from lingzhi.inspections.factories import make_review, make_rule, make_sheet
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.gaming import NO_SURVEY, signs_of_agents, signs_of_inspectors
from lingzhi.inspections.services import inspect_all

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, 2, tzinfo=UTC)
ENOUGH = 40


def talks(agent, number, *, turns="客户:您好\n客服:您好", first=0, **more):
    begins = [START + timedelta(minutes=at) for at in range(first, first + number)]
    made = make_contacts(
        {
            "external_id": f"{agent}-{at}", "agent": agent, "turns": turns, "started_at": begin,
            "answered_at": begin, "ended_at": begin + timedelta(minutes=4),
        }
        for at, begin in enumerate(begins, start=first)
    )  # fmt: skip
    for at, contact in enumerate(made, start=first):
        own = {key: value(at) if callable(value) else value for key, value in more.items()}
        Contact.objects.filter(pk=contact.pk).update(**own)


def sign(signs, code, person):
    return next(one for one in signs if (one.code, one.person.pk) == (code, person.pk))


def test_who_hangs_up_more_than_all_others_stands_out(cast):
    talks("1002", ENOUGH, ended_by="agent")
    talks("1003", ENOUGH, ended_by="customer")
    talks("2002", ENOUGH, ended_by="customer")
    signs = signs_of_agents(Contact.objects.all())
    bo, bea = sign(signs, "hung_up", cast.bo), sign(signs, "hung_up", cast.bea)
    assert (bo.own.ratio, bo.reference.ratio) == (1.0, 0.0)
    assert bo.is_raised
    assert not bea.is_raised


def test_who_ended_it_is_not_counted_where_nobody_knows(cast):
    talks("1002", 3, ended_by="")
    assert [one for one in signs_of_agents(Contact.objects.all()) if one.code == "hung_up"] == []


def test_few_are_too_few_to_say(cast):
    talks("1002", 5, ended_by="agent")
    talks("1003", 5, ended_by="customer")
    bo = sign(signs_of_agents(Contact.objects.all()), "hung_up", cast.bo)
    assert not bo.is_enough
    assert not bo.is_raised


def test_a_quick_close_after_which_the_customer_comes_again(cast):
    def customer(_at):
        return Customer.objects.create(created_at=START)

    def ended(at):
        return START + timedelta(minutes=at, seconds=10)

    quick = {"customer": customer, "ended_at": ended, "answered_at": None}
    talks("1002", 2, **quick)
    first = Contact.objects.get(external_id="1002-0")
    talks("1003", 1, first=5, **{**quick, "customer": first.customer})
    bo = sign(signs_of_agents(Contact.objects.all()), "quick_close", cast.bo)
    assert (bo.own.numerator, bo.own.denominator) == (1, 2)


def test_not_asking_to_rate_where_something_went_wrong(cast):
    make_rule()
    make_rule(
        id=NO_SURVEY, severity="minor", conditions={"asked": {
            "op": "text.keyword", "words": ["请您评价"],
        }}, when="!asked",
        tests={"hit": [["agent: 再见"]], "miss": [["agent: 请您评价"]]},
    )  # fmt: skip
    talks("1002", ENOUGH, turns="客户:我要退\n客服:这个不归我们管")
    talks("1002", ENOUGH, turns="客户:好的\n客服:请您评价", first=100)
    talks("1003", ENOUGH, turns="客户:我要退\n客服:这个不归我们管,请您评价")
    talks("1003", ENOUGH, turns="客户:好的\n客服:请您评价", first=100)
    inspect_all(Contact.objects.all())
    signs = signs_of_agents(Contact.objects.all())
    bo = sign(signs, "selective_invitation", cast.bo)
    assert (bo.own.ratio, bo.reference.ratio) == (1.0, 0.0)
    assert bo.is_raised
    assert not sign(signs, "selective_invitation", cast.bea).is_raised


def test_scores_without_listening_and_in_no_time(cast):
    version = make_sheet(cast.quan)
    talks("1002", 2)
    for contact, sound, seconds in zip(Contact.objects.all(), (0, 0.8), (5, 200), strict=True):
        made = make_review(contact, version, by=cast.ines)
        Review.objects.filter(pk=made.pk).update(sound_ratio=sound, seconds=seconds)
    signs = signs_of_inspectors(Review.objects.all())
    unheard, hasty = (sign(signs, code, cast.ines) for code in ("unheard", "hasty"))
    assert (unheard.own.numerator, unheard.own.denominator) == (1, 2)
    assert (hasty.own.numerator, hasty.own.denominator) == (1, 2)


def test_the_page_names_who_stands_out(client, cast):
    talks("1002", ENOUGH, ended_by="agent")
    talks("1003", ENOUGH, ended_by="customer")
    client.force_login(cast.quan)
    for of in ("agents", "inspectors"):
        answer = client.get(reverse("inspections:gaming"), {"of": of, "period": "all"},
                            headers={"Accept-Language": "en"})  # fmt: skip
        assert answer.status_code == 200
        raised = [group.raised for group in answer.context["groups"]]
        assert raised == ([1] if of == "agents" else [])


def test_agents_do_not_see_it(client, cast):
    client.force_login(cast.bo)
    assert client.get(reverse("inspections:gaming")).status_code == 403
