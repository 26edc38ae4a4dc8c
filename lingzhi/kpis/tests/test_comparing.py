"""A figure against its goal, its past, the units beside it, and what others reach."""

from datetime import date

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.errors import BadInput
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Benchmark
from lingzhi.kpis.queries import Period, Scope, figure
from lingzhi.kpis.queries.comparing import a_year_before, gap, peers
from lingzhi.kpis.services import Aim, ensure_definition, set_benchmark, set_target
from lingzhi.org.services import create_unit

DAYS = Period(date(2026, 10, 1), date(2026, 10, 31))


def test_all_five_stand_on_the_page_with_what_chance_leaves_of_them(cast, as_):
    definition = ensure_definition("K03", "rings", {}, by=None)
    third = create_unit(kind="team", name="三组", code="third", parent=cast.hotline, by=None)
    for day, unit, above in (
        (date(2026, 10, 8), cast.first, 80), (date(2026, 9, 8), cast.first, 79),
        (date(2025, 10, 8), cast.first, 95), (date(2026, 10, 9), cast.second, 97),
        (date(2026, 10, 9), third, 60),
    ):  # fmt: skip
        make_fact(day, above, 100, unit=unit)
    set_target(definition, cast.hotline, Aim(95), from_on=DAYS.first, reason="Plan", by=cast.quan)
    url = reverse("kpis:set_benchmark", args=["K03"])
    quan = as_(cast.quan)
    assert quan.post(url, {"value": 80, "source": "", "from_on": "2026-01-01"}).status_code == 422
    quan.post(url, {"value": 81, "source": "Association, 2025", "from_on": "2026-01-01"})
    with pytest.raises(BadInput):
        set_benchmark(definition, 101, source="x", from_on=DAYS.first, by=cast.quan)
    assert Benchmark.objects.get().value == 81
    assert Entry.objects.filter(action="kpis.benchmark_set").count() == 1
    asked = {"from_on": "2026-10-01", "to_on": "2026-10-31", "unit": cast.first.pk}
    page = quan.get(reverse("kpis:indicator", args=["K03"]), asked)
    assert [one.tone for one in page.context["compared"]] == [
        "bad", "plain", "bad", "plain", "plain",
    ]  # fmt: skip
    beside = page.context["compared"][3]
    assert "2" in beside.about
    assert "三组" not in beside.about
    assert as_(cast.ada).get(url).status_code == 403


def test_one_other_unit_is_not_shown_and_a_few_cases_tell_nothing(cast):
    definition = ensure_definition("K03", "rings", {}, by=None)
    make_fact(date(2026, 10, 8), 8, 10, unit=cast.first)
    make_fact(date(2026, 10, 8), 1, 10, unit=cast.second)
    scope = Scope.of_unit(cast.first)
    own = figure(definition, scope, DAYS)
    assert peers(definition, scope, DAYS, own) is None
    assert gap(own, figure(definition, Scope.of_unit(cast.second), DAYS)).standing == "unknown"
    leap = Period(date(2024, 2, 29), date(2024, 3, 5))
    assert a_year_before(leap) == Period(date(2023, 2, 28), date(2023, 3, 5))
    assert a_year_before(Period(date(2024, 2, 1), date(2024, 2, 29))).last == date(2023, 2, 28)
