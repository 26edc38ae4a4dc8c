from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact

URL = reverse("contacts:unmatched")


def test_waiting_contacts_go_to_the_person_and_team(as_, cast):
    contact = make_contact(agent="8-231")
    data = {"source": "test", "reference": "8-231", "staff_no": "1002"}
    assert as_(cast.quan).post(URL, data).status_code == 302
    contact.refresh_from_db()
    assert (contact.agent, contact.unit) == (cast.bo, cast.first)
    assert Entry.objects.get(action="contacts.agent_matched").after["contacts"] == 1


def test_a_staff_number_nobody_has_is_refused(as_, cast):
    make_contact(agent="8-231")
    data = {"source": "test", "reference": "8-231", "staff_no": "nobody"}
    assert as_(cast.quan).post(URL, data).status_code == 422


def test_it_is_forbidden_without_the_right(as_, cast):
    assert as_(cast.ada).get(URL).status_code == 403
