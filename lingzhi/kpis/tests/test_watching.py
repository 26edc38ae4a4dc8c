"""What moves by more than chance explains becomes one alert with one owner, told once."""

from datetime import date, timedelta

import pytest
import time_machine

from lingzhi.audit.models import Entry
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Alert, Signal, Watch
from lingzhi.kpis.queries import false_alarms, owner_for, parts_of
from lingzhi.kpis.services import (
    Aim,
    AlertClosed,
    close_alert,
    ensure_definition,
    escalate_alerts,
    set_target,
    take_alert,
    watch,
    watch_up_to,
)
from lingzhi.notifications.models import Notice

LAST = date(2026, 10, 30)


def steady(cast, last: float) -> None:
    for at in range(1, 20):
        make_fact(LAST - timedelta(days=at), 90, 100, agent=cast.bo, unit=cast.first)
    make_fact(LAST, last, 100, agent=cast.bo, unit=cast.first)


def test_a_fall_is_found_and_told_once(cast):
    steady(cast, 60)
    assert watch(LAST) > 0
    assert watch(LAST) == 0
    alert = Alert.objects.get()
    assert (alert.unit, alert.owner, alert.state) == (cast.first, cast.ada, "open")
    assert (alert.began_on, alert.last_on, round(alert.usual)) == (LAST, LAST, 90)
    assert alert.change == pytest.approx(-30, abs=0.1)
    assert alert.change_low < alert.change < alert.change_high < 0
    assert {(one.kind, one.value) for one in alert.signals.all()} == {("limit", 60)}
    assert [one.key for one in parts_of(alert, "agent")] == [cast.bo.pk]
    assert list(Notice.objects.values_list("person", flat=True)) == [cast.ada.pk]
    stated = Watch.objects.get()
    assert (stated.day, stated.courses) == (LAST, 3)
    assert 0 < stated.per_day < 0.01


def test_what_lasts_is_one_alert_and_stays_closed(cast):
    steady(cast, 60)
    watch(LAST)
    close_alert(Alert.objects.get(), "false", reason="A test call loop", by=cast.ada)
    make_fact(LAST + timedelta(days=1), 58, 100, agent=cast.bo, unit=cast.first)
    assert watch_up_to(LAST + timedelta(days=1)) > 0
    alert = Alert.objects.get()
    assert (alert.state, alert.last_on) == ("false", LAST + timedelta(days=1))
    assert not Notice.objects.filter(ended_at=None).exists()
    found = false_alarms()
    assert (found.raised, found.closed, found.false, found.false_share) == (1, 1, 1, None)
    assert found.stated == pytest.approx(
        sum(one.courses * one.per_day for one in Watch.objects.all())
    )
    with pytest.raises(AlertClosed):
        take_alert(alert, by=cast.ada)


def test_nobody_took_it_so_who_stands_above_is_told_once(cast):
    cast.hotline.owner = cast.quan
    cast.hotline.save()
    steady(cast, 60)
    with time_machine.travel("2026-11-02T09:00:00+08:00", tick=False):  # a Monday
        watch(LAST)
    with time_machine.travel("2026-11-04T09:00:00+08:00", tick=False):
        assert escalate_alerts() == 0
    with time_machine.travel("2026-11-05T09:00:00+08:00", tick=False):
        assert (escalate_alerts(), escalate_alerts()) == (1, 0)
    assert Notice.objects.filter(person=cast.quan).count() == 1
    take_alert(Alert.objects.get(), by=cast.quan)
    assert Alert.objects.get().owner == cast.quan
    acts = Entry.objects.filter(action__startswith="kpis.alert").values_list("action", flat=True)
    assert set(acts) == {"kpis.alert_raised", "kpis.alert_escalated", "kpis.alert_taken"}


def test_a_parent_is_not_alerted_apart_and_a_common_fall_is_the_parents(cast):
    for at in range(1, 40):
        for unit in (cast.first, cast.second):
            make_fact(LAST - timedelta(days=at), 90 + at % 2, 100, unit=unit)
    for unit in (cast.first, cast.second):
        make_fact(LAST, 60, 100, unit=unit)
    watch(LAST)
    # Both teams fell, so it is the hotline's; the company above has nothing else.
    assert Alert.objects.get().unit == cast.hotline
    assert owner_for("K03", cast.second) == cast.cai


def test_chance_and_improvement_are_no_signal(cast):
    steady(cast, 92)
    assert watch(LAST) == 0


def test_eight_days_on_the_worse_side_are_a_risk(cast):
    for at in range(24):
        make_fact(LAST - timedelta(days=at), 88 if at < 8 else 92, 100, unit=cast.first)
    watch(LAST)
    assert Signal.objects.filter(unit=cast.first, kind="run").exists()


def test_beyond_the_warning_line_is_told(cast):
    steady(cast, 88)
    definition = ensure_definition("K03", "rings", {}, by=None)
    set_target(definition, cast.first, Aim(95, 89), from_on=date(2026, 1, 1), reason="x",
               by=cast.quan)  # fmt: skip
    watch(LAST)
    assert [one.kind for one in Signal.objects.all()] == ["warning"]
    assert Alert.objects.get().change is None
