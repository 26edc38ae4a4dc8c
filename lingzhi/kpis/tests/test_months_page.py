"""A month is published once and never changes; late data makes a new version with its reason."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Publication
from lingzhi.kpis.queries import Scope, month_of, overview
from lingzhi.kpis.services import (
    Aim,
    MonthNotOver,
    NothingChanged,
    ensure_definition,
    publish_due,
    publish_month,
    set_target,
    tell_of_late_data,
)
from lingzhi.notifications.models import Notice

SEPTEMBER = date(2026, 9, 1)
RANGE = {"from_on": "2026-09-01", "to_on": "2026-09-30"}


def test_sealed_late_data_new_version(cast, as_):
    definition = ensure_definition("K03", "rings", {}, by=None)
    set_target(definition, cast.hotline, Aim(95), from_on=SEPTEMBER, reason="Plan", by=cast.quan)
    make_fact(date(2026, 9, 8), 90, 100, agent=cast.bo, unit=cast.first)
    quan = as_(cast.quan)
    publish = reverse("kpis:publish_month", args=[2026, 9])
    quan.post(publish)
    first = Publication.objects.get()
    sealed = first.figures.get(unit=cast.hotline)
    assert (sealed.numerator, sealed.denominator, sealed.aim) == (90, 100, 95)
    with pytest.raises(NothingChanged):
        publish_month(SEPTEMBER, reason="Again", by=cast.quan)

    with time_machine.travel("2026-11-12T08:00:00+08:00", tick=False):
        assert tell_of_late_data() == 0
        make_fact(date(2026, 9, 9), 40, 100, agent=cast.bea, unit=cast.first)
        assert (tell_of_late_data(), tell_of_late_data()) == (1, 0)
    waiting = Notice.objects.filter(person=cast.quan, ended_at=None)
    assert [one.matter for one in waiting] == [f"kpis.publication/{first.pk}"]
    page = quan.get(reverse("kpis:month", args=[first.pk]), {"unit": cast.hotline.pk})
    (row,) = page.context["rows"]
    assert (row.recount.has_changed, row.recount.published.value, row.recount.today.value) == (
        True, 90, 65,
    )  # fmt: skip
    line = overview(Scope.of_unit(cast.hotline), month_of(SEPTEMBER))[0]
    assert (line.figure.value, line.sealed.publication) == (90, first)
    shown = quan.get(reverse("kpis:indicator", args=["K03"]), {**RANGE, "unit": cast.hotline.pk})
    assert shown.context["shown"].shown.figure.value == 90
    assert shown.context["shown"].sealed_url.startswith(reverse("kpis:month", args=[first.pk]))
    own = quan.get(reverse("kpis:indicator", args=["K03"]), {**RANGE, "agent": cast.bo.staff_no})
    assert own.context["shown"].line.sealed is None

    with pytest.raises(BadInput):
        publish_month(SEPTEMBER, by=cast.quan)
    quan.post(publish, {"reason": "The recordings of the 9th came late"})
    assert not waiting.all()
    second = Publication.objects.get(number=2)
    assert second.figures.get(unit=cast.hotline).numerator == 130
    assert first.figures.get(unit=cast.hotline).numerator == 90
    page = quan.get(reverse("kpis:month", args=[second.pk]), {"unit": cast.hotline.pk})
    assert "25" in page.context["rows"][0].since_before
    table = quan.get(reverse("kpis:export_month", args=[first.pk]), {"unit": cast.hotline.pk})
    assert b"90" in b"".join(table.streaming_content)
    assert Entry.objects.filter(action="kpis.month_published").count() == 2
    assert as_(cast.ada).post(publish).status_code == 403


def test_the_last_month_is_published_by_itself_once_its_day_has_come(cast, monkeypatch):
    make_fact(date(2026, 10, 8), 90, 100, unit=cast.first)
    with pytest.raises(MonthNotOver):
        publish_month(date(2099, 1, 1), by=cast.quan)
    for module in ("services", "queries"):
        monkeypatch.setattr(f"lingzhi.kpis.{module}.publishing.today", lambda: date(2026, 11, 9))
    assert publish_due() is None
    for module in ("services", "queries"):
        monkeypatch.setattr(f"lingzhi.kpis.{module}.publishing.today", lambda: date(2026, 11, 10))
    assert publish_due().by is None
    assert publish_due() is None
