"""The start page: figures that lead down, calm doors for others, the next step where one lacks."""

import re

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.inspections import services
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_rule
from lingzhi.notifications.models import Notice

URL = reverse("home")
ENGLISH = {"Accept-Language": "en"}


def page(client, **query) -> str:
    answer = client.get(URL, query, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def measures(html: str) -> list[str]:
    found = re.findall(r"lz-measure-value[^>]*>([^<]*)<", html)
    return [value.strip() for value in found]


def test_its_figures_are_those_of_the_own_reach(as_, cast, judged):
    assert measures(page(as_(cast.quan)))[:3] == ["3", "100.0%", "66.7%"]
    assert measures(page(as_(cast.ada)))[:3] == ["2", "100.0%", "50.0%"]
    assert measures(page(as_(cast.bo)))[:3] == ["1", "100.0%", "100.0%"]


def test_too_few_are_said_in_words(as_, cast, judged):
    html = page(as_(cast.quan))
    assert "too few to say (n = 3)" in html
    assert '<span class="lz-rate">66.7% ' in html  # a caution beside the figure, never a veil


def test_a_tile_leads_to_exactly_its_conversations(as_, cast, judged):
    client = as_(cast.quan)
    url = re.search(r'href="([^"]*severity=severe[^"]*verdict=hit[^"]*)"', page(client))[1]
    listed = client.get(url.replace("&amp;", "&")).content.decode()
    assert {"BO-1", "CHEN-1"} == {n for n in ("BO-1", "BEA-1", "CHEN-1") if n in listed}
    assert "#turn-2" in listed


def test_the_period_narrows(as_, cast, judged):
    make_contact("OLD", agent="1002", started_at="2026-08-01 10:00:00",
                 answered_at="2026-08-01 10:00:05", ended_at="2026-08-01 10:01:00")  # fmt: skip
    client = as_(cast.quan)
    assert measures(page(client))[0] == "3"
    assert measures(page(client, period="all"))[0] == "4"


def test_conversations_without_a_time_are_not_lost(as_, cast):
    make_rule()
    make_contact(agent="1002", turns="客服:不归我们管", started_at="", answered_at="", ended_at="")
    services.inspect_all(Contact.objects.all())
    html = page(as_(cast.quan))
    assert measures(html)[0] == "1"
    assert "A trend needs conversations of more than one day" in html


def test_the_trend_has_its_table(as_, cast, judged):
    make_contact("EARLY", agent="1002", turns="客服:不归我们管", started_at="2026-11-18 10:00:00")
    services.inspect_all(Contact.objects.all())
    html = page(as_(cast.quan), step="day")
    assert "lz-chart" in html
    assert "2026-11-19" in html


def test_what_cannot_be_judged_stands_with_its_reason(as_, cast):
    make_rule(LENGTH)
    make_contact(agent="1002", turns="客服:您好")
    services.inspect_all(Contact.objects.all())
    html = page(as_(cast.quan))
    assert "Long silence" in html
    assert "The turns have no times." in html


def test_agents_with_few_conversations_are_not_ranked(as_, cast, judged):
    html = page(as_(cast.quan))
    assert "3 agents have too few conversations to say anything." in html


def test_who_may_not_see_findings_gets_doors(as_, cast, judged):
    Notice.objects.create(person=cast.sol, is_todo=True, title="Check the backup",
                          created_at="2026-11-20T00:00Z")  # fmt: skip
    html = page(as_(cast.sol))
    assert "Check the backup" in html
    assert reverse("jobs:list") in html
    assert measures(html) == []


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda: None, "No conversations yet"),
        (lambda: make_contact(agent="1002"), "No rules yet"),
        (lambda: (make_contact(agent="1002"), make_rule(state="draft")), "No rule is in force"),
        (lambda: (make_contact(agent="1002"), make_rule()), "Nothing was inspected yet"),
    ],
)
def test_it_says_the_next_step(as_, cast, prepare, words):
    prepare()
    assert words in page(as_(cast.quan))


def test_anonymous_is_sent_to_sign_in(client, cast):
    assert client.get(URL).status_code == 302


def test_it_only_reads(as_, cast):
    assert as_(cast.quan).post(URL).status_code == 405


def test_the_number_of_queries_does_not_grow(as_, cast, django_assert_max_num_queries):
    make_rule()
    for number in range(6):
        make_rule({**SHIRKING, "id": f"ownership.n{number}"})
    for number in range(20):
        make_contact(f"N{number}", agent=["1002", "1003", "2002"][number % 3],
                     turns="客服:不归我们管")  # fmt: skip
    services.inspect_all(Contact.objects.all())
    client = as_(cast.quan)
    page(client)
    with django_assert_max_num_queries(40):
        page(client)
