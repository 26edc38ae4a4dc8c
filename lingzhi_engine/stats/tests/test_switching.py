"""The switching rules of GB/T 2828.1-2012, 9.3 and 9.4."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.stats.acceptance import InspectionSeverity, LotPlan
from lingzhi_engine.stats.switching import (
    LotInspection,
    SeverityChange,
    after_lot,
    back_to_normal,
    resumed,
)

GOOD, BAD = 0, 99


def run(lots, start=None, *, letter="K", aql=1.0, may_reduce=False):
    now = start or LotInspection()
    for lot in lots:
        now = after_lot(now, letter, aql, lot, may_reduce=may_reduce)
    return now


@pytest.mark.parametrize("lots", [[BAD, BAD], [BAD, GOOD, GOOD, GOOD, BAD]])
def test_two_of_five_not_accepted_tighten(lots):
    assert run(lots).severity is InspectionSeverity.TIGHTENED
    assert run(lots).change is SeverityChange.TO_TIGHTENED


def test_two_of_six_do_not():
    assert run([BAD, GOOD, GOOD, GOOD, GOOD, BAD]).severity is InspectionSeverity.NORMAL


def test_five_accepted_in_a_row_bring_back_to_normal():
    tight = run([BAD, BAD])
    assert tight.plan("K", 1.0) == LotPlan("K", 125, 2)
    assert run([GOOD] * 4 + [BAD] + [GOOD] * 4, tight).severity is InspectionSeverity.TIGHTENED
    assert run([GOOD] * 4 + [BAD] + [GOOD] * 5, tight).change is SeverityChange.TO_NORMAL


def test_five_refused_while_tightened_stop_everything():
    tight = run([BAD, BAD])
    stopped = run([BAD, GOOD, BAD, GOOD, BAD, GOOD, BAD, GOOD, BAD], tight)
    assert stopped.is_discontinued
    with pytest.raises(ValueError, match="discontinued"):
        run([GOOD], stopped)
    again = resumed(stopped)
    assert (again.severity, again.refused) == (InspectionSeverity.TIGHTENED, 0)


def test_refusals_before_a_return_to_normal_do_not_count_later():
    later = run([BAD] * 4 + [GOOD] * 5 + [BAD] * 2 + [BAD] * 4, run([BAD, BAD]))
    assert later.severity is InspectionSeverity.TIGHTENED
    assert not later.is_discontinued


@pytest.mark.parametrize(
    ("letter", "aql", "lot", "score"),
    [
        ("K", 1.0, 2, 3),  # K/125/3; AQL 0.65 has Ac 2
        ("K", 1.0, 3, 0),  # accepted, though not one step tighter
        ("K", 0.65, 1, 3),  # Ac 2, one step tighter 1
        ("K", 0.40, 1, 2),  # Ac 1: any accepted lot
        ("F", 0.65, 0, 2),  # Ac 0
        ("F", 0.65, 1, 0),
    ],
)
def test_the_score_grows_as_9_3_3_2_says(letter, aql, lot, score):
    assert run([lot], letter=letter, aql=aql).score == score


def test_the_score_starts_again_after_a_lot_that_only_just_passed():
    assert run([0, 0, 0, 3, 0]).score == 3


def test_reduced_needs_thirty_points_and_consent():
    assert run([GOOD] * 9, may_reduce=True).severity is InspectionSeverity.NORMAL
    assert run([GOOD] * 10, may_reduce=True).change is SeverityChange.TO_REDUCED
    assert run([GOOD] * 14).severity is InspectionSeverity.NORMAL
    waiting = run([GOOD] * 14)
    assert run([GOOD], waiting, may_reduce=True).severity is InspectionSeverity.REDUCED
    assert (
        run([GOOD] * 15, letter="F", aql=0.65, may_reduce=True).severity
        is InspectionSeverity.REDUCED
    )


def test_one_refusal_or_a_person_ends_reduced_inspection():
    eased = run([GOOD] * 10, may_reduce=True)
    assert eased.plan("K", 1.0) == LotPlan("K", 50, 2)
    assert run([2], eased).severity is InspectionSeverity.REDUCED
    assert run([3], eased) == LotInspection(change=SeverityChange.TO_NORMAL)
    assert back_to_normal(eased).severity is InspectionSeverity.NORMAL
    with pytest.raises(ValueError, match="not reduced"):
        back_to_normal(LotInspection())
    with pytest.raises(ValueError, match="goes on"):
        resumed(LotInspection())


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=80))
def test_the_severity_only_changes_by_the_rules(lots):
    now = LotInspection()
    history = []
    for lot, may_reduce in lots:
        if now.is_discontinued:
            now = resumed(now)
            history = []
        before = now
        accepted = now.plan("K", 1.0).accepts(lot)
        now = after_lot(now, "K", 1.0, lot, may_reduce=may_reduce)
        history.append(accepted)
        match before.severity, now.severity:
            case InspectionSeverity.NORMAL, InspectionSeverity.TIGHTENED:
                assert history[-5:].count(False) == 2
            case InspectionSeverity.TIGHTENED, InspectionSeverity.NORMAL:
                assert history[-5:] == [True] * 5
            case InspectionSeverity.NORMAL, InspectionSeverity.REDUCED:
                assert may_reduce
                assert len(history) >= 10
            case InspectionSeverity.REDUCED, InspectionSeverity.NORMAL:
                assert not accepted
            case start, end:
                assert start is end
        if before.severity is not now.severity:
            history = []
