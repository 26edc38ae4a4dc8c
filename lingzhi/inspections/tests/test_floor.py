"""Forbidden behaviours, critical incidents, daily supervision."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.models import Behaviour, Incident, SheetVersion, SupervisionRecord
from lingzhi.inspections.queries.floor import incidents_visible_to, records_visible_to
from lingzhi.inspections.services import activate_sheet
from lingzhi.inspections.services.behaviours import (
    NothingListed,
    RetiredBefore,
    adopt_behaviours,
    retire_behaviour,
    save_behaviour,
    sheet_of_behaviours,
)
from lingzhi.inspections.services.incidents import (
    AboutOneself,
    AnsweredBefore,
    WithdrawnBefore,
    answer_incident,
    record_incident,
    withdraw_incident,
)
from lingzhi.inspections.services.supervision import Noted, record_day
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def listed(cast):
    adopt_behaviours(by=cast.quan)
    return Behaviour.objects.get(code="quarrel")


@pytest.fixture
def incident(cast):
    return record_incident(
        cast.bo, "abnormal", "raised his voice", happened_on=today(), evidence="recording 7",
        by=cast.ada,
    )  # fmt: skip


# --- forbidden behaviours -----------------------------------------------------------------------


def test_the_list_is_taken_over_once_with_its_severities(cast, listed):
    assert adopt_behaviours(by=cast.quan) == 0
    assert (listed.severity, listed.title) == ("severe", "与客户争执、顶撞")
    assert Behaviour.objects.filter(severity="minor").exists()
    assert Entry.objects.filter(action="inspections.behaviours_adopted").count() == 1


def test_an_entry_is_added_changed_and_taken_off(cast, listed):
    own = {"code": "own", "title": "自定义", "group": "", "severity": "minor", "points": 1}
    made = save_behaviour(None, **own, by=cast.quan)
    with pytest.raises(BadInput):
        save_behaviour(None, **own, by=cast.quan)
    retire_behaviour(made, by=cast.quan)
    with pytest.raises(RetiredBefore):
        retire_behaviour(made, by=cast.quan)


def test_a_deduction_sheet_is_made_of_the_list_and_can_be_put_into_force(cast, listed):
    version = sheet_of_behaviours(by=cast.quan)
    activate_sheet(version, by=cast.quan)
    items = {item.code: item.points for item in SheetVersion.objects.get().read().items}
    assert items["quarrel"] == -10
    assert len(items) == Behaviour.objects.count()


def test_nothing_is_made_of_nothing(cast):
    with pytest.raises(NothingListed):
        sheet_of_behaviours(by=cast.quan)


def test_its_pages(cast, as_):
    client = as_(cast.quan)
    page = client.get(reverse("inspections:behaviours"), headers=ENGLISH)
    assert "Take over the list" in page.content.decode()
    client.post(reverse("inspections:adopt_behaviours"))
    page = client.get(reverse("inspections:behaviours"), headers=ENGLISH)
    assert "severe" in page.content.decode().lower()
    bad = client.post(reverse("inspections:new_behaviour"), {"code": "quarrel", "title": "x"})
    assert bad.status_code == 422
    assert client.post(reverse("inspections:sheet_of_behaviours")).status_code == 302
    assert as_(cast.ada).post(reverse("inspections:adopt_behaviours")).status_code == 403


# --- incidents ----------------------------------------------------------------------------------


def test_an_incident_is_told_to_the_person_and_recorded(cast, incident):
    assert incident.unit == cast.first
    assert Notice.objects.filter(person=cast.bo).count() == 1
    assert Entry.objects.filter(action="inspections.incident_recorded").count() == 1


def test_without_evidence_there_is_no_incident(cast):
    with pytest.raises(BadInput):
        record_incident(cast.bo, "excellent", "kind", happened_on=today(), by=cast.ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.create(
            kind="excellent", person=cast.bo, happened_on=today(), story="kind",
            recorded_at=timezone.now(), recorded_by=cast.ada,
        )  # fmt: skip


def test_a_conversation_is_evidence(cast):
    talk = make_contact("T-1", agent="1002")
    made = record_incident(
        cast.bo, "excellent", "kind", happened_on=today(), contact=talk, by=cast.ada
    )
    assert made.contact == talk


def test_nobody_records_about_themselves_or_ahead(cast):
    with pytest.raises(AboutOneself):
        record_incident(cast.ada, "excellent", "x", happened_on=today(), evidence="e", by=cast.ada)
    ahead = today() + timedelta(days=1)
    with pytest.raises(BadInput):
        record_incident(cast.bo, "excellent", "x", happened_on=ahead, evidence="e", by=cast.ada)


def test_the_person_answers_once(cast, incident):
    answer_incident(incident, "the customer had shouted first", by=cast.bo)
    with pytest.raises(AnsweredBefore):
        answer_incident(incident, "more", by=cast.bo)
    incident.refresh_from_db()
    assert incident.answer == "the customer had shouted first"


def test_a_withdrawn_one_stays_with_its_reason(cast, incident):
    with pytest.raises(BadInput):
        withdraw_incident(incident, reason="", by=cast.ada)
    withdraw_incident(incident, reason="another person", by=cast.ada)
    with pytest.raises(WithdrawnBefore):
        withdraw_incident(incident, reason="again", by=cast.ada)
    incident.refresh_from_db()
    assert (incident.withdraw_reason, incident.withdrawn_by) == ("another person", cast.ada)


def test_the_register_by_its_pages(cast, as_):
    make_contact("T-9", agent="1002")
    client = as_(cast.ada)
    form = {"kind": "excellent", "person": cast.bo.pk, "happened_on": today().isoformat()}
    form |= {"story": "stayed calm", "conversation": "T-9"}
    wrong = client.post(reverse("inspections:new_incident"), {**form, "conversation": "none"})
    assert wrong.status_code == 422
    answer = client.post(reverse("inspections:new_incident"), form)
    made = Incident.objects.get()
    assert answer.url == reverse("inspections:incident", args=[made.pk])
    page = as_(cast.bo).get(answer.url, headers=ENGLISH).content.decode()
    assert "Your side of it" in page
    assert as_(cast.bea).get(answer.url).status_code == 404
    own = as_(cast.bo).post(reverse("inspections:withdraw_incident", args=[made.pk]))
    assert own.status_code == 403
    assert as_(cast.bo).get(reverse("inspections:new_incident")).status_code == 403


def test_who_sees_which(cast, incident):
    seen = [incidents_visible_to(who).count() for who in (cast.bo, cast.bea, cast.ada, cast.cai)]
    assert seen == [1, 0, 1, 0]


# --- daily supervision --------------------------------------------------------------------------


def test_a_day_is_noted_person_by_person(cast, listed):
    noted = [Noted(cast.bo, "lapsed", listed), Noted(cast.bea, "kept")]
    assert record_day(cast.first, today(), noted, by=cast.ada) == 2
    found = SupervisionRecord.objects.get(person=cast.bo)
    assert (found.result, found.behaviour, found.unit) == ("lapsed", listed, cast.first)
    assert Notice.objects.filter(person=cast.bo).count() == 1
    assert not Notice.objects.filter(person=cast.bea).exists()
    entry = Entry.objects.get(action="inspections.supervision_recorded")
    assert (entry.after["people"], entry.after["lapsed"]) == (2, 1)


def test_noted_again_the_day_is_replaced_and_nobody_is_told_twice(cast, listed):
    for _time in range(2):
        record_day(cast.first, today(), [Noted(cast.bo, "lapsed", listed)], by=cast.ada)
    assert SupervisionRecord.objects.count() == 1
    assert Notice.objects.filter(person=cast.bo).count() == 1


def test_a_lapse_says_what_it_was_and_a_day_is_noted_in_time(cast):
    with pytest.raises(BadInput):
        record_day(cast.first, today(), [Noted(cast.bo, "lapsed")], by=cast.ada)
    late = today() - timedelta(days=8)
    with pytest.raises(BadInput):
        record_day(cast.first, late, [Noted(cast.bo, "kept")], by=cast.ada)


def test_the_day_on_its_page(cast, as_, listed):
    client = as_(cast.ada)
    url = f"{reverse('inspections:supervise')}?unit={cast.first.pk}&day={today().isoformat()}"
    page = client.get(url, headers=ENGLISH)
    assert [person.name for person, _line in page.context["rows"]] == ["Bo", "Bea"]
    data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2}
    data |= {"form-0-person": cast.bo.pk, "form-0-result": "lapsed"}
    data |= {"form-1-person": cast.bea.pk, "form-1-result": ""}
    assert client.post(url, data).status_code == 422
    data["form-0-note"] = "late"
    assert client.post(url, data).status_code == 302
    assert [one.person for one in SupervisionRecord.objects.all()] == [cast.bo]
    shown = client.get(reverse("inspections:supervision"), headers=ENGLISH).content.decode()
    assert "late" in shown


def test_records_are_seen_within_reach(cast):
    record_day(cast.first, today(), [Noted(cast.bo, "kept")], by=cast.ada)
    seen = [records_visible_to(who).count() for who in (cast.bo, cast.bea, cast.quan, cast.cai)]
    assert seen == [1, 0, 1, 0]


def test_another_team_is_not_supervised(cast, as_):
    url = f"{reverse('inspections:supervise')}?unit={cast.second.pk}&day={today().isoformat()}"
    assert as_(cast.ada).get(url).status_code == 302
    assert as_(cast.bo).get(url).status_code == 403
