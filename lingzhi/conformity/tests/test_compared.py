"""The days before are compared with only where all of them were counted."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.conformity import services
from lingzhi.conformity.models import DayEvidence
from lingzhi.conformity.queries.periods import Period, last_days
from lingzhi.conformity.queries.reading import Reading, readings_of
from lingzhi.conformity.queries.standing import standing_of_clauses
from lingzhi.conformity.tests.conftest import talks
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.inspections import services as inspections
from lingzhi.rulebook.models import Version

DAY = timedelta(days=1)
ENGLISH = {"Accept-Language": "en"}


def days(first: int, last: int) -> Period:
    return Period(date(2026, 3, first), date(2026, 3, last))


@pytest.mark.parametrize(
    ("stretches", "is_within"),
    [
        ([], False),
        ([days(10, 20)], True),
        ([days(1, 31)], True),
        ([days(11, 31)], False),
        ([days(1, 19)], False),
        ([days(15, 31), days(1, 14)], True),
        ([days(1, 12), days(14, 31)], False),
        ([days(1, 4), days(5, 31)], True),
        ([Period(date(2026, 3, 1), date.max)], True),
    ],
)
def test_a_period_lies_within_stretches_that_hold_each_of_its_days(stretches, is_within):
    assert days(10, 20).is_within(stretches) is is_within


def since(house, number: int) -> None:
    """The version holds since so many days ago, and is counted."""
    house.version.effective_on = today() - number * DAY
    house.version.save(update_fields=["effective_on"])
    services.count_kind("inspection_rule")


def reading(house, period: Period) -> Reading:
    found = readings_of(house.version, house.regulation.unit, period, usual=0.95)
    return found[house.control("shirking").pk]


def before(house, number: int) -> tuple[int, int]:
    """What the figure of so many days is compared with: kept and checked."""
    period = last_days(number, today())
    found = reading(house, period).before(period)
    return found.evidence.kept, found.checked


def test_a_week_is_compared_with_the_week_before_it(cast, house):
    since(house, 13)
    assert before(house, 7) == (2, 3)


def test_it_is_not_where_the_clause_came_in_the_midst_of_the_days_before(cast, house):
    since(house, 12)
    assert before(house, 7) == (0, 0)


def test_what_was_looked_back_at_is_compared_as_far_as_one_looks_back(cast, house):
    talks(today() - 31 * DAY, kept=4)
    inspections.inspect_all(Contact.objects.all())
    since(house, 0)
    house.version.effective_on = today() + DAY  # a day without conversations of its own
    house.version.save(update_fields=["effective_on"])
    assert before(house, 7) == (2, 3)
    assert before(house, 30) == (0, 0)  # 35 days are known, not 60


def test_days_without_a_version_in_force_leave_nothing_to_compare_with(cast, house):
    since(house, 6)
    first = today() - 40 * DAY
    older = Version.objects.create(
        regulation=house.regulation, number=99, body=house.version.body, created_by=cast.quan,
        created_at=house.version.created_at, approved_at=house.version.approved_at,
        effective_on=first, ended_on=today() - 8 * DAY, reason_kind="first",
    )  # fmt: skip
    clause = house.control("shirking").clause
    twin = older.clauses.create(position=1, number=clause.number, force="must")
    control = house.control("shirking")
    control.pk, control.clause = None, twin
    control.save()
    period = last_days(7, today())
    assert not reading(house, period).knows_before(period)
    Version.objects.filter(pk=older.pk).update(ended_on=today() - 7 * DAY)
    assert reading(house, period).knows_before(period)


def test_a_version_that_never_held_covers_no_days(cast, house):
    since(house, 5)
    other = Version.objects.create(
        regulation=house.regulation, number=99, body=house.version.body, created_by=cast.quan,
        created_at=house.version.created_at, approved_at=house.version.approved_at,
        effective_on=today() - 40 * DAY, withdrawn_at=house.version.approved_at,
        reason_kind="first",
    )  # fmt: skip
    control = house.control("shirking")
    twin = other.clauses.create(position=1, number=control.clause.number, force="must")
    control.pk, control.clause = None, twin
    control.save()
    period = last_days(7, today())
    assert not reading(house, period).knows_before(period)


def test_the_state_before_is_none_where_the_days_before_are_not_known(cast, house):
    for number, is_known in ((5, False), (20, True)):
        since(house, number)
        [found] = standing_of_clauses(
            house.version, house.regulation.unit, last_days(7, today()), number="2.1"
        )
        assert (found.state_before is not None) is is_known


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (13, "The same number of days before: 66.7% (2 of 3)."),
        (12, "Nothing to compare with: not all of the same number of days before were counted."),
    ],
)
def test_the_page_of_a_clause_says_whether_there_is_something_to_compare_with(
    as_, cast, house, number, sentence
):
    since(house, number)
    url = reverse("conformity:clause", args=[house.regulation.pk, "2.1"])
    html = as_(cast.quan).get(url, {"period": "7"}, headers=ENGLISH).content.decode()
    assert sentence in html
    assert ("Nothing to compare with" in html) is (number == 12)


def test_it_says_apart_that_the_days_before_held_nothing_to_check(as_, cast, house):
    since(house, 20)
    DayEvidence.objects.filter(day=today() - 9 * DAY).delete()
    url = reverse("conformity:clause", args=[house.regulation.pk, "2.1"])
    html = as_(cast.quan).get(url, {"period": "7"}, headers=ENGLISH).content.decode()
    assert "in the same number of days before, nothing was there to check" in html


def test_the_tiles_say_it_too(as_, cast, house):
    since(house, 5)
    url = reverse("conformity:regulation", args=[house.regulation.pk])
    tiles = as_(cast.quan).get(url, headers=ENGLISH).context["tiles"]
    assert [tile.note for tile in tiles[:2]] == ["no days before to compare with"] * 2
