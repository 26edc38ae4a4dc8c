"""The pages of trust: list, rule, thresholds, marks, adequacy."""

import pytest
from django.urls import reverse

from lingzhi.inspections import services
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import RuleLabel, RuleTrust, TrustPolicy
from lingzhi.inspections.services.trusting import set_trust_policy, weigh_rules
from lingzhi.inspections.tests.test_trust import (
    FILLED,
    PUSHED,
    appeal,
    easy,
    good,
    make_sheet,
    state,
    talks,
)
from lingzhi_engine.stats import Trust

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
LIST, SETTINGS = reverse("inspections:trust"), reverse("inspections:trust_settings")


@pytest.fixture
def version(cast):
    return make_rule()


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan, FILLED, code="filled")


def html(client, address, **query):
    answer = client.get(address, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rule_page(version):
    return reverse("inspections:rule", args=[version.rule_id])


def test_the_list_says_how_right_each_rule_is(as_, cast, version, sheet):
    good(cast, sheet)
    weigh_rules()
    page = html(as_(cast.quan), LIST)
    assert "Shirking" in page
    assert "Assists" in page
    assert "100.0%" in page
    assert "Shirking" in html(as_(cast.quan), LIST, stage="assist")
    assert "No rule fits these filters" in html(as_(cast.quan), LIST, stage="automatic")
    assert "No rule fits these filters" in html(as_(cast.quan), LIST, text="nothing like it")


@pytest.mark.parametrize("sort", ["title", "-precision", "recall", "overturned", "labels", "odd"])
def test_the_list_sorts(as_, cast, version, sort):
    weigh_rules()
    assert "Shirking" in html(as_(cast.quan), LIST, sort=sort)


def test_the_list_asks_as_often_for_many_rules_as_for_one(
    as_, cast, version, django_assert_max_num_queries
):
    for number in range(12):
        make_rule(id=f"ownership.other{number}", title={"zh-Hans": "别的", "en": "Other"})
    weigh_rules()
    client = as_(cast.quan)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_the_page_of_a_rule_lets_a_person_make_it_automatic(as_, cast, version, sheet):
    set_trust_policy(easy(), by=cast.quan)
    good(cast, sheet)
    weigh_rules()
    client = as_(cast.quan)
    page = html(client, rule_page(version))
    assert "Its figures are good enough to answer by itself." in page
    assert "Looked at by chance: 20, out of 10 hits and 10 non-hits" in page
    address = reverse("inspections:make_automatic", args=[version.rule_id, 1])
    assert client.post(address).status_code == 302
    assert state(version) is Trust.AUTOMATIC
    assert client.post(address).status_code == 409
    assert "Let it only propose" in html(client, rule_page(version))
    address = reverse("inspections:take_back_automatic", args=[version.rule_id, 1])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "new products"}).status_code == 302
    assert state(version) is Trust.ASSIST


def test_the_page_of_a_suspended_rule_says_why(as_, cast, version, sheet):
    set_trust_policy(easy(), by=cast.quan)
    good(cast, sheet)
    for one in version.labels.filter(said="hit"):
        appeal(one.review, cast)
    weigh_rules()
    page = html(as_(cast.quan), rule_page(version))
    assert "Of the hits that people looked at, surely fewer than 50.0 % are right" in page
    assert "hit, wrong" in page
    assert "by itself" in page


def test_what_was_said_of_single_conversations_is_for_who_scores(as_, cast, version, sheet):
    good(cast, sheet, hits=1, misses=0)
    assert "hit, right" in html(as_(cast.ines), rule_page(version))
    assert "hit, right" not in html(as_(cast.bo), rule_page(version))
    assert "hit, right" not in html(as_(cast.ada), rule_page(version))


def test_thresholds_are_set_by_who_puts_rules_into_force(as_, cast):
    client = as_(cast.quan)
    assert client.get(SETTINGS).status_code == 200
    fields = {
        one.name: getattr(TrustPolicy(), one.name)
        for one in TrustPolicy._meta.fields
        if one.name not in ("id", "changed_at", "changed_by", "rises_by_itself")
    }
    assert client.post(SETTINGS, {**fields, "floor": "0.4"}).status_code == 302
    assert TrustPolicy.objects.get().floor == 0.4
    assert client.post(SETTINGS, {**fields, "assist_precision": "0.95"}).status_code == 422
    assert client.post(SETTINGS, {**fields, "floor": "4"}).status_code == 422
    assert as_(cast.ines).get(SETTINGS).status_code == 403


def test_an_inspector_marks_a_hit_on_the_conversation(as_, cast, version):
    contact = talks(1, PUSHED)[0]
    page = reverse("contacts:detail", args=[contact.pk])
    assert "This hit is a mistake" in html(as_(cast.ines), page)
    address = reverse("inspections:mark_findings", args=[contact.pk])
    assert as_(cast.ines).post(address, {"absent": version.pk}).status_code == 302
    assert RuleLabel.objects.get().is_right is False
    assert "Looked at: the rule is wrong." in html(as_(cast.ines), page)
    assert as_(cast.ines).post(address, {}).status_code == 422
    assert as_(cast.ines).post(address, {"absent": "x"}).status_code == 422
    assert "This hit is a mistake" not in html(as_(cast.bo), page)
    assert as_(cast.bo).post(address, {"absent": version.pk}).status_code == 403


def test_the_workbench_asks_whether_the_rules_are_right(as_, cast, version, sheet):
    contact = talks(1, PUSHED)[0]
    review = services.open_review(contact, sheet, by=cast.ines)
    page = html(as_(cast.ines), reverse("inspections:review", args=[review.pk]))
    assert "Are the rules right here?" in page
    assert page.index('name="save" value="1" hidden') < page.index('name="confirm"')
    address = reverse("inspections:mark_findings", args=[contact.pk])
    answer = as_(cast.ines).post(address, {"present": version.pk, "review": review.pk})
    assert answer["Location"].startswith(reverse("inspections:review", args=[review.pk]))


def test_findings_say_whether_they_are_only_proposed(as_, cast, version):
    contact = talks(1, PUSHED)[0]
    page = reverse("contacts:detail", args=[contact.pk])
    assert "only proposed" in html(as_(cast.bo), page)
    assert "only proposed" in html(as_(cast.quan), reverse("inspections:results"), period="all")
    weigh_rules()
    RuleTrust.objects.update(is_automatic=True)
    assert "only proposed" not in html(as_(cast.bo), page)


def test_a_rule_that_finds_nothing_is_to_be_looked_at(as_, cast, version):
    weigh_rules()
    client = as_(cast.quan)
    page = html(client, reverse("inspections:adequacy"), lack="any")
    assert "judged nothing" in page
    talks(1, PUSHED)
    weigh_rules()
    assert "Nothing speaks against any rule" in html(
        client, reverse("inspections:adequacy"), lack="any"
    )
