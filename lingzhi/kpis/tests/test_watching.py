"""What moves by more than chance explains is found, and told to who answers for it."""

from datetime import date, timedelta

from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Signal
from lingzhi.kpis.services import Aim, ensure_definition, set_target, watch
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
    found = Signal.objects.get(unit=cast.first)
    assert (found.kind, found.value) == ("limit", 60)
    assert Notice.objects.filter(person=cast.ada).count() == 1
    assert Notice.objects.filter(person=cast.bo).count() == 0


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
    assert [one.kind for one in Signal.objects.filter(unit=cast.first)] == ["warning"]
