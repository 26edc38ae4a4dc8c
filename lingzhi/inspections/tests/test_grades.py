"""Grades by criteria that somebody set: with hysteresis, a smallest sample, and their history."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.measures import Place
from lingzhi.inspections.access.grades import criteria_to_use
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Grade, Incident, Review
from lingzhi.inspections.queries.grades import grades_of, period_of
from lingzhi.inspections.services.grades import (
    AlreadyGraded,
    MonthNotOver,
    compute_grades,
    grade_due,
    set_criteria,
)
from lingzhi.kpis.models import StaleDay
from lingzhi.kpis.queries import Scope, figure, last_days
from lingzhi.kpis.services import count_definition, ensure_definition
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
CUTS = [("A", 90), ("B", 70), ("C", 0)]
FIGURES = {"margin": 2, "minimum": 3, "months": 1, "excellent_points": 2, "abnormal_points": 5}
LAST = today().replace(day=1) - timedelta(days=1)
BEFORE = LAST.replace(day=1) - timedelta(days=1)


@pytest.fixture
def criteria(cast):
    return set_criteria(cast.hotline, CUTS, **FIGURES, reason="agreed in council", by=cast.quan)


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def score(cast, sheet):
    """`score("1002", 95, 80, on=day)`: released scores of an agent."""
    made = iter(range(1000))

    def give(agent, *values, on=LAST):
        at = timezone.make_aware(timezone.datetime(on.year, on.month, on.day, 9))
        for value in values:
            talk = make_contact(f"G-{next(made)}", agent=agent)
            review = make_review(talk, sheet, by=cast.ines, lead=cast.quan)
            Review.objects.filter(pk=review.pk).update(value=value, scored_at=at)

    return give


def test_nobody_is_graded_before_criteria_are_set(cast, as_, score):
    score("1002", 95, 95, 95)
    assert grade_due() == 0
    assert grades_of(cast.bo) is None
    page = as_(cast.quan).get(reverse("inspections:grades"), headers=ENGLISH).content.decode()
    assert "Nobody is graded yet" in page


def test_a_grade_keeps_its_figure_interval_and_basis(cast, criteria, score):
    score("1002", 96, 94, 95)
    assert compute_grades(criteria, LAST, by=cast.quan) == 3 + 2  # agents and teams
    found = grades_of(cast.bo)
    assert (found.grade, found.basis, found.count, found.figure) == ("A", "first", 3, 95)
    assert found.low == pytest.approx(95 - 4.303 / 3**0.5, abs=0.01)  # t(0.975, 2) = 4.303
    assert Entry.objects.filter(action="inspections.grades_computed").count() == 1
    assert Notice.objects.filter(person=cast.bo).exists()


def test_people_with_the_best_grades_are_an_indicator(cast, criteria, score):
    """Bo has an A, Bea a B, of the third nobody knows enough."""
    score("1002", 96, 94, 95)
    score("1003", 80, 80, 80)
    compute_grades(criteria, LAST, by=cast.quan)
    assert StaleDay.objects.filter(day=LAST).exists()
    way = ensure_definition("K35", "", {}, by=None)
    count_definition(way, LAST, LAST)
    found = figure(way, Scope.of_unit(cast.company), last_days(1, LAST))
    assert (found.numerator, found.denominator, found.unknown) == (1, 2, 1)
    first, second = way.way.measure.rows({"best": 2}, Place(cast.first.path), LAST, LAST)
    assert first.label.startswith("Bo 1002 · ")
    assert (first.numerator, second.numerator) == (1, 1)


@pytest.mark.parametrize(
    ("cuts", "grade"),
    [
        ([("合格", 60), ("不合格", 0)], "合格"),
        ([("5", 95), ("4", 80), ("3", 60), ("2", 40), ("1", 0)], "4"),
    ],
)
def test_the_scale_is_the_centres_own(cast, score, cuts, grade):
    criteria = set_criteria(cast.hotline, cuts, **FIGURES, reason="agreed", by=cast.quan)
    score("1002", 85, 85, 85)
    compute_grades(criteria, LAST, by=cast.quan)
    assert grades_of(cast.bo).grade == grade


def test_too_few_say_nothing_and_keep_what_was(cast, criteria, score):
    score("1002", 95, 95, 95, on=BEFORE)
    score("1002", 10)
    compute_grades(criteria, BEFORE, by=cast.quan)
    compute_grades(criteria, LAST, by=cast.quan)
    assert (grades_of(cast.bo).grade, grades_of(cast.bo).basis) == ("A", "too-few")
    assert (grades_of(cast.bea).grade, grades_of(cast.bea).basis) == ("", "too-few")


def test_a_small_movement_does_not_change_a_grade(cast, criteria, score):
    score("1002", 91, 91, 91, on=BEFORE)
    score("1003", 91, 91, 91, on=BEFORE)
    score("1002", 89, 89, 89)
    score("1003", 87, 87, 87)
    compute_grades(criteria, BEFORE, by=cast.quan)
    compute_grades(criteria, LAST, by=cast.quan)
    assert (grades_of(cast.bo).grade, grades_of(cast.bo).basis) == ("A", "held")
    assert (grades_of(cast.bea).grade, grades_of(cast.bea).basis) == ("B", "fell")
    assert grades_of(cast.bea, on=BEFORE).grade == "A"


def test_incidents_move_the_figure_and_withdrawn_ones_do_not(cast, criteria, score):
    score("1002", 92, 92, 92)
    told = {"person": cast.bo, "story": "x", "evidence": "file 1", "recorded_by": cast.ada}
    told |= {"happened_on": LAST, "recorded_at": timezone.now()}
    Incident.objects.create(kind="abnormal", **told)
    Incident.objects.create(kind="abnormal", **told, withdrawn_at=timezone.now())
    compute_grades(criteria, LAST, by=cast.quan)
    found = grades_of(cast.bo)
    assert (found.figure, found.grade, found.abnormal) == (87, "B", 1)


def test_a_month_is_graded_once_and_anew_only_with_a_reason(cast, criteria, score):
    score("1002", 95, 95, 95)
    compute_grades(criteria, LAST, by=cast.quan)
    with pytest.raises(AlreadyGraded):
        compute_grades(criteria, LAST, by=cast.quan)
    Review.objects.update(value=60)
    compute_grades(criteria, LAST, reason="an appeal was upheld", by=cast.quan)
    rows = Grade.objects.filter(person=cast.bo)
    assert sorted(rows.values_list("grade", "is_latest")) == [("A", False), ("C", True)]


def test_a_month_that_is_not_over_is_not_graded(cast, criteria):
    with pytest.raises(MonthNotOver):
        compute_grades(criteria, today(), by=cast.quan)


def test_several_months_are_looked_at_across_the_year(cast, criteria):
    criteria.months = 3
    assert period_of(criteria, date(2026, 1, 31)) == (date(2025, 11, 1), date(2026, 1, 31))


def test_the_job_grades_once_when_the_month_has_closed(criteria, score, monkeypatch):
    score("1002", 95, 95, 95)
    place = "lingzhi.inspections.services.grades.today"
    monkeypatch.setattr(place, lambda: LAST + timedelta(days=3))
    assert grade_due() == 0
    monkeypatch.setattr(place, lambda: LAST + timedelta(days=10))
    assert (grade_due(), grade_due()) == (1, 0)


def test_cuts_that_do_not_fall_and_a_missing_reason_are_refused(cast):
    with pytest.raises(BadInput):
        set_criteria(cast.hotline, [("A", 70), ("B", 90)], **FIGURES, reason="x", by=cast.quan)
    with pytest.raises(BadInput):
        set_criteria(cast.hotline, CUTS, **FIGURES, reason=" ", by=cast.quan)


def test_criteria_are_set_and_grades_computed_on_the_pages(cast, as_, score):
    score("1002", 95, 95, 95)
    client = as_(cast.quan)
    form = {"unit": cast.hotline.pk, "cuts": "A 90\nB 70\nC 0", **FIGURES, "reason": "agreed"}
    wrong = client.post(reverse("inspections:grade_criteria"), {**form, "cuts": "A ninety"})
    assert wrong.status_code == 422
    assert client.post(reverse("inspections:grade_criteria"), form).status_code == 302
    made = cast.hotline.grade_criteria.get()
    url = reverse("inspections:compute_grades", args=[made.pk])
    assert client.post(url, {"month": f"{LAST:%Y-%m}"}).status_code == 302
    page = client.get(reverse("inspections:grades"), headers=ENGLISH)
    assert "too few to say" in page.content.decode()
    assert [one.grade for one in page.context["page"]] == ["A", "", ""]
    again = client.post(url, {"month": f"{LAST:%Y-%m}"})
    assert again.status_code == 409


def test_each_sees_grades_within_reach_only(cast, as_, criteria, score):
    score("1002", 95, 95, 95)
    compute_grades(criteria, LAST, by=cast.quan)
    seen = [
        [one.person.name for one in as_(who).get(reverse("inspections:grades")).context["page"]]
        for who in (cast.bo, cast.ada, cast.cai)
    ]
    assert seen == [["Bo"], ["Bo", "Bea"], ["Chen"]]
    with pytest.raises(PermissionDenied):
        criteria_to_use(cast.ines, criteria.pk)


def test_the_list_asks_no_more_for_more_people(cast, as_, criteria, django_assert_max_num_queries):
    compute_grades(criteria, LAST, by=cast.quan)
    client = as_(cast.quan)
    with django_assert_max_num_queries(24):
        client.get(reverse("inspections:grades"))
