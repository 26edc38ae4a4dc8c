"""Leniency of inspectors and adjusted scores of agents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.stats import Scores, connected_groups, estimate_leniency, leniency_drift
from lingzhi_engine.stats.mixed import Facets, fitted

# P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86(2), 1979, 420–428, table 2: six targets
# rated by four judges.
SHROUT = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]],
    dtype=float,
)


def crossed(table):
    targets, judges = np.indices(table.shape)
    names = [f"t{one}" for one in targets.ravel()]
    return Scores.of(
        table.ravel(),
        names,
        [f"j{one}" for one in judges.ravel()],
        [str(number) for number in range(table.size)],
    )


def centre(seed, *, shared=0.15, drift=0.0):
    """Forty agents, six inspectors of known bias who each meet some of them only."""
    rng = np.random.default_rng(seed)
    agents = rng.normal(85, 4, 40)
    bias = np.array([6.0, 3.0, 0.0, 0.0, -2.0, -7.0])
    rows = []
    for agent in range(40):
        own = rng.choice(6, 3, replace=False)
        for number in range(12):
            talk, day = rng.normal(0, 5), rng.uniform(0, 90)
            raters = rng.choice(own, 2 if rng.random() < shared else 1, replace=False)
            for one in raters:
                slope = drift * (one == 0) * (day - 45) / 30
                points = agents[agent] + bias[one] + talk + slope + rng.normal(0, 3)
                rows.append((points, f"a{agent:02}", f"i{one}", f"{agent}-{number}", day))
    points, names, inspectors, talks, days = zip(*rows, strict=True)
    return Scores.of(points, names, inspectors, talks), agents, bias, days


def test_variances_are_those_of_shrout_and_fleiss_1979_table_2():
    """Balanced REML is the analysis of variance: mean squares 11.24, 32.49 and 1.02."""
    scores = crossed(SHROUT)
    fit = fitted(scores.points, Facets.of(scores.agents, scores.inspectors, scores.conversations))
    assert fit.residual_variance == pytest.approx(1.02, abs=5e-3)
    judges = (32.49 - 1.02) / 6
    shrunk = 6 * judges / (6 * judges + 1.02)
    means = SHROUT.mean(axis=0) - SHROUT.mean()
    assert fit.inspectors == pytest.approx(shrunk * means, rel=2e-3)
    targets = (11.24 - 1.02) / 4
    assert fit.agents == pytest.approx(
        (4 * targets / (4 * targets + 1.02)) * (SHROUT.mean(axis=1) - SHROUT.mean()), rel=2e-3
    )


def test_where_all_judge_all_adjusting_changes_nothing():
    found = estimate_leniency(crossed(SHROUT))
    for name, mean in zip((f"t{one}" for one in range(6)), SHROUT.mean(axis=1), strict=True):
        assert found.agents[name].raw == pytest.approx(mean)
        assert found.agents[name].adjusted.value == pytest.approx(mean)
    assert sum(one.value for one in found.inspectors.values()) == pytest.approx(0, abs=1e-9)


def test_known_leniency_is_recovered_within_its_intervals():
    """25 centres: 150 intervals of inspectors, 1,000 of agents; errors 0.018 and 0.007."""
    of_inspectors, of_agents, raw, adjusted = [], [], [], []
    for seed in range(25):
        scores, agents, bias, _ = centre(seed)
        found = estimate_leniency(scores)
        of_inspectors += [bias[one] in found.inspectors[f"i{one}"] for one in range(6)]
        for number, truth in enumerate(agents):
            mine = found.agents[f"a{number:02}"]
            of_agents.append(truth in mine.adjusted)
            raw.append(mine.raw - truth)
            adjusted.append(mine.adjusted.value - truth)
    assert 0.90 <= np.mean(of_inspectors) <= 1.0
    assert 0.92 <= np.mean(of_agents) <= 0.98
    assert np.std(adjusted) < 0.75 * np.std(raw)


def test_conversations_scored_twice_make_leniency_sharper():
    def width(shared):
        found = [estimate_leniency(centre(seed, shared=shared)[0]).inspectors for seed in range(4)]
        return np.mean([one.half_width / one.n**-0.5 for by in found for one in by.values()])

    assert width(0.8) < width(0.0)


def test_an_inspector_with_few_scores_is_drawn_towards_the_others():
    rng = np.random.default_rng(3)
    points = [*rng.normal(80, 5, 200), 95.0]
    inspectors = [f"i{one % 4}" for one in range(200)] + ["new"]
    agents = [f"a{one % 10}" for one in range(201)]
    found = estimate_leniency(
        Scores.of(points, agents, inspectors, [str(one) for one in range(201)])
    )
    assert found.inspectors["new"].value < 5
    assert 0.0 in found.inspectors["new"]


def test_designs_that_fall_apart_are_reported():
    apart = Scores.of(
        [1, 2, 3, 4], ["a", "b", "c", "d"], ["x", "x", "y", "z"], ["1", "2", "3", "4"]
    )
    found = estimate_leniency(apart)
    assert found.groups == [frozenset("x"), frozenset("y"), frozenset("z")]
    assert not found.is_connected
    assert estimate_leniency(centre(1)[0]).is_connected
    assert found.shared == 0


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 9)), min_size=1))
def test_groups_part_the_inspectors_and_share_nothing(rows):
    inspectors, objects = zip(*rows, strict=True)
    groups = connected_groups(inspectors, objects)
    assert sorted(name for group in groups for name in group) == sorted(set(inspectors))
    met = [{one for name, one in rows if name in group} for group in groups]
    assert sum(len(one) for one in met) == len(set().union(*met))


def test_a_drift_is_found_where_there_is_one_and_only_there():
    covered, moved = [], []
    for seed in range(10):
        scores, _, _, days = centre(seed, drift=3.0)
        slopes = leniency_drift(scores, days)
        moved.append(slopes["i0"].low > 0)
        scores, _, _, days = centre(seed + 100)
        covered += [0.0 in one for one in leniency_drift(scores, days).values()]
    assert np.mean(moved) > 0.5
    assert np.mean(covered) > 0.9


def test_a_drift_is_unknown_of_one_day():
    slopes = leniency_drift(crossed(SHROUT), np.zeros(24))
    assert slopes["j0"].value is None
    with pytest.raises(ValueError, match="length"):
        leniency_drift(crossed(SHROUT), [1.0])


def test_it_refuses_what_cannot_be():
    with pytest.raises(ValueError, match="without points"):
        Scores.of([np.nan], ["a"], ["x"], ["1"])
    with pytest.raises(ValueError, match="length"):
        Scores.of([1], ["a", "b"], ["x"], ["1"])
    with pytest.raises(ValueError, match="two agents"):
        estimate_leniency(Scores.of([1, 2], ["a", "b"], ["x", "y"], ["1", "1"]))


def test_equal_scores_need_no_explanation():
    same = Scores.of([90.0] * 6, list("aabbcc"), list("xyxyxy"), [str(one) for one in range(6)])
    found = estimate_leniency(same)
    assert found.inspectors["x"].value == pytest.approx(0.0, abs=1e-3)
    assert found.agents["a"].adjusted.value == pytest.approx(90.0, abs=1e-3)
