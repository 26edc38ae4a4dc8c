"""Visits: windows that do not overlap, steps that happen once, proof, notice in advance."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from lingzhi.cases.factories import make_case
from lingzhi.cases.models import Case, Visit
from lingzhi.cases.queries.visits import maintenance_done, punctuality
from lingzhi.cases.services.visits import (
    Appointment,
    NotNow,
    Overlaps,
    add_visit_photo,
    arrive,
    finish_visit,
    give_up_visit,
    plan_visit,
    rebook_visit,
    set_out,
    tell_delay,
)
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff" + bytes(20)


@pytest.fixture
def case(cast, calendar, at) -> Case:
    at("2026-11-20 10:00")
    return make_case(by=cast.bo, unit=cast.first, type_code="repair", handler=cast.bo)


def planned(cast, case=None, hours: int = 2, long: int = 2) -> Visit:
    begins = now() + timedelta(hours=hours)
    agreed = Appointment(
        cast.bea,
        cast.first,
        "检修扫地机",
        "云栖路 1 号",
        begins,
        begins + timedelta(hours=long),
        case,
    )
    return plan_visit(agreed, by=cast.ada)


def test_an_engineer_is_at_one_place_at_a_time(cast, case):
    visit = planned(cast, case)
    assert Notice.objects.filter(person=cast.bea, is_todo=True, ended_at=None).count() == 1
    with pytest.raises(Overlaps):
        planned(cast, hours=3)
    planned(cast, hours=4)  # windows that touch do not overlap
    give_up_visit(visit, reason="客户取消", is_cancelled=True, by=cast.ada)
    planned(cast, hours=3, long=1)


def test_from_the_way_to_the_confirmed_result(cast, case, at):
    visit = planned(cast, case)
    with pytest.raises(NotNow):
        finish_visit(visit, "已修好", confirmed_by="周女士", by=cast.bea)
    at("2026-11-20 11:40")
    set_out(visit, by=cast.bea)
    with pytest.raises(NotNow):
        set_out(visit, by=cast.bea)
    at("2026-11-20 12:10")
    arrive(visit, by=cast.bea)
    with pytest.raises(BadInput):
        add_visit_photo(visit, BytesIO(b"GIF89a" + bytes(20)), name="a.jpg", by=cast.bea)
    add_visit_photo(visit, BytesIO(JPEG), name="a.jpg", by=cast.bea)
    with pytest.raises(BadInput):
        finish_visit(visit, "已修好", confirmed_by="", by=cast.bea)
    finish_visit(visit, "更换电池，试机正常", confirmed_by="周女士", by=cast.bea)
    assert (visit.state, visit.is_punctual) == ("done", True)
    assert list(case.events.filter(kind="visit").values_list("step", flat=True)) == [
        "planned", "on_the_way", "arrived", "done",
    ]  # fmt: skip
    assert punctuality(Visit.objects.all()).ratio == 1


def test_another_window_says_whether_it_was_told_in_advance(cast, case, at):
    visit = planned(cast, case)
    later = now() + timedelta(hours=24)
    rebook_visit(visit, later, later + timedelta(hours=2), reason="上一单超时", by=cast.bea)
    tell_delay(visit, by=cast.bea)
    with pytest.raises(NotNow):
        tell_delay(visit, by=cast.bea)
    at("2026-11-21 12:30")  # the window has begun
    last = now() + timedelta(hours=3)
    rebook_visit(visit, last, last + timedelta(hours=2), reason="车辆故障", by=cast.bea)
    assert list(visit.rebookings.values_list("is_in_advance", flat=True)) == [True, False]


def test_maintenance_counts_when_its_time_is_over(cast, case, at):
    done, missed = planned(cast, hours=1), planned(cast, hours=5)
    arrive(done, by=cast.bea)
    finish_visit(done, "已保养", confirmed_by="门店", by=cast.bea)
    at("2026-11-21 10:00")
    assert (done.kind, missed.state) == ("maintenance", "planned")
    rate = maintenance_done(Visit.objects.all())
    assert (rate.numerator, rate.denominator) == (1, 2)


def test_the_engineer_taps_through_the_page(cast, case, as_):
    as_(cast.bo).post(
        reverse("cases:plan_visit", args=[case.pk]),
        {
            "unit": cast.first.pk, "engineer": cast.bea.pk, "begins_at": "2026-11-20T14:00",
            "ends_at": "2026-11-20T16:00", "place": "云栖路 1 号", "purpose": "检修",
        },
    )  # fmt: skip
    visit = Visit.objects.get()
    url = reverse("cases:visit", args=[visit.pk])
    engineer = as_(cast.bea)
    assert engineer.get(reverse("cases:my_visits")).context["rows"][0].visit == visit
    for step in ("set-out", "arrive"):
        assert engineer.post(f"{url}go/{step}/").status_code == 302
    assert engineer.post(f"{url}go/fly/").status_code == 404
    assert engineer.post(f"{url}finish/", {"result": "修好"}).status_code == 422
    engineer.post(f"{url}finish/", {"result": "修好", "confirmed_by": "周女士"})
    visit.refresh_from_db()
    assert visit.state == "done"
    assert as_(cast.bo).post(f"{url}go/arrive/").status_code == 403
    assert as_(cast.chen).get(url).status_code == 404
