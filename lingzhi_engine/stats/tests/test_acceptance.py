"""Single plans of GB/T 2828.1-2012 = ISO 2859-1:1999 against its tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from lingzhi_engine.stats.acceptance import (
    AQLS,
    LETTERS,
    InspectionLevel,
    InspectionSeverity,
    LotPlan,
    acceptance_probability,
    acceptance_probability_of_counts,
    code_letter,
    plan_for,
    plan_of,
    quality_accepted,
    tighter,
)

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
NORMAL, TIGHTENED, REDUCED = InspectionSeverity


@pytest.mark.parametrize(
    ("lot", "letters"),
    [  # table 1, first and last sizes of rows
        (2, "AAAAAAB"),
        (8, "AAAAAAB"),
        (9, "AAAAABC"),
        (50, "ABBCCDE"),
        (51, "BBCCCEF"),
        (280, "BCDEEGH"),
        (500, "BCDEFHJ"),
        (501, "CCEFGJK"),
        (3200, "CDEGHKL"),
        (3201, "CDFGJLM"),
        (35_000, "CDFHKMN"),
        (150_000, "DEGJLNP"),
        (150_001, "DEGJMPQ"),
        (500_001, "DEHKNQR"),
    ],
)
def test_letters_are_those_of_table_1(lot, letters):
    assert "".join(code_letter(lot, InspectionLevel(level)) for level in LEVELS) == letters


# Rows of the master tables, arrows left out: letter, size, then AQL and acceptance number.
PUBLISHED = {
    NORMAL: [  # table 2-A
        ("A", 2, {6.5: 0}),
        ("B", 3, {4.0: 0}),
        ("C", 5, {2.5: 0, 10.0: 1}),
        ("D", 8, {1.5: 0, 6.5: 1, 10.0: 2}),
        ("F", 20, {0.65: 0, 2.5: 1, 4.0: 2, 6.5: 3, 10.0: 5}),
        ("H", 50, {0.25: 0, 1.0: 1, 1.5: 2, 2.5: 3, 4.0: 5, 6.5: 7, 10.0: 10}),
        ("J", 80, {0.15: 0, 0.65: 1, 1.0: 2, 1.5: 3, 2.5: 5, 4.0: 7, 6.5: 10, 10.0: 14}),
        (
            "K",
            125,
            {0.10: 0, 0.40: 1, 0.65: 2, 1.0: 3, 1.5: 5, 2.5: 7, 4.0: 10, 6.5: 14, 10.0: 21},
        ),
        ("L", 200, {0.065: 0, 0.25: 1, 0.40: 2, 0.65: 3, 1.0: 5, 1.5: 7, 2.5: 10, 6.5: 21}),
        ("N", 500, {0.025: 0, 0.10: 1, 0.15: 2, 0.25: 3, 0.40: 5, 0.65: 7, 1.0: 10, 2.5: 21}),
        ("R", 2000, {0.025: 1, 0.040: 2, 0.065: 3, 0.10: 5, 0.15: 7, 0.25: 10, 0.40: 14, 0.65: 21}),
    ],
    TIGHTENED: [  # table 2-B
        ("A", 2, {10.0: 0}),
        ("D", 8, {2.5: 0, 10.0: 1}),
        ("F", 20, {1.0: 0, 4.0: 1, 6.5: 2, 10.0: 3}),
        ("G", 32, {0.65: 0, 2.5: 1, 4.0: 2, 6.5: 3, 10.0: 5}),
        ("J", 80, {0.25: 0, 1.0: 1, 1.5: 2, 2.5: 3, 4.0: 5, 6.5: 8, 10.0: 12}),
        ("K", 125, {0.15: 0, 0.65: 1, 1.0: 2, 1.5: 3, 2.5: 5, 4.0: 8, 6.5: 12, 10.0: 18}),
        ("M", 315, {0.065: 0, 0.25: 1, 0.40: 2, 0.65: 3, 1.0: 5, 1.5: 8, 2.5: 12, 4.0: 18}),
        ("R", 2000, {0.010: 0, 0.040: 1, 0.065: 2, 0.10: 3, 0.15: 5, 0.25: 8, 0.40: 12, 0.65: 18}),
    ],
    REDUCED: [  # table 2-C
        ("A", 2, {6.5: 0}),
        ("D", 3, {1.5: 0, 10.0: 1}),
        ("E", 5, {1.0: 0, 6.5: 1, 10.0: 2}),
        ("G", 13, {0.40: 0, 2.5: 1, 4.0: 2, 6.5: 3, 10.0: 5}),
        ("J", 32, {0.15: 0, 1.0: 1, 1.5: 2, 2.5: 3, 4.0: 5, 6.5: 6, 10.0: 8}),
        ("K", 50, {0.10: 0, 0.65: 1, 1.0: 2, 1.5: 3, 2.5: 5, 4.0: 6, 6.5: 8, 10.0: 10}),
        ("M", 125, {0.040: 0, 0.25: 1, 0.40: 2, 0.65: 3, 1.0: 5, 1.5: 6, 2.5: 8, 4.0: 10}),
        ("R", 800, {0.040: 1, 0.065: 2, 0.10: 3, 0.15: 5, 0.25: 6, 0.40: 8, 0.65: 10}),
    ],
}
CELLS = [
    (severity, letter, size, aql, accept)
    for severity, rows in PUBLISHED.items()
    for letter, size, row in rows
    for aql, accept in row.items()
]


@pytest.mark.parametrize(("severity", "letter", "size", "aql", "accept"), CELLS)
def test_cells_are_those_of_tables_2_a_b_c(severity, letter, size, aql, accept):
    assert plan_of(letter, aql, severity) == LotPlan(letter, size, accept)
    assert plan_of(letter, aql, severity).reject == accept + 1


@pytest.mark.parametrize(
    ("severity", "letter", "aql", "plan"),
    [
        (NORMAL, "A", 0.65, LotPlan("F", 20, 0)),  # down a whole column
        (NORMAL, "F", 1.0, LotPlan("E", 13, 0)),  # up one row
        (NORMAL, "G", 1.0, LotPlan("H", 50, 1)),  # down one row
        (NORMAL, "A", 10.0, LotPlan("C", 5, 1)),  # nothing above row A
        (NORMAL, "Q", 2.5, LotPlan("N", 500, 21)),  # up past the last plan
        (NORMAL, "R", 0.015, LotPlan("P", 800, 0)),  # nothing below row R
        (TIGHTENED, "F", 1.5, LotPlan("H", 50, 1)),
        (TIGHTENED, "R", 0.015, LotPlan("Q", 1250, 0)),
        (TIGHTENED, "Q", 0.025, LotPlan("S", 3150, 1)),  # the only plan of row S
        (TIGHTENED, "R", 0.025, LotPlan("S", 3150, 1)),
        (REDUCED, "F", 1.0, LotPlan("E", 5, 0)),
        (REDUCED, "B", 10.0, LotPlan("D", 3, 1)),
        (REDUCED, "Q", 0.025, LotPlan("N", 200, 0)),
        (REDUCED, "M", 6.5, LotPlan("L", 80, 10)),
    ],
)
def test_arrows_lead_to_the_plan_they_point_at(severity, letter, aql, plan):
    assert plan_of(letter, aql, severity) == plan


def test_the_example_of_montgomery_2013_section_15_4():
    """Introduction to Statistical Quality Control, 7th edition: N = 2000, AQL 0.65 %, level II."""
    assert plan_for(2000, 0.65) == LotPlan("K", 125, 2)
    assert plan_for(2000, 0.65, severity=TIGHTENED) == LotPlan("K", 125, 1)


def test_a_small_lot_is_inspected_whole():
    assert plan_for(15, 0.65) == LotPlan("F", 15, 0)


@pytest.mark.parametrize(
    ("accept_aql", "at_95", "at_10"),
    [  # table 10-J-1: percent nonconforming accepted with 95 % and with 10 %
        (0.15, 0.0641, 2.84),
        (0.65, 0.446, 4.78),
        (1.0, 1.03, 6.52),
        (1.5, 1.73, 8.16),
        (2.5, 3.32, 11.3),
    ],
)
def test_the_operating_characteristic_is_that_of_table_10_j(accept_aql, at_95, at_10):
    plan = plan_of("J", accept_aql)
    assert 100 * quality_accepted(plan, 0.95) == pytest.approx(at_95, rel=5e-3)
    assert 100 * quality_accepted(plan, 0.10) == pytest.approx(at_10, rel=5e-3)


EVERY = [(letter, aql) for letter in LETTERS for aql in AQLS]


def test_normal_plans_accept_lots_at_the_aql_mostly():
    """ISO 2859-1 speaks of about 88 to 99 %, less for the smallest acceptance numbers."""
    for letter, aql in EVERY:
        assert 0.86 <= acceptance_probability(plan_of(letter, aql), aql / 100) <= 0.995


def test_tightened_accepts_less_and_reduced_more():
    for letter, aql in EVERY:
        normal, tight, eased = (
            acceptance_probability(plan_of(letter, aql, severity), aql / 100)
            for severity in (NORMAL, TIGHTENED, REDUCED)
        )
        assert tight <= normal + 1e-12
        assert eased >= normal - 0.01


@given(st.sampled_from(EVERY), st.sampled_from(list(InspectionSeverity)), st.floats(0, 1))
def test_the_operating_characteristic_is_binomial_or_poisson(cell, severity, share):
    plan = plan_of(*cell, severity)
    assert acceptance_probability(plan, share) == pytest.approx(
        binom.cdf(plan.accept, plan.size, share), abs=1e-9
    )
    assert acceptance_probability_of_counts(plan, share) == pytest.approx(
        poisson.cdf(plan.accept, plan.size * share), abs=1e-9
    )


def test_it_refuses_what_the_tables_do_not_have():
    for letter, aql in (("I", 1.0), ("AB", 1.0), ("", 1.0), ("K", 3.0)):
        with pytest.raises(ValueError, match="not in the tables"):
            plan_of(letter, aql)
    with pytest.raises(ValueError, match="no lot"):
        code_letter(1)


def test_one_step_tighter_is_the_next_smaller_aql():
    assert tighter(1.0) == 0.65
    assert tighter(0.010) is None
