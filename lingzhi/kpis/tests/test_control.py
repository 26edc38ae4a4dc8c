"""The control kind kpi_target: what it checks, sets, ends, and finds."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation

from lingzhi.core.channels import channel_words
from lingzhi.core.controls import Binding, Evidence, Limit
from lingzhi.kpis.controls import CONTROL_KINDS, limits
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Target
from lingzhi.kpis.queries import headline, target_of
from lingzhi.kpis.services import ensure_definition
from lingzhi.rulebook.packs import say
from lingzhi.rulebook.values import flaws_of

KIND = CONTROL_KINDS[0]
RINGS = {
    "indicator": "K03", "target": 95, "target_unit": "percent", "limit": 3, "limit_unit": "rings",
    "period": "monthly",
}  # fmt: skip
FROM = date(2026, 9, 1)
DAY = timedelta(days=1)


def binding(unit, values=RINGS, *, control=7, from_on=FROM, to_on=None, **own) -> Binding:
    return Binding(
        control_id=control, reference="s26 2.1 ring", kind="kpi_target", title={}, values=values,
        unit_id=unit.pk, unit_path=unit.path, from_on=from_on, to_on=to_on, **own,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "param"),
    [
        ({"indicator": "K99"}, "indicator"),
        ({"target": 120}, "target"),
        ({"warning": 97}, "warning"),
        ({"limit": None}, "limit"),
        ({"variant": "nonsense"}, "variant"),
        ({"target_unit": "yuan"}, "target"),
        ({"variant": "seconds"}, "limit"),
    ],
)
def test_what_cannot_be_counted_is_named(values, param):
    assert [flaw.param for flaw in KIND.check({**RINGS, **values})] == [param]


def test_way_and_channel_are_said_in_words(cast):
    words = {"variant": "rings", "channel": "chat", "period": "monthly"}
    for language, expected in (("en", "By rings"), ("zh-hans", "按铃声数")):
        with translation.override(language):
            assert say("kpi_target", "variant", words["variant"]) == expected
    for code in ("chat", "app"):
        assert say("kpi_target", "channel", code) == channel_words()[code] != code
    assert [flaw.param for flaw in flaws_of(KIND, {**RINGS, **words})] == []
    wrong = {**RINGS, "variant": "nonsense", "channel": "pigeon"}
    assert [flaw.param for flaw in flaws_of(KIND, wrong)] == ["variant", "channel"]


@pytest.mark.parametrize(
    ("values", "variant", "params"),
    [
        (RINGS, "rings", {"limit": 3}),
        ({**RINGS, "limit": 1, "limit_unit": "minutes"}, "seconds", {"limit": 60}),
        ({"indicator": "K04", "target": 3, "target_unit": "minutes"}, "whole", {}),
        (
            {"indicator": "K04", "target": 90, "limit": 5, "limit_unit": "minutes"},
            "within",
            {"limit": 300},
        ),
        ({"indicator": "K06", "target": 95, "target_unit": "percent", "limit": 60,
          "limit_unit": "seconds"}, "within", {"limit": 60}),
        ({"indicator": "K12", "target": 85, "target_unit": "percent"}, "share", {}),
    ],
)  # fmt: skip
def test_the_way_of_counting_follows_from_the_units(cast, values, variant, params):
    values = {"period": "monthly", **values}
    assert list(KIND.check(values)) == []
    KIND.apply(binding(cast.hotline, values), None)
    definition = Target.objects.get().definition
    assert definition.variant == variant
    assert params.items() <= definition.params.items()


def test_minutes_become_the_seconds_of_the_definition(cast):
    values = {"indicator": "K04", "target": 3, "target_unit": "minutes", "period": "monthly"}
    KIND.apply(binding(cast.hotline, values), None)
    assert Target.objects.get().value == 180


def test_applying_twice_sets_one_target_and_makes_it_the_way_in_use(cast):
    for _ in range(2):
        KIND.apply(binding(cast.hotline), None)
    target = Target.objects.get()
    assert (target.value, target.from_on, target.to_on) == (95, FROM, None)
    assert headline("K03") == target.definition


def test_the_same_clause_of_the_next_version_goes_on(cast):
    KIND.apply(binding(cast.hotline), None)
    KIND.apply(binding(cast.hotline, control=8, from_on=date(2026, 10, 1)), None)
    target = Target.objects.get()
    assert (target.control_id, target.from_on) == (8, FROM)


@pytest.mark.parametrize(
    ("values", "other", "stricter"),
    [
        (RINGS, {"target": 90}, 95),
        ({"indicator": "K04", "target": 3, "target_unit": "minutes"}, {"target": 5}, 180),
    ],
)
def test_of_two_clauses_that_were_both_kept_the_stricter_shows(cast, values, other, stricter):
    values = {"period": "monthly", **values}
    KIND.apply(binding(cast.hotline, values), None)
    KIND.apply(binding(cast.hotline, {**values, **other}, control=8, from_on=FROM + 9 * DAY), None)
    definition = Target.objects.first().definition
    assert target_of(definition, cast.first, FROM + 20 * DAY).value == stricter


def test_ending_closes_it_on_its_last_day(cast):
    KIND.apply(binding(cast.hotline), None)
    for _ in range(2):
        KIND.end(binding(cast.hotline, to_on=date(2026, 10, 31)), None)
    assert Target.objects.get().to_on == date(2026, 10, 31)


MINUTES = {"indicator": "K04", "target": 3, "target_unit": "minutes", "period": "monthly"}


@time_machine.travel("2026-11-10T08:00:00+08:00", tick=False)
def test_each_completed_period_of_a_mean_is_one_check(cast):
    asked = binding(cast.hotline, MINUTES)
    KIND.apply(asked, None)
    definition = ensure_definition("K04", "whole", {}, by=None)
    make_fact(date(2026, 9, 3), 20 * 170, 20, definition=definition, unit=cast.first)
    make_fact(date(2026, 10, 3), 20 * 190, 20, definition=definition, unit=cast.first)
    make_fact(date(2026, 11, 3), 20 * 100, 20, definition=definition, unit=cast.first)
    [days] = KIND.evidence([asked], date(2026, 8, 1), date(2026, 11, 30))
    assert days == {
        date(2026, 9, 30): Evidence(kept=1),
        date(2026, 10, 31): Evidence(broken=1),
    }
    assert KIND.needed(MINUTES) == 1


@time_machine.travel("2026-09-05T08:00:00+08:00", tick=False)
def test_a_share_is_counted_in_its_cases_before_its_first_day_too(cast):
    asked = binding(cast.first)
    KIND.apply(asked, None)
    definition = ensure_definition("K03", "rings", {"limit": 3}, by=None)
    for at in range(-1, 5):
        make_fact(FROM + timedelta(days=at), 9, 10 if at else 9, definition=definition,
                  unit=cast.first)  # fmt: skip
    make_fact(date(2026, 9, 2), 50, 50, definition=definition, unit=cast.second, channel="chat")
    [days] = KIND.evidence([asked], date(2026, 8, 1), date(2026, 9, 30))
    assert days == {
        date(2026, 8, 31): Evidence(kept=9, broken=1),
        date(2026, 9, 1): Evidence(kept=9),
        date(2026, 9, 2): Evidence(kept=9, broken=1),
        date(2026, 9, 3): Evidence(kept=9, broken=1),
        date(2026, 9, 4): Evidence(kept=9, broken=1),  # today is not over
    }
    [other] = KIND.evidence([binding(cast.second)], FROM, FROM)
    assert other == {}
    assert KIND.needed(RINGS) == pytest.approx(0.95)


def test_of_a_share_that_should_be_low_the_rest_is_kept(cast):
    low = [
        (code, variant)
        for code, entry in indicators().items()
        for variant in entry.variants.values()
        if variant.shape == "share" and variant.direction == "low"
    ]
    for code, variant in low:
        values = {"indicator": code, "variant": variant.code, "target": 5, "period": "monthly"}
        assert KIND.needed(values) == pytest.approx(0.95), code
    assert low


def test_two_clauses_on_one_thing_have_one_subject():
    first = {limit.param: limit for limit in KIND.limits(RINGS)}
    second = {limit.param: limit for limit in KIND.limits({**RINGS, "limit": 5, "target": 90})}
    assert first["limit"].subject == second["limit"].subject
    assert (first["limit"].value, second["limit"].value) == (3, 5)


def test_its_evidence_lies_on_the_page_of_the_indicator(cast):
    url = KIND.evidence_url(binding(cast.first), date(2026, 8, 1), date(2026, 9, 30), "broken")
    assert url.startswith("/indicators/K03/?")
    assert "from_on=2026-08-01&to_on=2026-09-30" in url


def test_a_target_tells_its_way_of_counting(db):
    values = {"indicator": "K03", "variant": "rings", "limit": 3, "limit_unit": "rings"}
    [limit] = limits(values)
    assert limit == Limit(
        "K03/rings/limit", 3, "rings", "low", thing="K03/limit", sets={"variant": "rings"}
    )
