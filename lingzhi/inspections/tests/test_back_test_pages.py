"""Back-tests in the browser: started from a rule, watched, read, and what comes next."""

import copy

import pytest
from django.urls import reverse

from lingzhi.conftest import LONG_AGO, Cast, make_cast
from lingzhi.contacts.factories import make_contacts
from lingzhi.contacts.queries import Filters
from lingzhi.inspections import services
from lingzhi.inspections.factories import SHIRKING, make_rule
from lingzhi.inspections.models import BackTest, Inspection, RuleVersion
from lingzhi.jobs.models import Job
from lingzhi.org.services import assign_role

LIST, NEW = reverse("inspections:back_tests"), reverse("inspections:start_back_test")
ENGLISH = {"Accept-Language": "en"}
WORDS = ["不归我们管", "不是我们部门"]
WIDER = {**SHIRKING, "conditions": {"pushed": {"op": "text.keyword", "words": WORDS}}}


def text(client, url, **query) -> str:
    answer = client.get(url, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def url(name, test) -> str:
    return reverse(f"inspections:{name}", args=[test.pk])


@pytest.fixture(scope="module")
def made(shared):
    """The cast, and a rule with a draft that finds one more word."""
    cast = make_cast()
    agents = ["1002"] * 40 + ["1003"] * 3 + ["2002"] * 40
    said = [WORDS[at % 2] if agent != "2002" else WORDS[0] for at, agent in enumerate(agents)]
    make_contacts(
        {
            "external_id": f"C{at}",
            "agent": agent,
            "turns": f"客户:手机13800002071\n客服:抱歉,这个{said[at]}",
        }
        for at, agent in enumerate(agents)
    )
    before = make_rule()
    return cast, (before, services.save_draft(before.rule, WIDER, by=cast.ines))


@pytest.fixture
def cast(made, db) -> Cast:
    return copy.deepcopy(made[0])


@pytest.fixture
def pair(made, db):
    return copy.deepcopy(made[1])


@pytest.fixture
def tested(cast, pair, run_jobs) -> BackTest:
    test = services.start_back_test([pair], Filters(), label="Look", by=cast.quan)
    run_jobs()
    test.refresh_from_db()
    return test


def test_the_rule_leads_to_it(as_, cast, pair):
    page = text(as_(cast.ines), reverse("inspections:rule", args=[pair[0].rule_id]))
    assert f"{NEW}?rule={pair[0].rule_id}&amp;after=2" in page
    assert "Back-test these" in page
    assert f'href="{NEW}"' in text(as_(cast.ines), reverse("inspections:rules"))
    assert NEW not in text(as_(cast.ada), reverse("inspections:rule", args=[pair[0].rule_id]))


def test_the_form_proposes_the_draft_against_what_is_in_force(as_, cast, pair):
    client = as_(cast.ines)
    page = text(client, NEW, rule=pair[0].rule_id)
    assert '<option value="1" selected>v1 · Active</option>' in page
    assert '<option value="2" selected>v2 · Draft</option>' in page
    assert "<b>83</b> conversations will be compared" in page
    narrowed = client.get(
        NEW, {"rule": pair[0].rule_id, "agent": "1003"}, headers={**ENGLISH, "HX-Request": "true"}
    )
    assert "<b>3</b> conversations" in narrowed.content.decode()


def test_it_starts_and_queues_its_task(as_, cast, pair):
    given = {"rule": pair[0].rule_id, "before": "1", "after": "2", "period": "all", "unit": ""}
    answer = as_(cast.ines).post(NEW, given)
    test = BackTest.objects.get()
    assert answer.url == url("back_test", test)
    assert [(one["before"]["number"], one["after"]["number"]) for one in test.pairs] == [(1, 2)]
    assert Job.objects.filter(name="inspections.back_test").count() == 1
    assert not Inspection.objects.exists()


def test_every_draft_at_once(as_, cast, pair, run_jobs):
    make_rule({**SHIRKING, "id": "ownership.new"}, state="draft")
    client = as_(cast.ines)
    assert "ownership.new" in text(client, NEW)
    client.post(NEW, {"period": "all"})
    run_jobs()
    test = BackTest.objects.get()
    assert {one["code"]: bool(one["before"]) for one in test.pairs} == {
        "ownership.new": False,
        "ownership.shirking": True,
    }
    page = text(client, url("back_test", test), rule=test.pairs[0]["rule"])
    assert "no such rule" in page


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"before": "2", "after": "2", "period": "all"}, 422),
        ({"after": "9", "period": "all"}, 422),
        ({"after": "2", "period": "all", "from_on": "yesterday"}, 422),
        ({"after": "2", "period": "all", "agent": "nobody"}, 409),
    ],
)
def test_what_cannot_be_compared_starts_nothing(as_, cast, pair, given, status):
    answer = as_(cast.ines).post(NEW, {"rule": pair[0].rule_id, **given})
    assert answer.status_code == status
    assert not BackTest.objects.exists()


def test_without_drafts_there_is_nothing_to_compare(as_, cast, pair):
    RuleVersion.objects.filter(pk=pair[1].pk).delete()
    client = as_(cast.ines)
    assert "No draft to back-test" in text(client, NEW)
    assert client.post(NEW, {"period": "all"}).status_code == 409


def test_its_page_says_what_changes(as_, cast, tested):
    page = text(as_(cast.ines), url("back_test", tested))
    for words in ("83 conversations compared", "21 hits gained", "0 hits lost", "20 samples"):
        assert words in page
    assert '抱歉,这个<mark class="lz-mark-bad" title="">不是我们部门</mark>' in page
    assert "#turn-2" in page
    assert "13800002071" not in page
    people = page[page.index('id="people-title"') :]
    assert people.index("Bo") < people.index("Bea"), "the one who can be told apart comes first"
    assert "+50.0 points" in people
    assert "too few to say" in people[people.index("Bea") :]
    assert "Chen" not in people, "nothing moves for Chen"


def test_next_it_is_put_into_force_and_inspected_again(as_, cast, pair, tested):
    client = as_(cast.quan)
    page = text(client, url("back_test", tested))
    activate = reverse("inspections:activate", args=[pair[1].rule_id, 2])
    assert activate in page
    assert f"{reverse('inspections:start_run')}?period=all" in page
    assert activate not in text(as_(cast.ines), url("back_test", tested))
    as_(cast.quan).post(activate, {"reason": "better"})
    assert "It is in force." in text(as_(cast.quan), url("back_test", tested))


def test_a_draft_that_changed_since_must_be_tested_again(as_, cast, pair, tested):
    services.save_draft(pair[1].rule, {**WIDER, "severity": "minor"}, by=cast.ines)
    page = text(as_(cast.quan), url("back_test", tested))
    assert "test it again first" in page
    assert reverse("inspections:activate", args=[pair[1].rule_id, 2]) not in page


def test_it_is_listed_and_watched(as_, cast, pair, run_jobs):
    test = services.start_back_test([pair], Filters(), label="Look", by=cast.quan)
    client = as_(cast.quan)
    assert "Look" in text(client, LIST)
    waiting = text(client, url("back_test", test))
    assert url("back_test_progress", test) in waiting
    assert url("cancel_back_test", test) in waiting
    bar = client.get(url("back_test_progress", test)).content.decode()
    assert 'max="83"' in bar
    assert "<html" not in bar
    run_jobs()
    assert client.get(url("back_test_progress", test))["HX-Refresh"] == "true"


def test_it_is_cancelled_once_by_who_started_it(as_, cast, pair):
    test = services.start_back_test([pair], Filters(), label="Look", by=cast.quan)
    assert as_(cast.ines).post(url("cancel_back_test", test)).status_code == 403
    client = as_(cast.quan)
    assert client.post(url("cancel_back_test", test)).status_code == 302
    assert client.post(url("cancel_back_test", test)).status_code == 409
    assert "Nothing was compared" in text(client, url("back_test", test))


def test_who_reaches_less_does_not_see_it(as_, cast, hold, tested):
    hold(cast.nora, "inspector", cast.first)
    client = as_(cast.nora)
    assert client.get(url("back_test", tested)).status_code == 404
    assert "Look" not in text(client, LIST)


def test_it_is_refused_without_the_right(as_, client, cast, tested):
    addresses = [LIST, NEW, url("back_test", tested), url("back_test_progress", tested)]
    assert {client.get(one).status_code for one in addresses} == {302}
    ada = as_(cast.ada)
    assert {ada.get(one).status_code for one in addresses} == {403}
    assert ada.post(NEW, {}).status_code == 403
    assert ada.post(url("cancel_back_test", tested)).status_code == 403


def test_missing_ones_and_wrong_methods(as_, cast, tested):
    client = as_(cast.ines)
    assert client.get(reverse("inspections:back_test", args=[999])).status_code == 404
    assert client.get(NEW, {"rule": "999"}).status_code == 404
    assert client.get(NEW, {"rule": "x"}).status_code == 404
    assert client.post(LIST).status_code == 405
    assert client.get(url("cancel_back_test", tested)).status_code == 405


def test_queries_do_not_grow(as_, cast, pair, tested, run_jobs, django_assert_max_num_queries):
    for _at in range(6):
        services.start_back_test([pair], Filters(), label="Look", by=cast.quan)
    client = as_(cast.quan)
    client.get(LIST)
    with django_assert_max_num_queries(15):
        client.get(LIST)
    with django_assert_max_num_queries(32):
        client.get(url("back_test", tested))


def test_an_inspector_of_all_sees_every_one(as_, cast, tested):
    assign_role(cast.nora, "inspector", cast.company, from_on=LONG_AGO, by=None)
    assert "Look" in text(as_(cast.nora), LIST)
