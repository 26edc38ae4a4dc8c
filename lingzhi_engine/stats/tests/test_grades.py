"""Grades with hysteresis and a minimum sample."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.stats import GradeBasis, GradeScale, grade

SCALE = GradeScale((("A", 90.0), ("B", 75.0), ("C", 0.0)), margin=1.0, minimum=20)


@pytest.mark.parametrize(
    ("figure", "before", "expected", "basis"),
    [
        (90.0, None, "A", GradeBasis.FIRST),
        (89.9, None, "B", GradeBasis.FIRST),
        (-5.0, None, "C", GradeBasis.FIRST),
        (90.5, "B", "B", GradeBasis.HELD),
        (91.0, "B", "A", GradeBasis.ROSE),
        (89.0, "A", "A", GradeBasis.HELD),
        (88.9, "A", "B", GradeBasis.FELL),
        (40.0, "A", "C", GradeBasis.FELL),
        (95.0, "C", "A", GradeBasis.ROSE),
        (90.5, "C", "B", GradeBasis.ROSE),
        (80.0, "D", "B", GradeBasis.FIRST),
        (74.5, "A", "C", GradeBasis.FELL),
    ],
)
def test_grades_change_only_past_the_margin(figure, before, expected, basis):
    assert grade(figure, 20, SCALE, before=before) == (expected, basis)


@pytest.mark.parametrize("before", [None, "A"])
def test_too_few_change_nothing(before):
    assert grade(10.0, 19, SCALE, before=before) == (before, GradeBasis.TOO_FEW)
    assert grade(None, 500, SCALE, before=before) == (before, GradeBasis.TOO_FEW)


@given(st.floats(0, 100), st.sampled_from("ABC"), st.floats(-0.9, 0.9))
def test_a_movement_within_the_margin_never_takes_a_new_grade_back(figure, before, move):
    first = grade(figure, 50, SCALE, before=before)
    again = grade(figure + move, 50, SCALE, before=first.grade)
    if first.basis is GradeBasis.ROSE:
        assert again.grade <= first.grade  # "A" before "B"
    if first.basis is GradeBasis.FELL:
        assert again.grade >= first.grade


@given(st.floats(0, 100), st.floats(0, 100), st.sampled_from(["A", "B", "C", None]))
def test_a_better_figure_never_gives_a_worse_grade(one, other, before):
    low, high = sorted((one, other))
    assert grade(high, 50, SCALE, before=before).grade <= grade(low, 50, SCALE, before=before).grade


@pytest.mark.parametrize(
    ("cuts", "margin"),
    [
        ((("A", 75.0), ("B", 90.0)), 0.0),
        ((("A", 9.0), ("A", 5.0)), 0.0),
        ((), 0.0),
        ((("A", 9.0),), -1.0),
    ],
)
def test_it_refuses_what_is_no_scale(cuts, margin):
    with pytest.raises(ValueError, match=r"cuts|scale|margin"):
        GradeScale(cuts, margin)
