"""Counting: the same as a recount from the rows; old days and old versions stay as they were."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from lingzhi.conformity import services
from lingzhi.conformity.models import DayEvidence
from lingzhi.conformity.tests.conftest import KIND, PUSHED, talk, talks
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.inspections import services as inspections
from lingzhi.jobs.models import Job
from lingzhi.rulebook import services as rulebook
from lingzhi.rulebook.models import Version

DAY = timedelta(days=1)


def rows(control, unit) -> dict[date, tuple[int, int, int]]:
    found = DayEvidence.objects.filter(control=control, unit=unit)
    return {row.day: (row.kept, row.broken, row.unknown) for row in found}


def recount(unit, word: str) -> dict[date, tuple[int, int, int]]:
    """From the turns themselves: a conversation is broken if an agent says the word."""
    found: dict[date, Counter] = {}
    for contact in Contact.objects.filter(unit__path__startswith=unit.path):
        says = any(word in turn.text for turn in contact.turns.filter(role="agent"))
        day = timezone.localdate(contact.started_at)
        found.setdefault(day, Counter())["broken" if says else "kept"] += 1
    return {day: (one["kept"], one["broken"], 0) for day, one in found.items()}


def test_evidence_equals_a_recount_for_every_unit(cast, house):
    services.count_kind("inspection_rule")
    for unit in (cast.hotline, cast.first, cast.second):
        assert rows(house.control("shirking"), unit) == recount(unit, "不归我们管"), unit
    assert sum(kept for kept, _b, _u in rows(house.control("shirking"), cast.hotline).values()) == 6


def test_counting_again_changes_nothing(cast, house):
    services.count_kind("inspection_rule")
    before = rows(house.control("shirking"), cast.hotline)
    services.count_kind("inspection_rule")
    assert rows(house.control("shirking"), cast.hotline) == before


def test_late_conversations_of_recent_days_count(cast, house):
    services.count_kind("inspection_rule")
    day = today() - 3 * DAY
    talk("late", PUSHED, day)
    inspections.inspect_all(Contact.objects.all())
    services.count_kind("inspection_rule")
    assert rows(house.control("shirking"), cast.hotline)[day] == (3, 2, 0)


def test_sealed_days_are_not_counted_again(cast, house):
    services.count_kind("inspection_rule")
    DayEvidence.objects.create(
        control=house.control("shirking"), unit=cast.hotline, day=today() - 40 * DAY,
        kept=7, broken=1, unknown=0, counted_at=timezone.now(),
    )  # fmt: skip
    talk("very late", PUSHED, today() - 40 * DAY)
    inspections.inspect_all(Contact.objects.all())
    services.count_kind("inspection_rule")
    assert rows(house.control("shirking"), cast.hotline)[today() - 40 * DAY] == (7, 1, 0)


def test_a_control_never_counted_is_counted_from_its_first_day(cast, house):
    """A regulation dated back further than days are recounted, with what it looks back at."""
    first = today() - 60 * DAY
    Version.objects.filter(pk=house.version.pk).update(effective_on=first)
    talk("long ago", PUSHED, first + 2 * DAY)
    talk("before", KIND, first - 10 * DAY)
    talk("too long ago", KIND, first - 50 * DAY)
    inspections.inspect_all(Contact.objects.all())
    services.count_kind("inspection_rule")
    found = rows(house.control("shirking"), cast.hotline)
    assert found[first + 2 * DAY] == (0, 1, 0)
    assert found[first - 10 * DAY] == (1, 0, 0)
    assert first - 50 * DAY not in found


def test_with_two_versions_old_judgements_do_not_move(cast, house, run_jobs):
    """Other words from today on: the days before stay as the old words judged them."""
    services.count_kind("phrases")
    old = house.control("company")
    before = rows(old, cast.hotline)
    assert before[today() - 3 * DAY] == (4, 0, 0)
    draft = rulebook.revise(
        house.regulation, reason_kind="business", reason="renamed", by=cast.quan
    )
    rulebook.save_answers(draft, {"company": {"words": ["不归我们管"]}}, by=cast.quan)
    rulebook.submit_version(
        draft, effective_on=today(), reason_kind="business", reason="renamed", by=cast.quan
    )
    talks(today(), kept=1, broken=2)
    inspections.inspect_all(Contact.objects.all())
    run_jobs()
    assert rows(old, cast.hotline) == before
    house.version = Version.objects.get(pk=draft.pk)
    new = rows(house.control("company"), cast.hotline)
    assert new[today()] == (2, 1, 0)
    assert new[today() - 3 * DAY] == (1, 3, 0)  # looked back at with the new words


def test_posts_are_asked_of_each_team(cast, house):
    services.count_kind("post")
    leader = house.control("leader")
    assert rows(leader, cast.hotline)[today()] == (1, 1, 0)
    assert rows(leader, cast.first)[today()] == (1, 0, 0)
    assert rows(leader, cast.second)[today()] == (0, 1, 0)


def test_taking_effect_and_a_run_have_it_counted(cast, house):
    assert Job.objects.filter(name="conformity.count").exists()


def test_each_kind_is_a_job_of_its_own(cast, house, run_jobs):
    run_jobs()
    kinds = Job.objects.filter(name="conformity.count_kind").values_list("kwargs__kind", flat=True)
    assert {"inspection_rule", "phrases", "post", "kpi_target", "report"} <= set(kinds)
    assert DayEvidence.objects.filter(control=house.control("shirking")).exists()


def test_writing_does_not_grow_with_controls(cast, house, django_assert_max_num_queries):
    services.count_kind("inspection_rule")
    with django_assert_max_num_queries(40):
        services.count_kind("inspection_rule")


@pytest.mark.parametrize("days", [2, 35, 400])
def test_however_many_days_are_asked_sealed_ones_stay(cast, house, days):
    services.count_kind("inspection_rule")
    DayEvidence.objects.update(kept=99)
    services.count_kind("inspection_rule", days=days)
    moved = DayEvidence.objects.exclude(kept=99).values_list("day", flat=True)
    assert all(day >= today() - min(days, 35) * DAY for day in moved)
