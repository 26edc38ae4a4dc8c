"""The list below a figure, and why a rule did not hit."""

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.inspections.factories import LENGTH, make_rule

URL = reverse("inspections:conversations")
NUMBERS = ("BO-1", "BEA-1", "CHEN-1", "NEW-1")
ENGLISH = {"Accept-Language": "en"}


def listed(client, **query) -> set[str]:
    answer = client.get(URL, query, headers=ENGLISH)
    assert answer.status_code == 200
    return {number for number in NUMBERS if number in answer.content.decode()}


def why_url(contact, version) -> str:
    return reverse("inspections:why", args=[contact.pk, version.pk])


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("", {"BO-1", "BEA-1", "CHEN-1", "NEW-1"}),
        ("hit", {"BO-1", "CHEN-1"}),
        ("miss", {"BEA-1"}),
        ("unknown", set()),
        ("not_inspected", {"NEW-1"}),
    ],
)
def test_the_verdict_narrows(as_, cast, judged, verdict, expected):
    make_contact("NEW-1", agent="1002")
    assert listed(as_(cast.quan), verdict=verdict) == expected


def test_the_rule_narrows(as_, cast, judged):
    client = as_(cast.quan)
    assert listed(client, verdict="hit", rule=judged.version.rule_id) == {"BO-1", "CHEN-1"}
    other = make_rule(LENGTH)
    assert listed(client, verdict="hit", rule=other.rule_id) == set()


def test_each_reach_sees_its_own(as_, cast, judged):
    assert listed(as_(cast.ada), verdict="hit") == {"BO-1"}
    assert listed(as_(cast.bo)) == {"BO-1"}


def test_a_row_leads_to_the_words_and_names_the_hits(as_, cast, judged):
    html = as_(cast.ada).get(URL, {"verdict": "hit"}, headers=ENGLISH).content.decode()
    assert reverse("contacts:detail", args=[judged.bo.pk]) + "#turn-2" in html
    assert "Shirking" in html


def test_it_is_refused_without_the_right(as_, cast):
    assert as_(cast.nora).get(URL).status_code == 403


def test_anonymous_is_sent_to_sign_in(client, cast, judged):
    assert client.get(URL).status_code == 302
    assert client.get(why_url(judged.bo, judged.version)).status_code == 302


def test_they_only_read(as_, cast, judged):
    client = as_(cast.quan)
    assert client.post(URL).status_code == 405
    assert client.post(why_url(judged.bo, judged.version)).status_code == 405


def test_the_number_of_queries_does_not_grow(as_, cast, judged, django_assert_max_num_queries):
    for number in range(20):
        make_contact(f"N{number}", agent="1002")
    client = as_(cast.quan)
    listed(client)
    with django_assert_max_num_queries(30):
        listed(client)


def test_why_says_what_each_condition_answers(as_, cast, judged):
    html = as_(cast.ada).get(why_url(judged.bea, judged.version), headers=ENGLISH).content.decode()
    assert "pushed" in html
    assert "does not hold" in html
    assert "Looked for and not found." in html


def test_why_shows_what_came_near(as_, cast):
    version = make_rule()
    contact = make_contact(agent="1002", turns="客户:是不归我们管吗\n客服:不归我管")
    html = as_(cast.ada).get(why_url(contact, version), headers=ENGLISH).content.decode()
    assert "said, but not where the condition looks" in html
    other = make_contact("A2", agent="1002", turns="客服:不归我管")
    html = as_(cast.ada).get(why_url(other, version), headers=ENGLISH).content.decode()
    assert "like “不归我们管”" in html


def test_why_shows_the_words_masked(as_, cast):
    version = make_rule(
        conditions={
            "a": {"op": "text.regex", "pattern": "手机1\\d{10}", "scope": {"role": "customer"}},
            "b": {"op": "text.keyword", "words": ["核实"]},
        },
        when="a && !b",
        tests={"hit": [["customer: 手机13800001234", "agent: 好"]], "miss": [["customer: 您好"]]},
    )
    contact = make_contact(agent="1002", turns="客户:手机13800002071\n客服:核实一下")
    html = as_(cast.ada).get(why_url(contact, version)).content.decode()
    assert "13800002071" not in html
    assert "138****2071" in html


def test_why_of_an_invisible_conversation_does_not_exist(as_, cast, judged):
    assert as_(cast.cai).get(why_url(judged.bo, judged.version)).status_code == 404


def test_why_of_a_missing_rule_does_not_exist(as_, cast, judged):
    url = reverse("inspections:why", args=[judged.bo.pk, 999_999])
    assert as_(cast.ada).get(url).status_code == 404


def test_why_is_refused_without_the_right(as_, cast, judged):
    assert as_(cast.nora).get(why_url(judged.bo, judged.version)).status_code == 403


def test_htmx_gets_the_answer_alone(as_, cast, judged):
    url = why_url(judged.bea, judged.version)
    html = as_(cast.ada).get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
