"""The people of the demo centre."""

from collections import Counter
from datetime import date

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.demo.cast import (
    LAPSES,
    agents,
    agents_for,
    people,
    people_beside,
    teams,
    units_beside,
)
from lingzhi.demo.scenarios import scenarios
from lingzhi.demo.seeding import seed_people, sign_ins
from lingzhi.demo.source import read
from lingzhi.org.models import Assignment


def test_sixty_people_in_five_teams_hold_the_roles_of_the_centre():
    everybody = people()
    assert len(everybody) == 60
    assert len(teams()) == 5
    assert len({one["staff_no"] for one in everybody}) == 60
    assert len({one["name"] for one in everybody}) == 60
    assert {one["team"] for one in everybody} == {*teams(), ""}
    assert {one["role"] for one in everybody} == {
        *("system_admin", "security_admin", "audit_admin", "quality_manager", "inspector"),
        *("lead_inspector", "team_leader", "agent", "complaint_officer", "trainer", "supervisor"),
        *("planner", "analyst", "leadership", "auditor", "floor_supervisor"),
    }


def test_roles_are_those_of_the_role_table():
    assert {one["role"] for one in people()} <= set(ROLES)


def test_every_role_can_sign_in():
    assert {role for role, _staff_no in sign_ins()} == set(ROLES)


def test_who_works_beside_the_centre_is_none_of_the_sixty():
    beside = people_beside()
    everybody = [*people(), *beside]
    assert len(beside) == 5
    assert len({one["staff_no"] for one in everybody}) == len(everybody)
    assert len({one["name"] for one in everybody}) == len(everybody)
    assert {one["unit"] for one in beside} == {"", *(unit["code"] for unit in units_beside())}


def test_everybody_is_seeded_where_they_work(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    seed_people()
    held = dict(Assignment.objects.values_list("role", "unit__kind").distinct())
    assert held.keys() == ROLES.keys()
    assert held["department_officer"] == held["employee"] == "department"
    assert (held["outsourcer_admin"], held["follow_up_caller"]) == ("outsourcer", "centre")
    assert (held["agent"], held["leadership"]) == ("team", "company")
    assert User.objects.count() == 65


def test_every_team_has_one_leader():
    leads = Counter(one["team"] for one in people() if one["role"] == "team_leader")
    assert leads == dict.fromkeys(teams(), 1)


def test_people_joined_before_the_end():
    end_on = date(2026, 3, 31)
    assert all(one["joined_on"] < end_on for one in people(end_on))


def test_every_queue_is_served():
    queues = {scenario.queue for scenario in scenarios()} | {read("people")["online_queue"]}
    assert all(agents_for(queue) for queue in queues)


def test_habits_name_lapses_that_exist():
    named = {lapse for habit in read("people")["habits"].values() for lapse in habit}
    assert named <= LAPSES.keys() | {"all"}


def test_newcomers_learn_and_hard_days_wear():
    newcomer = min(agents(), key=lambda agent: agent.tenure_days)
    early, late = (
        newcomer.chance("no_offer", days_before_end=before, strain=1) for before in (40, 0)
    )
    assert early > late
    assert newcomer.chance("no_offer", days_before_end=0, strain=2.3) > late


def test_nobody_works_seven_days_or_before_joining():
    week = [date(2026, 8, 3 + day) for day in range(7)]
    for agent in agents():
        days = sum(
            any(agent.is_on_duty(day, hour, days_before_end=0) for hour in range(24))
            for day in week
        )
        assert 1 <= days <= 5
        assert not agent.is_on_duty(week[2], 14, days_before_end=agent.tenure_days + 1)
