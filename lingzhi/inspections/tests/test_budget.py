"""The budget planner: what hours give under each method, and how a plan is made of it."""

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.inspections.budgeting import Budget, Group, needs_of, worth_of
from lingzhi.inspections.factories import make_review, make_rule, make_sheet
from lingzhi.inspections.models import Review, RuleTrust
from lingzhi.inspections.queries import tallies_of
from lingzhi.inspections.queries.budgets import groups_of, minutes_a_review
from lingzhi.inspections.services import inspect_all

ENGLISH = {"Accept-Language": "en"}
# Two teams of five agents with 200 conversations each, ten of them with a severe hit.
GROUPS = [Group(1 + at % 2, 10 + at, 200, 10) for at in range(10)]
BUDGET = Budget(hours=40, minutes=8, precision=0.8, recall=0.5)  # 300 reviews


def test_the_hours_decide_how_many_reviews():
    assert BUDGET.reviews == 300
    for method in ("simple", "stratified", "risk", "spread"):
        assert worth_of(GROUPS, BUDGET, method).reviews == 300


def test_at_random_as_many_fatal_errors_are_found_as_conversations_are_seen():
    found = worth_of(GROUPS, BUDGET, "simple")
    assert found.found == pytest.approx(0.15)
    # rate (100 x .8 + missed 80) / 2000 = 8 %, n* = 300 / (1 - .15): Wilson
    assert found.centre.rate == pytest.approx(0.08)
    assert found.centre.half_width == pytest.approx(0.0286, abs=0.0005)


def test_by_risk_more_is_found():
    # weights 10 and 1: 1000 + 1900; chance of a hit 300 x 10 / 2900 > 1: all hits, 200 of 1900
    found = worth_of(GROUPS, BUDGET, "risk")
    assert found.found == pytest.approx((100 * 0.8 + 200 / 1900 * 80) / 160)
    assert found.found > worth_of(GROUPS, BUDGET, "simple").found


def test_a_team_and_an_agent_are_known_less_well():
    found = worth_of(GROUPS, BUDGET, "spread")
    assert found.per_agent == 30
    assert (found.team_reviews, found.agent_reviews) == (150, 30)
    assert found.centre.half_width < found.team < found.agent


def test_what_nobody_looks_at_is_said():
    stranger = Group(None, None, 200, 0)
    found = worth_of([*GROUPS, stranger], BUDGET, "spread")
    few = worth_of(GROUPS, Budget(hours=0.4, minutes=8, precision=0.8, recall=0.5), "simple")
    assert found.found < worth_of(GROUPS, BUDGET, "spread").found
    assert few.agent is None


def test_what_it_takes_to_know_better():
    needs = {one.half_width: one.reviews for one in needs_of(GROUPS, BUDGET)}
    assert needs[0.10] < needs[0.05] < needs[0.03] < needs[0.02] <= 2000


def test_a_rate_that_nobody_knows_is_not_zero():
    unknown = [one._replace(hits=0) for one in GROUPS]
    found = worth_of(unknown, BUDGET, "simple")
    assert found.centre.rate == 0.5
    assert found.found == pytest.approx(0.15)
    assert needs_of(unknown, BUDGET)[1].reviews == 323  # 1.96^2 x .25 / .05^2 of 2,000


def test_nothing_to_draw_from_is_no_error():
    assert worth_of([], BUDGET, "risk").reviews == 0
    assert needs_of([], BUDGET)[0].reviews == 0


@pytest.mark.django_db
def test_groups_count_severe_hits(cast):
    make_rule()
    make_contact("A", agent="1002", turns="客户:我要退款\n客服:这个不归我们管")
    make_contact("B", agent="1002")
    make_contact("C", agent="2002")
    inspect_all(Contact.objects.all())
    assert set(groups_of(tallies_of(Contact.objects.all()))) == {
        Group(cast.first.pk, cast.bo.pk, 2, 1),
        Group(cast.second.pk, cast.chen.pk, 1, 0),
    }


@pytest.mark.django_db
def test_minutes_are_measured_where_reviews_were_timed(cast):
    assert minutes_a_review().n == 0
    sheet = make_sheet(cast.quan)
    for at in range(5):
        review = make_review(make_contact(f"T{at}", agent="2002"), sheet, by=cast.ines)
        Review.objects.filter(pk=review.pk).update(seconds=60 * (at + 1))
    assert minutes_a_review() == (3.0, 5)


@pytest.mark.django_db
def test_the_page_compares_and_makes_a_plan(as_, cast):
    for at in range(12):
        make_contact(f"T{at}", agent="1002" if at % 2 else "2002")
    url = reverse("inspections:budget")
    answer = as_(cast.quan).get(url, {"hours": "1", "minutes": "10"}, headers=ENGLISH)
    page = answer.content.decode()
    assert "With 1 inspector-hours this gives" in page
    assert [one.worth.reviews for one in answer.context["methods"]] == [6, 6, 6, 6]
    plan = as_(cast.quan).get(answer.context["methods"][1].url)
    assert plan.context["form"]["size"].value() == "6"
    assert as_(cast.ines).get(url).status_code == 403


@pytest.mark.django_db
def test_a_wrong_figure_is_shown_beside_its_field(as_, cast):
    answer = as_(cast.quan).get(reverse("inspections:budget"), {"recall": "0"})
    assert "recall" in answer.context["form"].errors
    assert "methods" not in answer.context


def weigh(version, precision, recall, *, hits=100, n=40):
    """A kept weighing: shares as (value, low, high)."""
    evidence = {
        name: {**dict(zip(("value", "low", "high"), said, strict=True)), "kind": "wilson", "n": n}
        for name, said in (("precision", precision), ("recall", recall))
    }
    RuleTrust.objects.create(
        version=version, since=now(), evidence={**evidence, "sizes": {"hit": hits}}
    )


@pytest.mark.django_db
def test_how_right_rules_are_is_measured_where_people_said_enough(as_, cast):
    for at in range(12):
        make_contact(f"T{at}", agent="1002" if at % 2 else "2002")
    url, asked = reverse("inspections:budget"), {"hours": "1", "minutes": "10"}
    client = as_(cast.quan)
    assert [one.value for one in client.get(url, asked).context["shares"]] == [0.8, 0.7]
    one = make_rule()
    other = make_rule(id="ownership.other")
    weigh(one, (0.9, 0.8, 0.95), (0.5, 0.3, 0.7), hits=300)
    weigh(other, (0.5, 0.4, 0.6), (None, 0.0, 1.0), hits=100)
    answer = client.get(url, asked, headers=ENGLISH)
    right, found = answer.context["shares"]
    assert (right.source, right.figure.value, right.figure.n) == ("measured", 0.8, 80)
    # MOVER: distances to the limits joined as squares, by the share of the hits
    assert right.figure.low == pytest.approx(0.8 - ((0.75 * 0.1) ** 2 + (0.25 * 0.1) ** 2) ** 0.5)
    assert (found.figure.value, found.rules, answer.context["form"].trusted.rules) == (0.5, 1, 2)
    assert "2 of 2 severe rules" in answer.content.decode()
    typed = client.get(url, {**asked, "precision": "0.3"}, headers=ENGLISH)
    assert (typed.context["budget"].precision, typed.context["budget"].recall) == (0.3, 0.5)
    assert "as typed above" in typed.content.decode()


@pytest.mark.django_db
def test_a_few_verdicts_take_no_assumption_s_place(as_, cast):
    weigh(make_rule(), (1.0, 0.4, 1.0), (None, 0.0, 1.0), n=4)
    make_contact("T", agent="1002")
    answer = as_(cast.quan).get(reverse("inspections:budget"), headers=ENGLISH)
    assert answer.context["budget"].precision == 0.8
    assert "too few to say" in answer.content.decode()
