"""What evidence says: kept, broken, too little, unknown; better and worse."""

import pytest

from lingzhi.conformity.queries.figures import Figure, State, worst
from lingzhi.conformity.queries.periods import last_days
from lingzhi.core.clock import today
from lingzhi.core.controls import Evidence
from lingzhi_engine.stats import clopper_pearson


def figure(kept: int, broken: int, unknown: int = 0, needed: float = 0.95) -> Figure:
    return Figure(Evidence(kept, broken, unknown), needed)


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (figure(1000, 10), State.KEPT),
        (figure(900, 100), State.BROKEN),
        (figure(95, 5), State.TOO_FEW),  # the interval holds 95 %
        (figure(29, 0), State.TOO_FEW),
        (figure(0, 29), State.TOO_FEW),
        (figure(0, 0), State.TOO_FEW),
        (figure(100, 0, 101), State.UNKNOWN),
        (figure(1000, 10, 1010), State.KEPT),  # unknown ones count neither way
        (figure(1, 0, needed=1), State.KEPT),
        (figure(400, 1, needed=1), State.BROKEN),
        (figure(0, 1, 50, needed=1), State.BROKEN),
        (figure(0, 0, 3, needed=1), State.UNKNOWN),
    ],
)
def test_state(found, state):
    assert found.state == state


def test_the_interval_is_the_exact_one():
    found = figure(1000, 10)
    assert found.interval == clopper_pearson(1000, 1010)
    assert found.ratio == pytest.approx(0.990099, abs=1e-6)
    assert figure(3, 1, needed=1).interval is None
    assert figure(0, 0).ratio is None


def test_between_is_said_apart_from_too_few():
    assert figure(95, 5).is_between
    assert not figure(5, 0).is_between


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (figure(900, 100), figure(980, 20), "better"),
        (figure(980, 20), figure(900, 100), "worse"),
        (figure(950, 50), figure(952, 48), "same"),
        (figure(5, 5), figure(980, 20), ""),
        (figure(9, 0, needed=1), figure(1, 9, needed=1), ""),
    ],
)
def test_a_change_is_one_that_chance_hardly_explains(before, now, change):
    assert now.change_from(before) == change


def test_the_worst_control_decides():
    assert worst([State.KEPT, State.BROKEN, State.TOO_FEW]) == State.BROKEN
    assert worst([State.KEPT, State.TOO_FEW]) == State.TOO_FEW
    assert worst([State.KEPT, State.KEPT]) == State.KEPT
    assert worst([]) is None


@pytest.mark.parametrize("days", [1, 7, 10, 30, 31, 90])
def test_steps_cover_the_period_once(days):
    period = last_days(days, today())
    steps = list(period.steps())
    assert sum(step.days for step in steps) == days
    assert (steps[0].first, steps[-1].last) == (period.first, period.last)
    assert len(steps) <= 10
    assert period.before.days == days
    assert period.first not in period.before
