from datetime import date

import pytest

from lingzhi.cases.factories import in_work, make_case, make_closed, tell
from lingzhi.cases.measures.clocks import MEASURES
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.core.measures import Place, measures
from lingzhi.kpis.dictionary import indicators

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture
def worked(cast, calendar, at) -> None:
    """One case answered after half an hour and closed late, one closed in time."""
    at("2026-03-06 10:00")
    late = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    good = make_case(by=cast.bea, unit=cast.first, handler=cast.bea)
    at("2026-03-06 10:30")
    tell(late, by=cast.bo)
    tell(good, by=cast.bea)
    make_closed(in_work(good, by=cast.bea), by=cast.bea)
    at("2026-03-16 10:30")
    watch_clocks()
    make_closed(in_work(late, by=cast.bo), by=cast.bo)


def totals(code: str, **params) -> tuple[float, float]:
    cells = list(measures()[f"cases.{code}"].cells({"types": [], **params}, *MARCH))
    return sum(one.numerator for one in cells), sum(one.denominator for one in cells)


def test_limits_kept_by_clock(cast, worked):
    assert totals("limits_kept", kinds=["resolution"]) == (1, 2)
    assert totals("limits_kept", kinds=["first_response"]) == (2, 2)
    assert totals("limits_kept", kinds=["promise"]) == (1, 2)
    assert totals("limits_kept", kinds=["resolution"], types=["complaint"]) == (0, 0)
    cells = measures()["cases.limits_kept"].cells({"kinds": ["resolution"]}, *MARCH)
    assert {(one.agent_id, one.day, one.numerator) for one in cells} == {
        (cast.bo.pk, date(2026, 3, 11), 0), (cast.bea.pk, date(2026, 3, 6), 1),
    }  # fmt: skip


def test_times_and_what_was_solved(worked):
    assert totals("answer_seconds") == (3600, 2)
    seconds, closed = totals("service_seconds")
    assert (seconds, closed) == (1800 + 10 * 86400 + 1800, 2)
    assert totals("solved") == (2, 2)


def test_the_cases_behind_a_figure_are_those_that_were_counted(cast, worked):
    """By place and page by page; numerators add up to the figure."""
    for measure in MEASURES:
        params = {"kinds": ["resolution"], "types": []}
        rows = measure.rows(params, Place(cast.first.path), *MARCH)
        cells = list(measure.cells(params, *MARCH))
        assert (len(rows), sum(row.numerator for row in rows[:])) == (
            sum(one.denominator for one in cells), sum(one.numerator for one in cells),
        )  # fmt: skip
        assert len(measure.rows(params, Place(agent_id=cast.bo.pk), *MARCH)) == 1
        assert len(measure.rows(params, Place(channel="phone"), *MARCH)) == 0
        assert rows[0].at >= rows[1].at


@pytest.mark.parametrize("code", [f"K{at:02d}" for at in (6, 8, *range(14, 20), 28, 29, 40)])
def test_indicators_of_cases_are_counted(code):
    ways = indicators()[code].variants.values()
    assert any(way.measure_code.startswith("cases.") for way in ways)
