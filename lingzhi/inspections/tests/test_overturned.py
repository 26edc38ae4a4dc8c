"""What appeals overturned: rules learn from it, and it is counted among all that could be."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now, today
from lingzhi.inspections.factories import SHEET, make_review, make_rule, make_sheet
from lingzhi.inspections.models import Review, RuleVersion
from lingzhi.inspections.queries.appeals import (
    overturned_by_inspector,
    overturned_by_item,
    overturned_by_rule,
)
from lingzhi.inspections.services import inspect_all
from lingzhi.inspections.services.appeals import Point, open_appeal
from lingzhi.inspections.services.deciding_appeals import Opinion, decide_appeal
from lingzhi.inspections.tasks import learn_from_appeal
from lingzhi.kpis.queries import Period
from lingzhi.notifications.models import Notice
from lingzhi_engine.stats import Rate

pytestmark = pytest.mark.django_db
SHIRKED = "客户:我要退款,电话13800002071\n客服:这个不归我们管"
KIND = "客户:我要退款\n客服:我帮您查一下"


def filled(rules, hit="no", miss="yes"):
    """The plain sheet, whose item `solve` these rules fill."""
    greet, solve = SHEET["sections"][0]["items"]
    fill = {"rules": rules, "hit": hit, "miss": miss}
    items = [greet, {**solve, "fill": fill}]
    return {**SHEET, "sections": [{**SHEET["sections"][0], "items": items}]}


@pytest.fixture
def rule():
    return make_rule()


@pytest.fixture
def sheet(cast, rule):
    return make_sheet(cast.quan, filled([rule.rule.code]))


def scored(cast, sheet, number, words=SHIRKED, answer="no"):
    talk = make_contact(number, agent="1002", turns=words)
    inspect_all(Contact.objects.filter(pk=talk.pk))
    return make_review(talk, sheet, by=cast.ines, lead=cast.quan, solve=answer)


def overturn(cast, review):
    appeal = open_appeal(review, [Point("solve", "quoted")], by=cast.bo)
    decide_appeal(appeal, {"solve": Opinion("only quoted", {"value": "yes"})}, by=cast.ada)


def settled():
    """The time to appeal is over for all."""
    Review.objects.update(released_at=now() - timedelta(days=40))
    return Period(today() - timedelta(days=60), today())


# --- rules learn ------------------------------------------------------------------------------


def test_an_overturned_hit_joins_the_tests_of_its_rule_masked(cast, rule, sheet, run_jobs):
    rule.rule.owner = cast.quan
    rule.rule.save()
    overturn(cast, scored(cast, sheet, "BO-1"))
    run_jobs()
    draft = RuleVersion.objects.get(state="draft")
    examples = str(draft.body["tests"]["miss"])
    assert "不归我们管" in examples
    assert "13800002071" not in examples
    assert Notice.objects.filter(person=cast.quan, url__contains="examples").exists()


def test_an_overturned_miss_is_an_example_of_a_hit(cast, rule, run_jobs):
    praising = make_sheet(cast.quan, filled([rule.rule.code], hit="yes", miss="no"))
    overturn(cast, scored(cast, praising, "BO-1", KIND))
    run_jobs()
    assert "我帮您查一下" in str(RuleVersion.objects.get(state="draft").body["tests"]["hit"])


def test_what_a_person_had_answered_teaches_no_rule(cast, rule, sheet, run_jobs):
    overturn(cast, scored(cast, sheet, "BO-1", KIND, "no"))
    run_jobs()
    assert not RuleVersion.objects.filter(state="draft").exists()


def test_learning_twice_changes_nothing(cast, rule, sheet, run_jobs):
    review = scored(cast, sheet, "BO-1")
    overturn(cast, review)
    run_jobs()
    before = RuleVersion.objects.get(state="draft").body
    learn_from_appeal(review.appeals.get().items.get().pk)
    assert RuleVersion.objects.get(state="draft").body == before


# --- counted ----------------------------------------------------------------------------------


def test_the_share_is_of_all_that_could_be_appealed_against(cast, rule, sheet):
    for number in range(3):
        scored(cast, sheet, f"BO-{number}")
    overturn(cast, Review.objects.last())
    period = settled()
    assert overturned_by_rule(period) == {"ownership.shirking": Rate(1, 3)}
    assert overturned_by_inspector(period) == {cast.ines.pk: Rate(1, 3)}
    items = overturned_by_item(period)
    assert items[sheet.sheet_id, "solve"] == Rate(1, 3)
    assert items[sheet.sheet_id, "greet"] == Rate(0, 3)


def test_what_can_still_be_appealed_against_is_not_counted(cast, rule, sheet):
    overturn(cast, scored(cast, sheet, "BO-1"))
    period = Period(today() - timedelta(days=60), today())
    assert overturned_by_rule(period) == {}
    assert overturned_by_inspector(period) == {}
    Review.objects.update(closed_at=now())
    assert overturned_by_rule(period) == {"ownership.shirking": Rate(1, 1)}


def test_an_appeal_that_is_not_over_is_not_counted(cast, rule, sheet):
    open_appeal(scored(cast, sheet, "BO-1"), [Point("solve", "x")], by=cast.bo)
    scored(cast, sheet, "BO-2")
    assert overturned_by_inspector(settled()) == {cast.ines.pk: Rate(0, 1)}


def test_misses_and_answers_of_people_count_for_no_rule(cast, rule, sheet):
    scored(cast, sheet, "BO-1", KIND, "yes")
    scored(cast, sheet, "BO-2", SHIRKED, "yes")
    assert overturned_by_rule(settled()) == {}


def test_of_several_rules_those_that_hit_answer_for_it(cast, rule):
    words = {"p": {"op": "text.keyword", "words": ["没有"]}}
    tests = {"hit": [["agent: 没有"]], "miss": [["agent: 有"]]}
    other = make_rule(id="ownership.other", conditions=words, when="p", tests=tests)
    sheet = make_sheet(cast.quan, filled([rule.rule.code, other.rule.code]))
    overturn(cast, scored(cast, sheet, "BO-1"))
    scored(cast, sheet, "BO-2", KIND, "yes")
    assert overturned_by_rule(settled()) == {"ownership.shirking": Rate(1, 1)}


def test_the_page_says_too_few_and_stays_within_reach(as_, cast, rule, sheet, hold):
    overturn(cast, scored(cast, sheet, "BO-1"))
    settled()
    address = reverse("inspections:appeal_outcomes")
    page = as_(cast.quan).get(address, headers={"Accept-Language": "en"}).content.decode()
    assert "1 / 1" in page
    assert "too few to say" in page
    assert "推诿用语" in page or "Shirking" in page
    hold(cast.cai, "quality_manager", cast.second)
    page = as_(cast.cai).get(address, headers={"Accept-Language": "en"}).content.decode()
    assert "1 / 1" not in page
    assert as_(cast.bo).get(address).status_code == 403
