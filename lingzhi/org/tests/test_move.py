from datetime import date

from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.org.queries import team_of
from lingzhi.org.services import move_person


def url_of(person) -> str:
    return reverse("org:move", args=[person.assignments.get().pk])


def test_it_keeps_history(as_, cast):
    response = as_(cast.sol).post(url_of(cast.bo), {"unit": cast.second.pk, "on": "2026-03-01"})
    assert response.status_code == 302
    places = cast.bo.assignments.order_by("from_on").values_list("unit__code", "to_on")
    assert list(places) == [("first", date(2026, 2, 28)), ("second", None)]
    assert Entry.objects.filter(action="org.role_assigned", actor_id=cast.sol.pk).count() == 1


def test_the_team_of_a_day_is_the_team_then(cast):
    move_person(cast.bo, "agent", cast.second, on=date(2026, 3, 1), by=cast.sam)
    assert team_of(cast.bo, date(2026, 2, 28)) == cast.first
    assert team_of(cast.bo, date(2026, 3, 1)) == cast.second
    assert team_of(cast.nora, date(2026, 3, 1)) is None


def test_the_system_administrator_does_not_move_wide_roles(as_, cast):
    """Moving a leader up the tree would widen what they see: that is giving a role."""
    response = as_(cast.sol).post(url_of(cast.ada), {"unit": cast.hotline.pk, "on": "2026-03-01"})
    assert response.status_code == 403


def test_the_security_administrator_does(as_, cast):
    response = as_(cast.sam).post(url_of(cast.ada), {"unit": cast.second.pk, "on": "2026-03-01"})
    assert response.status_code == 302


def test_to_where_one_is_already_is_refused(as_, cast):
    response = as_(cast.sol).post(url_of(cast.bo), {"unit": cast.first.pk, "on": "2026-03-01"})
    assert response.status_code == 409


def test_a_missing_day_comes_back(as_, cast):
    assert as_(cast.sol).post(url_of(cast.bo), {"unit": cast.second.pk}).status_code == 422
