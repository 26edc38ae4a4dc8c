"""Load per head: contacts for each agent who was there, against the range of the nearest unit."""

from datetime import date

import time_machine
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contacts
from lingzhi.contacts.load import loads
from lingzhi.contacts.models import AgentState, Contact, LoadRange

LOAD, RANGE = reverse("contacts:load"), reverse("contacts:load_range")
DAY = date(2026, 11, 20)
GIVEN = {"per": "day", "low": 2, "high": 4, "from_on": "2026-11-01", "reason": "按上季度测算"}


def at(clock):
    return parse_datetime(f"2026-11-20 {clock}:00+08:00")


def work(person, since, until):
    AgentState.objects.create(
        person=person, source="cti", state="ready", since=at(since), until=at(until)
    )


def take(person, unit, clocks):
    made = make_contacts(
        {"external_id": f"{person.pk} {clock}", "started_at": f"2026-11-20 {clock}:00",
         "answered_at": f"2026-11-20 {clock}:05", "ended_at": f"2026-11-20 {clock}:50"}
        for clock in clocks
    )  # fmt: skip
    Contact.objects.filter(pk__in=[one.pk for one in made]).update(agent=person, unit=unit)


def test_a_range_judges_who_was_there_by_day_and_hour(as_, cast):
    for person in (cast.ada, cast.bo, cast.nora):  # a team's leader does not plan for the centre
        assert as_(person).post(RANGE, GIVEN | {"unit": cast.hotline.pk}).status_code == 403
    boss = as_(cast.quan)
    assert boss.post(RANGE, GIVEN | {"unit": cast.hotline.pk, "high": 2}).status_code == 422
    assert boss.post(RANGE, GIVEN | {"unit": cast.company.pk}).status_code == 422  # out of reach
    assert boss.post(RANGE, GIVEN | {"unit": cast.hotline.pk}).status_code == 302
    assert boss.post(RANGE, GIVEN | {"unit": cast.first.pk, "low": 6, "high": 9}).status_code == 302
    hourly = GIVEN | {"unit": cast.hotline.pk, "per": "hour", "low": 1, "high": 2}
    assert boss.post(RANGE, hourly).status_code == 302
    again = boss.post(RANGE, GIVEN | {"unit": cast.hotline.pk, "from_on": "2026-11-01"})
    assert again.status_code == 422  # not before one that holds
    later = GIVEN | {"unit": cast.hotline.pk, "from_on": "2026-12-01", "high": 8}
    assert boss.post(RANGE, later).status_code == 302
    assert LoadRange.objects.get(high=4).to_on == date(2026, 11, 30)
    assert Entry.objects.filter(action="contacts.load_range_set").count() == 4
    work(cast.bo, "09:00", "11:00")
    take(cast.bo, cast.first, ["09:10", "09:20", "09:40", "10:30"])
    take(cast.bea, cast.first, ["09:15"])  # nobody told when she was there
    work(cast.chen, "09:30", "12:30")
    take(cast.chen, cast.second, ["09:45", "10:45", "11:45"])
    with time_machine.travel("2026-11-20 18:00+08:00", tick=False):  # it may still grow
        assert {one.verdict for _unit, one in loads(cast.quan, DAY).teams} == {"unknown"}
    with time_machine.travel("2026-11-21 09:00+08:00", tick=False):
        found = loads(cast.quan, DAY)
        assert [
            (unit, one.per_head, one.left, one.bounds.unit, one.verdict)
            for unit, one in found.teams
        ] == [
            (cast.first, 4, 1, cast.first, "low"), (cast.second, 3, 0, cast.hotline, "within"),
        ]  # fmt: skip
        hours = {hour: one for hour, one in loads(cast.quan, DAY, cast.first).hours}
        assert {hour: (one.per_head, one.verdict) for hour, one in hours.items()} == {
            9: (3, "high"), 10: (1, "within"),
        }  # fmt: skip
        assert hours[9].people == [cast.bo]
        assert [unit for unit, _one in loads(cast.ada, DAY).teams] == [cast.first]
        asked = {"day": "2026-11-20", "unit": cast.first.pk}
        html = as_(cast.ada).get(LOAD, asked, headers={"Accept-Language": "en"}).content.decode()
        for words in ("too low", "too high", "09:00–10:00", "of whom nobody told", cast.bo.name):
            assert words in html, words
        assert cast.chen.name not in html
        AgentState.objects.all().delete()
        assert {one.verdict for _unit, one in loads(cast.quan, DAY).teams} == {"unknown"}
        assert as_(cast.bo).get(LOAD).status_code == 403
