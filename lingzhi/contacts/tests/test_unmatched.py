from datetime import date

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.conftest import LONG_AGO
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.imports.models import Batch
from lingzhi.org.models import Identity
from lingzhi.org.services import assign_role

URL = reverse("contacts:unmatched")
DATA = {"source": "test", "reference": "8-231", "staff_no": "1002"}


@pytest.fixture
def brought(cast):
    """One that the quality manager of the centre brought in."""
    batch = Batch.objects.create(
        kind="contacts", source="test", created_by=cast.quan, created_at="2026-11-20T00:00Z",
        staged_at="2026-11-20T00:00Z", finished_at="2026-11-20T00:00Z",
    )  # fmt: skip
    contact = make_contact(agent="8-231")
    Contact.objects.filter(pk=contact.pk).update(batch=batch)
    return contact


def test_waiting_contacts_go_to_the_person_and_team(as_, cast, brought):
    assert as_(cast.quan).post(URL, DATA).status_code == 302
    brought.refresh_from_db()
    assert (brought.agent, brought.unit) == (cast.bo, cast.first)
    assert Entry.objects.get(action="contacts.agent_matched").after["contacts"] == 1


def test_a_match_is_remembered_for_the_next_import(as_, cast, brought):
    as_(cast.quan).post(URL, DATA)
    identity = Identity.objects.get()
    assert (identity.person, identity.value, identity.from_on) == (
        cast.bo, "8-231", date(2026, 11, 20),
    )  # fmt: skip
    assert make_contact("A2", agent="8-231").agent == cast.bo


def test_a_match_of_a_phone_is_remembered_without_it(cast, as_):
    contact = make_contact(agent="13800002079")
    data = DATA | {"reference": contact.agent_reference}
    assert as_(cast.sol).post(URL, data).status_code == 302
    assert "13800002079" not in Identity.objects.get().value
    assert make_contact("A2", agent="13800002079").agent == cast.bo


def test_an_identity_that_is_somebody_elses_meanwhile_is_not_taken_away(as_, cast, brought):
    Identity.objects.create(
        person=cast.bea, kind="other", value="8-231", from_on=date(2026, 11, 21)
    )
    as_(cast.quan).post(URL, DATA)
    assert Entry.objects.get(action="contacts.agent_matched").after["remembered"] is False
    assert make_contact("A2", agent="8-231", started_at="2026-11-21 12:00:00",
                        answered_at=None, ended_at=None).agent == cast.bea  # fmt: skip


def test_who_leads_one_team_sees_and_matches_nothing_of_the_company(as_, cast):
    contact = make_contact(agent="8-231")
    assign_role(cast.nora, "lead_inspector", cast.first, from_on=LONG_AGO, by=None)
    assert "8-231" not in as_(cast.nora).get(URL).content.decode()
    as_(cast.nora).post(URL, DATA)
    contact.refresh_from_db()
    assert contact.agent is None
    assert not Identity.objects.exists()


def test_nobody_beyond_the_own_reach_is_chosen(as_, cast, brought):
    page = as_(cast.quan).post(URL, DATA | {"staff_no": cast.nora.staff_no})
    assert page.status_code == 422


def test_a_staff_number_nobody_has_is_refused(as_, cast, brought):
    assert as_(cast.quan).post(URL, DATA | {"staff_no": "nobody"}).status_code == 422


def test_it_is_forbidden_without_the_right(as_, cast):
    assert as_(cast.ada).get(URL).status_code == 403


def hold(person, kind, value="1002"):
    Identity.objects.create(person=person, kind=kind, value=value, from_on=LONG_AGO)


def test_a_staff_number_that_is_anothers_extension_is_nobodys_word(cast):
    hold(cast.bea, "extension")
    assert make_contact("A1", agent="1002").agent is None
    assert make_contact("A2", agent="1002", channel="chat").agent == cast.bo


def test_an_attendance_number_names_no_agent(cast):
    hold(cast.bea, "attendance", "17")
    assert make_contact(agent="17").agent is None
