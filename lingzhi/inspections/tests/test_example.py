"""A conversation the rule got wrong becomes an example of its draft with one click."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.inspections import services
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_rule
from lingzhi.inspections.models import RuleVersion

TALK = "\n".join(
    [
        "客服:您好",
        "客户:我要退款,手机13800002071",
        "客服:抱歉,这个不归我们管",
        "客户:那归谁管",
        "客服:我再看看",
    ]
)


def url(contact, version) -> str:
    return reverse("inspections:add_example", args=[contact.pk, version.pk])


@pytest.fixture
def wrong(cast):
    version = make_rule()
    contact = make_contact("BO-1", agent="1002", turns=TALK)
    services.inspect_all(Contact.objects.all())
    return contact, version


def draft_of(version) -> RuleVersion:
    return RuleVersion.objects.get(rule=version.rule_id, state="draft")


def test_a_wrong_hit_opens_the_draft_with_the_example(as_, cast, wrong):
    contact, version = wrong
    client = as_(cast.ines)
    answer = client.post(url(contact, version), {"expected": "miss"})
    assert (
        answer.url == reverse("inspections:edit_rule", args=[version.rule_id]) + "#examples-title"
    )
    draft = draft_of(version)
    assert draft.body["tests"]["miss"] == [
        ["agent: 我帮您查一下"],
        [
            "customer: 我要退款,手机138****2071",
            "agent: 抱歉,这个不归我们管",
            "customer: 那归谁管",
        ],
    ]
    assert draft.body["tests"]["hit"] == SHIRKING["tests"]["hit"]
    entry = Entry.objects.filter(action="inspections.rule_saved").get()
    assert "BO-1" in entry.reason
    assert "手机138****2071" in client.get(answer.url).content.decode()


def test_a_missed_hit_brings_what_comes_nearest(as_, cast, wrong):
    _contact, version = wrong
    turns = TALK.replace("不归我们管", "不归我们组管").replace("客户:那", "客户:好的\n客户:那")
    missed = make_contact("BO-2", agent="1002", turns=turns)
    services.inspect_all(Contact.objects.all())
    as_(cast.ines).post(url(missed, version), {"expected": "hit"})
    assert draft_of(version).body["tests"]["hit"][-1] == [
        "customer: 我要退款,手机138****2071",
        "agent: 抱歉,这个不归我们组管",
        "customer: 好的",
    ]


def test_once_is_enough(as_, cast, wrong):
    contact, version = wrong
    for _time in range(2):
        as_(cast.ines).post(url(contact, version), {"expected": "miss"})
    assert len(draft_of(version).body["tests"]["miss"]) == 2


def test_it_joins_the_draft_there_is(as_, cast, wrong):
    contact, version = wrong
    services.save_draft(version.rule, {**SHIRKING, "severity": "minor"}, note="mild", by=cast.quan)
    as_(cast.ines).post(url(contact, version), {"expected": "miss"})
    draft = draft_of(version)
    assert (draft.severity, draft.note, len(draft.body["tests"]["miss"])) == ("minor", "mild", 2)


def test_taken_back_it_moves_to_the_other_side(cast, wrong):
    contact, version = wrong
    services.add_example(contact, version, expected="miss", by=cast.ines)
    services.add_example(contact, version, expected="miss", by=cast.ines)
    example = draft_of(version).body["tests"]["miss"][-1]
    services.save_draft(
        version.rule,
        {**SHIRKING, "tests": {**SHIRKING["tests"], "hit": [["agent: 这个不归我们管"], example]}},
        by=cast.ines,
    )
    services.add_example(contact, version, expected="miss", by=cast.ines)
    tests = draft_of(version).body["tests"]
    assert example not in tests["hit"]
    assert example in tests["miss"]


def test_times_and_facts_that_the_rule_asks_for_come_along(cast):
    version = make_rule(LENGTH, channels=["phone"], tests={
        "hit": [{"channel": "phone", "turns": LENGTH["tests"]["hit"][0]}],
        "miss": [{"channel": "phone", "turns": LENGTH["tests"]["miss"][0]}],
    })  # fmt: skip
    turns = [
        {"role": "agent", "text": "稍等", "start_ms": 0, "end_ms": 1000},
        {"role": "agent", "text": "好了", "start_ms": 40000, "end_ms": 41000},
    ]
    contact = make_contact("T", agent="1002", turns=turns)
    services.inspect_all(Contact.objects.all())
    services.add_example(contact, version, expected="miss", by=cast.ines)
    assert draft_of(version).body["tests"]["miss"][-1] == {
        "channel": "phone",
        "turns": ["agent@0-1000: 稍等", "agent@40000-41000: 好了"],
    }


def test_where_nothing_is_pointed_at_the_beginning_is_taken(cast):
    version = make_rule({**SHIRKING, "when": "!pushed", "tests": {
        "hit": [["agent: 我帮您查一下"]], "miss": [["agent: 这个不归我们管"]],
    }})  # fmt: skip
    contact = make_contact("L", agent="1002", turns="\n".join(["客服:您好"] * 40))
    services.inspect_all(Contact.objects.all())
    services.add_example(contact, version, expected="miss", by=cast.ines)
    assert len(draft_of(version).body["tests"]["miss"][-1]) == 30


def test_its_buttons_are_for_who_writes_rules(as_, cast, wrong):
    contact, version = wrong
    detail = reverse("contacts:detail", args=[contact.pk])
    assert url(contact, version) in as_(cast.ines).get(detail).content.decode()
    assert url(contact, version) not in as_(cast.ada).get(detail).content.decode()


def test_it_is_refused(as_, client, cast, hold, wrong):
    contact, version = wrong
    assert client.post(url(contact, version)).status_code == 302
    assert as_(cast.ada).post(url(contact, version)).status_code == 403
    assert as_(cast.chen).post(url(contact, version)).status_code == 404
    ines = as_(cast.ines)
    assert ines.post(url(contact, version), {"expected": "other"}).status_code == 422
    assert ines.get(url(contact, version)).status_code == 405
    assert not RuleVersion.objects.filter(state="draft").exists()
