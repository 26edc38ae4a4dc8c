from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.org.models import Deputy, Presence
from lingzhi.org.queries import is_on_duty, responsible_now
from lingzhi.org.services import (
    change_unit,
    deactivate_person,
    name_deputy,
    record_presence,
    withdraw_presence,
)

HOUR = timedelta(hours=1)
LONG_AGO = today() - timedelta(days=100)


def present(person, kind, by=None) -> Presence:
    return record_presence(person, kind=kind, from_at=now() - HOUR, to_at=now() + HOUR, by=by)


def test_where_no_fact_covers_the_moment_nobody_knows(cast):
    present(cast.bo, "duty")
    assert is_on_duty(cast.bo, now()) is True
    assert is_on_duty(cast.bo, now() + 2 * HOUR) is None
    assert is_on_duty(cast.bea, now()) is None


def test_absence_goes_before_duty(cast):
    present(cast.bo, "duty")
    sick = present(cast.bo, "sick")
    assert is_on_duty(cast.bo, now()) is False
    withdraw_presence(sick, by=cast.ada, reason="录错")
    assert is_on_duty(cast.bo, now()) is True


def test_the_end_is_not_included(cast):
    row = present(cast.bo, "duty")
    assert is_on_duty(cast.bo, row.from_at) is True
    assert is_on_duty(cast.bo, row.to_at) is None


def test_a_leader_records_it_and_the_log_keeps_no_reason(as_, cast):
    given = {
        "kind": "sick",
        "from_at": "2026-06-01T08:00",
        "to_at": "2026-06-01T18:00",
        "note": "发烧",
    }
    url = reverse("org:presence_record", args=[cast.bo.pk])
    assert as_(cast.ada).post(url, given).status_code == 302
    entry = Entry.objects.get(action="org.presence_recorded")
    assert entry.after["is_absence"] is True
    assert "sick" not in str(entry.after)
    assert "发烧" not in str(entry.after)


def test_an_end_before_the_start_comes_back(as_, cast):
    given = {"kind": "duty", "from_at": "2026-06-01T18:00", "to_at": "2026-06-01T08:00"}
    url = reverse("org:presence_record", args=[cast.bo.pk])
    assert as_(cast.ada).post(url, given).status_code == 422


def test_it_is_withdrawn_once(as_, cast):
    url = reverse("org:presence_withdraw", args=[present(cast.bo, "duty").pk])
    assert as_(cast.ada).post(url, {"reason": "录错"}).status_code == 302
    assert as_(cast.ada).post(url, {"reason": "录错"}).status_code == 409


def test_the_day_shows_the_own_team(as_, cast):
    present(cast.bo, "duty", by=cast.ada)
    present(cast.chen, "sick", by=cast.cai)
    page = as_(cast.ada).get(reverse("org:duty"))
    assert [row.person for row in page.context["page"]] == [cast.bo]


def test_another_day_shows_other_facts(as_, cast):
    present(cast.bo, "duty", by=cast.ada)
    page = as_(cast.ada).get(reverse("org:duty"), {"day": "2020-01-01"})
    assert list(page.context["page"]) == []


# --- deputies -----------------------------------------------------------------------------------


def test_who_is_there_answers(cast):
    name_deputy(cast.ada, cast.bo, from_on=LONG_AGO, by=cast.ada)
    assert responsible_now(cast.ada, now()) == cast.ada
    present(cast.ada, "duty")
    assert responsible_now(cast.ada, now()) == cast.ada


def test_when_absent_the_deputy_for_the_matter_comes_first(cast):
    name_deputy(cast.ada, cast.bo, from_on=LONG_AGO, by=cast.ada)
    name_deputy(cast.ada, cast.bea, matter="complaints", from_on=LONG_AGO, by=cast.ada)
    present(cast.ada, "leave")
    assert responsible_now(cast.ada, now(), "complaints") == cast.bea
    assert responsible_now(cast.ada, now(), "quality") == cast.bo
    assert responsible_now(cast.ada, now()) == cast.bo


def test_the_deputys_deputy_and_at_last_the_superior(cast):
    change_unit(cast.hotline, {"owner": cast.quan}, by=cast.sol)
    name_deputy(cast.ada, cast.bo, from_on=LONG_AGO, by=cast.ada)
    name_deputy(cast.bo, cast.bea, from_on=LONG_AGO, by=cast.bo)
    present(cast.ada, "leave")
    present(cast.bo, "sick")
    assert responsible_now(cast.ada, now()) == cast.bea
    present(cast.bea, "sick")
    assert responsible_now(cast.ada, now()) == cast.quan


def test_two_absent_deputies_of_each_other_end_with_nobody(cast):
    name_deputy(cast.bo, cast.bea, from_on=LONG_AGO, by=cast.bo)
    name_deputy(cast.bea, cast.bo, from_on=LONG_AGO, by=cast.bea)
    present(cast.bo, "leave")
    present(cast.bea, "leave")
    assert responsible_now(cast.bo, now()) is None


def test_who_has_left_is_replaced_too(cast):
    name_deputy(cast.ada, cast.bo, from_on=LONG_AGO, by=cast.ada)
    deactivate_person(cast.ada, by=cast.sol)
    assert responsible_now(cast.ada, now()) == cast.bo


def test_one_names_the_own_deputy(as_, cast):
    url = reverse("org:deputy_name", args=[cast.bo.pk])
    given = {"deputy": cast.bea.pk, "from_on": "2026-01-01"}
    client = as_(cast.bo)
    assert client.post(url, given).status_code == 302
    assert Entry.objects.get(action="org.deputy_named").after["deputy"] == "1003"
    assert client.post(url, given).status_code == 422


def test_nobody_stands_in_for_themselves(as_, cast):
    url = reverse("org:deputy_name", args=[cast.bo.pk])
    given = {"deputy": cast.bo.pk, "from_on": "2026-01-01"}
    assert as_(cast.bo).post(url, given).status_code == 422


def test_a_deputy_is_released(as_, cast):
    row = name_deputy(cast.bo, cast.bea, from_on=LONG_AGO, by=cast.bo)
    as_(cast.bo).post(reverse("org:deputy_end", args=[row.pk]))
    present(cast.bo, "leave")
    assert responsible_now(cast.bo, now()) is None
    assert Deputy.objects.get().to_on == today() - timedelta(days=1)


@pytest.mark.parametrize("name", ["org:presence_withdraw", "org:deputy_end"])
def test_a_link_does_nothing(as_, cast, name):
    assert as_(cast.ada).get(reverse(name, args=[1])).status_code == 405
