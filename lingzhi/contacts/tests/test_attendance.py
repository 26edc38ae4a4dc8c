"""One log of states: it says who is at work, and makes the attendance of a day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import AgentState
from lingzhi.contacts.services import source_named
from lingzhi.org.models import Presence
from lingzhi.org.queries import at_work_now, is_on_duty

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def after(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def tell(minutes: float, state: str, reason: str = "") -> None:
    event = {"type": "state", "at": after(minutes).isoformat(), "agent": "1002", "state": state}
    take_events(source_named("pbx"), read_events({"events": [event | {"reason": reason}]}))


def duty() -> list[tuple[float, float]]:
    rows = Presence.objects.filter(withdrawn_at=None).order_by("from_at")
    return [
        tuple((at - NINE).total_seconds() / 60 for at in (row.from_at, row.to_at)) for row in rows
    ]


def test_who_signs_in_is_at_work_until_signing_out(cast):
    tell(0, "ready")
    assert duty() == [(0, 240)]
    written = Presence.objects.count()
    tell(10, "busy", "meeting")
    tell(20, "ready")
    assert duty() == [(0, 360)]
    assert Presence.objects.count() == written + 1  # not with every state
    assert is_on_duty(cast.bo, after(100)) is True
    assert at_work_now([cast.bo.pk, cast.bea.pk], after(100)) == {cast.bo.pk}
    tell(185, "signed_out")
    assert duty() == [(0, 185)]
    assert is_on_duty(cast.bo, after(200)) is None
    tell(300, "ready")
    tell(900, "signed_out")  # nobody believes ten hours in one state
    assert duty() == [(0, 185), (300, 540)]
    tell(5, "on_break", "小休")  # told late, and nothing of duty is new
    assert duty() == [(0, 185), (300, 540)]
    assert Entry.objects.filter(action="org.presence_recorded").count() == 4


def test_attendance_of_a_day_as_page_and_file(cast, as_):
    for minutes, state in ((0, "ready"), (30, "on_break"), (45, "ready"), (60, "signed_out"),
                           (90, "ready"), (390, "signed_out")):  # fmt: skip
        tell(minutes, state)
    client, asked = as_(cast.ada), {"day": "2026-03-02"}
    page = client.get(reverse("contacts:attendance"), asked)
    bo, bea = page.context["page"].object_list
    assert (bo.person, bea.first_in) == (cast.bo, None)
    assert (bo.first_in, bo.last_out, bo.breaks) == (NINE, after(390), 1)
    assert bo.at_work == (60 + 240) * 60
    assert (bo.seconds["on_break"], bo.untold) == (15 * 60, 60 * 60)
    rows = b"".join(client.get(reverse("contacts:export_attendance"), asked)).decode()
    line = next(one for one in rows.splitlines() if one.startswith("1002"))
    assert line == (
        f"1002,{cast.bo.name},一组,2026-03-02 09:00:00,2026-03-02 15:30:00,"
        "300.0,285.0,0.0,0.0,15.0,1,60.0,"
    )
    assert Entry.objects.get(action="contacts.attendance_exported").after["people"] == 2
    assert not client.get(reverse("contacts:attendance"), {"day": "2026-03-01"}).context[
        "page"].object_list[0].first_in  # fmt: skip
    assert as_(cast.bo).get(reverse("contacts:attendance")).status_code == 403
    assert AgentState.objects.filter(person=cast.bo, until=None).count() == 1
