"""A pilot stands beside what was found before it."""

import copy
from datetime import timedelta

import pytest
from django.utils.translation import override

from lingzhi.accounts.models import User
from lingzhi.conformity import services
from lingzhi.conformity.queries.pilots import pilots_of
from lingzhi.conformity.tests.conftest import talks
from lingzhi.conformity.tests.test_pages import opened
from lingzhi.conftest import do_jobs
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.inspections import services as inspections
from lingzhi.jobs.models import Job
from lingzhi.org.services import assign_role
from lingzhi.rulebook import services as rulebook
from lingzhi.rulebook.models import Version


@pytest.fixture(scope="module")
def tried(settled) -> int:
    """The id of a version with other words for the first team, from today on."""
    cast, house = copy.deepcopy(settled)
    draft = rulebook.revise(house.regulation, reason_kind="feedback", reason="try", by=cast.quan)
    rulebook.save_answers(draft, {"company": {"words": ["我帮您"]}}, by=cast.quan)
    until = today() + timedelta(days=20)
    rulebook.set_pilot(draft, units=[cast.first], channels=[], until=until, by=cast.quan)
    rulebook.submit_version(
        draft, effective_on=today(), reason_kind="feedback", reason="try", by=cast.quan
    )
    do_jobs()
    return draft.pk


@pytest.fixture
def pilot(tried, db) -> Version:
    return Version.objects.get(pk=tried)


def test_the_figures_from_before_are_kept_once(cast, house, pilot):
    assert Job.objects.filter(name="conformity.keep_baselines").exists()
    assert services.keep_baselines() == 1
    kept = Version.objects.get(pk=pilot.pk).baseline
    assert kept["company"] == [5, 7]  # of the first team's conversations before today
    assert kept["shirking"] == [5, 7]
    assert services.keep_baselines() == 0


def test_before_and_since_stand_side_by_side(as_, cast, house, pilot):
    services.keep_baselines()
    talks(today(), kept=3, broken=1)
    inspections.inspect_all(Contact.objects.all())
    for kind in ("inspection_rule", "phrases"):
        services.count_kind(kind)
    [standing] = pilots_of(house.regulation, [cast.first])
    lines = {line.reading.control.key: line for line in standing.lines}
    company = lines["company"]
    assert (company.before.evidence.kept, company.before.checked) == (5, 7)
    assert (company.now.evidence.kept, company.now.checked) == (3, 4)
    html = opened(as_(cast.quan), house).content.decode()
    assert "Before the pilot" in html


def test_what_holds_for_everybody_leaves_the_pilots_team_out(cast, house, pilot):
    services.count_kind("phrases")
    talks(today(), kept=2)
    talks(today(), kept=1, agent="2002")
    inspections.inspect_all(Contact.objects.all())
    services.count_kind("phrases")
    rows = house.control("company").evidence.filter(unit=cast.hotline, day=today())
    assert [(row.kept, row.broken) for row in rows] == [(1, 0)]


def test_a_pilot_without_days_before_says_so(as_, cast, house, pilot):
    assert b"No figures from before" in opened(as_(cast.quan), house).content


def test_who_may_not_see_its_units_does_not_see_a_pilot(as_, cast, house, pilot):
    leader = User.objects.create_user("5003", "correct horse", name="Lea")
    assign_role(leader, "team_leader", cast.second, from_on=today(), by=None)
    assert not opened(as_(leader), house).context["pilots"]
    assert opened(as_(cast.ada), house).context["pilots"]
    assert pilots_of(house.regulation, [cast.second]) == []


def test_a_pilot_in_two_teams_is_not_shown_to_one_of_them(as_, cast, house, pilot):
    pilot.pilot_units.add(cast.second)
    assert not opened(as_(cast.ada), house).context["pilots"]
    assert opened(as_(cast.quan), house).context["pilots"]


def test_it_is_said_for_whom_a_pilot_holds(as_, cast, house, pilot):
    pilot.pilot_channels = ["phone"]
    pilot.save()
    [found] = opened(as_(cast.quan), house).context["pilots"]
    with override("en"):
        assert found.holds_for == [cast.first.name, "Phone"]
