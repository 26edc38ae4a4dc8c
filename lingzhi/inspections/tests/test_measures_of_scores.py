"""Indicators of inspection: what scores say, and how inspection itself is done."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now, today
from lingzhi.core.measures import Place, measures
from lingzhi.inspections.factories import make_review, make_rule, make_sheet
from lingzhi.inspections.measures.scores import has_error
from lingzhi.inspections.models import Review, ReviewChange, ReviewItem, Task
from lingzhi.inspections.services.appeals import Point, open_appeal, withdraw_appeal
from lingzhi.inspections.services.correcting import change_score
from lingzhi.inspections.tests.test_trust import KIND, talks
from lingzhi.kpis.models import Definition, StaleDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(cast):
    make_rule()
    return make_sheet(cast.quan)


@pytest.fixture
def scored(cast, sheet):
    """Four conversations: passed, passed, failed, and one that nobody scored."""
    found = talks(4, KIND)
    for contact, greet in zip(found[:3], ("yes", "yes", "no"), strict=True):
        make_review(contact, sheet, by=cast.ines, lead=cast.quan, greet=greet)
    return found


def sums(code, **params):
    cells = list(measures()[code].cells(params, today() - timedelta(days=1), today()))
    return (
        sum(one.numerator for one in cells), sum(one.denominator for one in cells),
        sum(one.unknown for one in cells),
    )  # fmt: skip


def test_scores_count_by_their_mean_and_their_lines(scored):
    assert sums("inspections.score") == (260, 3, 0)
    assert sums("inspections.passed") == (2, 3, 0)
    assert sums("inspections.excellent") == (0, 0, 3)  # the sheet has no line of excellence


def test_what_is_not_released_is_in_no_figure(scored):
    Review.objects.update(state="scored", released_at=None)
    assert sums("inspections.score") == (0, 0, 0)
    assert sums("inspections.sampled") == (3, 4, 0)


def test_errors_are_counted_by_family(scored):
    Review.objects.filter(is_passed=False).update(families={"customer": True, "business": False})
    assert sums("inspections.errors", kind="fatal") == (1, 3, 0)
    assert sums("inspections.errors", kind="customer") == (1, 1, 2)
    assert sums("inspections.errors", kind="business") == (0, 1, 2)
    assert sums("inspections.errors", kind="nonfatal") == (1, 3, 0)
    assert has_error("fatal", True, {}) is True


def test_sampled_and_covered_are_shares_of_conversations(scored):
    assert sums("inspections.sampled") == (3, 4, 0)
    assert sums("inspections.covered") == (4, 4, 0)


def test_an_appeal_that_changes_a_score_overturns_it(cast, scored):
    review = Review.objects.get(is_passed=False)
    change_score(
        review, {"greet": {"value": "yes"}}, cause=ReviewChange.Cause.APPEAL, reason="won",
        by=cast.quan,
    )  # fmt: skip
    assert sums("inspections.overturned") == (1, 3, 0)
    assert sums("inspections.passed") == (3, 3, 0)


def test_an_appeal_counts_once_it_is_opened_and_has_its_day_counted_anew(cast, scored):
    assert sums("inspections.appealed") == (0, 3, 0)
    StaleDay.objects.all().delete()
    review = Review.objects.get(is_passed=False)
    appeal = open_appeal(review, [Point("greet", "I did greet")], by=review.agent)
    assert sums("inspections.appealed") == (1, 3, 0)
    assert list(StaleDay.objects.values_list("day", flat=True)) == [today()]
    withdraw_appeal(appeal, by=review.agent)
    assert sums("inspections.appealed") == (1, 3, 0)


def test_named_items_of_sheets_are_counted_by_conversation(scored):
    assert sums("inspections.items_met", items=["plain:greet"]) == (2, 3, 0)
    assert sums("inspections.items_met", items=["plain:greet", "plain:solve"]) == (2, 3, 0)
    assert sums("inspections.items_points", items=["plain:greet"]) == (200, 3, 0)
    assert sums("inspections.items_points", items=["plain:greet", "plain:solve"]) == (260, 3, 0)
    assert sums("inspections.items_met", items=["other:greet", "plain:gone"]) == (0, 0, 0)


def test_what_is_not_known_of_an_item_is_neither_met_nor_failed(scored):
    items = ReviewItem.objects.filter(item="greet")
    items.filter(review__is_passed=True).update(is_failed=None)
    assert sums("inspections.items_met", items=["plain:greet"]) == (0, 1, 2)
    items.update(is_na=True)
    assert sums("inspections.items_met", items=["plain:greet"]) == (0, 0, 0)


def test_the_house_names_the_items_that_feed_an_indicator(as_, cast, scored):
    url = reverse("kpis:define", args=["K09", "items_met"])
    page = as_(cast.quan).get(url).content.decode()
    assert "通话评分 · 解决" in page
    given = {"param_items": ["plain:solve"], "from_on": "2026-11-01", "reason": "our own sheet"}
    assert as_(cast.quan).post(url, given).status_code == 302
    assert Definition.objects.get(indicator__code="K09").params == {"items": ["plain:solve"]}


def test_agreement_is_of_items_answered_twice(cast, scored):
    first, second, _third = Review.objects.order_by("pk")
    assert sums("inspections.agreement") == (0, 0, 0)
    change_score(
        first, {"greet": {"value": "no"}}, cause=ReviewChange.Cause.RECHECK, reason="heard again",
        by=cast.quan,
    )  # fmt: skip
    Review.objects.filter(pk__in=(first.pk, second.pk)).update(rechecked_at=now())
    assert sums("inspections.agreement") == (3, 4, 0)


def test_a_second_score_is_compared_and_counts_nowhere_else(cast, sheet, scored):
    Task.objects.create(
        contact=scored[0], sheet=sheet.sheet, reason="second", is_repeat=True, created_at=now(),
        inspector=cast.quan,
    )  # fmt: skip
    again = make_review(scored[0], sheet, by=cast.quan, solve="no")
    assert not again.counts
    assert sums("inspections.agreement") == (1, 2, 0)
    assert sums("inspections.score") == (260, 3, 0)


def test_reviews_are_counted_by_inspector_and_day(cast, scored):
    assert sums("inspections.workload") == (3, 1, 0)
    (cell,) = measures()["inspections.workload"].cells({}, today(), today())
    assert cell.agent_id == cast.ines.pk
    rows = measures()["inspections.workload"].rows({}, Place(), today(), today())
    assert len(rows) == 3


def test_feedback_is_in_time_within_the_hours(scored):
    assert sums("inspections.feedback", hours=72) == (3, 3, 0)
    Review.objects.update(scored_at=now() - timedelta(hours=100))
    assert sums("inspections.feedback", hours=72) == (0, 3, 0)
    Review.objects.update(scored_at=now(), released_at=None, state="scored")
    assert sums("inspections.feedback", hours=72) == (0, 0, 0)


@pytest.mark.parametrize(
    "code",
    ["score", "passed", "sampled", "covered", "overturned", "appealed", "agreement", "workload"],
)
def test_every_figure_leads_to_its_conversations(scored, code):
    rows = measures()[f"inspections.{code}"].rows({}, Place(), today(), today())
    assert [row.url for row in rows[:9]] == [row.url for row in list(rows)]
    assert {row.label.split(" · ")[0] for row in rows[:9]} <= set(
        Contact.objects.values_list("external_id", flat=True)
    )


def test_a_change_has_the_day_counted_anew(cast, scored):
    StaleDay.objects.all().delete()
    review = Review.objects.get(is_passed=False)
    change_score(
        review, {"greet": {"value": "yes"}}, cause=ReviewChange.Cause.APPEAL, reason="won",
        by=cast.quan,
    )  # fmt: skip
    assert list(StaleDay.objects.values_list("day", flat=True)) == [today()]
