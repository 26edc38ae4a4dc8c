from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.org.models import Assignment
from lingzhi.org.services import OwnRights, end_assignment


def held(person) -> Assignment:
    return person.assignments.get()


def test_without_a_day_it_ends_at_once(as_, cast):
    response = as_(cast.sam).post(reverse("org:assignment_end", args=[held(cast.bo).pk]))
    assert response.status_code == 302
    assert User.objects.get(pk=cast.bo.pk).roles == {"employee"}
    assert held(cast.bo).to_on == today() - timedelta(days=1)
    assert Entry.objects.filter(action="org.role_ended").count() == 1


def test_the_last_day_is_still_held(as_, cast):
    url = reverse("org:assignment_end", args=[held(cast.bo).pk])
    as_(cast.sam).post(url, {"on": today().isoformat()})
    assert "agent" in User.objects.get(pk=cast.bo.pk).roles


def test_one_that_has_not_begun_is_taken_back(cast):
    future = Assignment.objects.create(
        person=cast.nora, role="agent", unit=cast.first, from_on=today() + timedelta(days=9)
    )
    end_assignment(future, on=today(), by=cast.sam)
    assert not cast.nora.assignments.exists()


def test_the_last_administrator_stays(as_, cast):
    response = as_(cast.sam).post(reverse("org:assignment_end", args=[held(cast.ann).pk]))
    assert response.status_code == 409
    assert held(cast.ann).to_on is None


def test_with_a_successor_the_administrator_may_go(cast):
    Assignment.objects.create(
        person=cast.nora, role="audit_admin", unit=cast.company, from_on=date(2026, 1, 1)
    )
    end_assignment(held(cast.ann), on=today(), by=cast.sam)
    assert held(cast.ann).to_on == today()


def test_nobody_ends_their_own(cast):
    with pytest.raises(OwnRights):
        end_assignment(held(cast.sam), on=today(), by=cast.sam)


def test_a_link_does_not_end_it(as_, cast):
    url = reverse("org:assignment_end", args=[held(cast.bo).pk])
    assert as_(cast.sam).get(url).status_code == 405
