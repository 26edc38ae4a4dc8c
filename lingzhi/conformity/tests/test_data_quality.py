"""The nightly checks of data: found, told once, decided about, clean again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.conformity.models import DataCount, DataFlaw
from lingzhi.conformity.queries.quality import since
from lingzhi.conformity.services.quality import count_flaws
from lingzhi.conftest import make_cast
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.quality import quality_checks
from lingzhi.notifications.models import Notice
from lingzhi.org.services import change_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(shared):
    return make_cast()


def test_every_check_can_be_asked(cast):
    for check in quality_checks().values():
        assert check.found(since()).count() <= check.records(since()).count(), check.code


def test_what_is_wrong_is_found_told_once_decided_and_mended(as_, cast):
    change_unit(cast.hotline, {"owner": cast.quan}, by=cast.quan)
    talk = make_contact("Q-1", agent="1002")
    Contact.objects.filter(pk=talk.pk).update(ended_at=talk.started_at - timedelta(hours=1))
    for _time in range(2):
        count_flaws()
    flaw = DataFlaw.objects.get(code="contacts.ends_before")
    assert (flaw.state, flaw.found, flaw.owner) == ("open", 1, cast.hotline)
    assert Notice.objects.filter(person=cast.quan, url__contains=f"/data/{flaw.pk}/").count() == 1
    assert DataCount.objects.filter(code="contacts.ends_before").count() == 1

    client, page = as_(cast.quan), reverse("conformity:data_flaw", args=[flaw.pk])
    assert client.get(page).context["examples"] == [
        ("Q-1", reverse("contacts:detail", args=[talk.pk]))
    ]
    decide = reverse("conformity:decide_flaw", args=[flaw.pk])
    given = {"owner": cast.first.pk, "state": "accepted", "reason": ""}
    assert client.post(decide, given).status_code == 422
    assert client.post(decide, {**given, "reason": "old system"}).status_code == 302
    entry = Entry.objects.get(action="conformity.flaw_decided")
    assert (entry.after, entry.reason) == ({"state": "accepted", "owner": "first"}, "old system")
    assert as_(cast.bo).get(page).status_code == 403

    Contact.objects.filter(pk=talk.pk).update(ended_at=talk.started_at + timedelta(minutes=4))
    count_flaws()
    flaw.refresh_from_db()
    assert (flaw.state, flaw.found, flaw.reason) == ("clean", 0, "")
    listed = as_(cast.quan).get(reverse("conformity:data_quality")).context
    assert {one.row.code for one in listed["flaws"]} == set(quality_checks())
    assert {flow.code for _name, flow in listed["flows"]} >= {"call", "handling"}
