from django.urls import reverse

from lingzhi.accounts.models import SecurityPolicy
from lingzhi.accounts.queries import current_policy
from lingzhi.audit.models import Entry

URL = reverse("accounts:policy")
GOOD = {
    "minimum_length": 12,
    "character_classes": 3,
    "history": 5,
    "maximum_age_days": 90,
    "idle_minutes": 15,
    "absolute_hours": 8,
    "lock_after": 4,
    "lock_minutes": 30,
}


def test_it_works_and_leaves_what_changed(as_, cast):
    assert as_(cast.sam).post(URL, GOOD).status_code == 302
    assert current_policy().minimum_length == 12
    entry = Entry.objects.latest("id")
    assert entry.before == {
        "minimum_length": 10,
        "idle_minutes": 30,
        "absolute_hours": 12,
        "lock_after": 5,
        "lock_minutes": 15,
    }
    assert entry.after["idle_minutes"] == 15


def test_limits_outside_the_bounds_come_back(as_, cast):
    response = as_(cast.sam).post(URL, GOOD | {"minimum_length": 4, "lock_after": 99})
    assert response.status_code == 422
    assert not SecurityPolicy.objects.exists()


def test_the_system_administrator_may_not(as_, cast):
    assert as_(cast.sol).post(URL, GOOD).status_code == 403


def test_there_is_one_policy(as_, cast):
    as_(cast.sam).post(URL, GOOD)
    as_(cast.sam).post(URL, GOOD | {"lock_after": 3})
    assert SecurityPolicy.objects.count() == 1
