"""The gate between a rule and the people it judges."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.stats import (
    Kind,
    Measured,
    Rate,
    Trust,
    TrustEvidence,
    TrustGate,
    TrustThresholds,
    decide_trust,
    wilson,
)
from lingzhi_engine.stats.trust import TrustCause

NOTHING = Measured(None, 0.0, 1.0, Kind.WILSON, 0)


def seen(k, n):
    interval = wilson(k, n)
    return Measured(k / n if n else None, interval.low, interval.high, Kind.WILSON, n)


def evidence(precision=(0, 0), recall=(95, 100), agreement=(97, 100), overturned=(0, 0)):
    return TrustEvidence(seen(*precision), seen(*recall), seen(*agreement), Rate(*overturned))


def causes(decision):
    return [reason.cause for reason in decision.reasons]


def test_a_good_rule_rises_step_by_step():
    good = evidence((198, 200))
    first = decide_trust(Trust.SHADOW, good)
    assert first.trust is Trust.ASSIST
    second = decide_trust(first.trust, good)
    assert second.trust is Trust.AUTOMATIC
    assert causes(second) == [TrustCause.PRECISION, TrustCause.RECALL, TrustCause.AGREEMENT]
    assert decide_trust(second.trust, good) == (Trust.AUTOMATIC, ())


def test_few_reviews_prove_nothing_either_way():
    assert decide_trust(Trust.SHADOW, evidence((9, 9))).trust is Trust.SHADOW
    assert TrustCause.REVIEWS in causes(decide_trust(Trust.SHADOW, evidence((9, 9))))
    assert decide_trust(Trust.AUTOMATIC, evidence((0, 9))).trust is Trust.AUTOMATIC
    assert decide_trust(Trust.SHADOW, evidence()).trust is Trust.SHADOW


def test_what_was_never_measured_is_lacking():
    unknown = TrustEvidence(seen(198, 200), NOTHING, seen(97, 100), Rate(0, 0))
    found = decide_trust(Trust.ASSIST, unknown)
    assert found.trust is Trust.ASSIST
    assert causes(found) == [TrustCause.RECALL]
    assert decide_trust(Trust.SHADOW, unknown).trust is Trust.ASSIST  # assist asks for no recall


@pytest.mark.parametrize("now", [Trust.SHADOW, Trust.ASSIST, Trust.AUTOMATIC])
def test_a_bad_rule_is_suspended_wherever_it_stands(now):
    found = decide_trust(now, evidence((5, 40)))
    assert found.trust is Trust.SUSPENDED
    assert causes(found) == [TrustCause.PRECISION]


def test_overturned_hits_take_automatic_away_and_many_suspend():
    good = (198, 200)
    some = decide_trust(Trust.AUTOMATIC, evidence(good, overturned=(6, 40)))
    assert (some.trust, causes(some)) == (Trust.ASSIST, [TrustCause.OVERTURNED])
    assert decide_trust(Trust.ASSIST, evidence(good, overturned=(6, 40))).trust is Trust.ASSIST
    many = decide_trust(Trust.AUTOMATIC, evidence(good, overturned=(18, 40)))
    assert (many.trust, causes(many)) == (Trust.SUSPENDED, [TrustCause.OVERTURNED])
    assert (
        decide_trust(Trust.AUTOMATIC, evidence(good, overturned=(19, 19))).trust is Trust.AUTOMATIC
    )


def test_between_proof_and_disproof_nothing_changes():
    middling = evidence((180, 200))  # 0.85–0.93 against 0.9
    assert decide_trust(Trust.ASSIST, middling).trust is Trust.ASSIST
    assert decide_trust(Trust.AUTOMATIC, middling).trust is Trust.AUTOMATIC


def test_the_margin_keeps_a_well_known_rule_from_flapping():
    just_below = evidence((8950, 10_000))
    assert decide_trust(Trust.AUTOMATIC, just_below).trust is Trust.AUTOMATIC
    strict = TrustThresholds(margin=0.0)
    assert decide_trust(Trust.AUTOMATIC, evidence((8900, 10_000)), strict).trust is Trust.ASSIST


def test_assist_is_lost_when_its_own_gate_is_broken():
    limits = TrustThresholds(assist=TrustGate(0.8, 0.0, 0.0, 20), floor=0.3)
    assert decide_trust(Trust.ASSIST, evidence((110, 200)), limits).trust is Trust.SHADOW


def test_only_a_person_lifts_a_suspension():
    found = decide_trust(Trust.SUSPENDED, evidence((200, 200)))
    assert (found.trust, causes(found)) == (Trust.SUSPENDED, [TrustCause.SUSPENDED])


COUNTS = st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(
    st.sampled_from([Trust.SHADOW, Trust.ASSIST, Trust.AUTOMATIC]), COUNTS, COUNTS, COUNTS, COUNTS
)
def test_with_the_same_evidence_the_gate_comes_to_rest(now, precision, recall, agreement, appeals):
    facts = evidence(precision, recall, agreement, appeals)
    path = [now]
    for _ in range(4):
        path.append(decide_trust(path[-1], facts).trust)
    assert path[-1] is path[-2]
    places = [list(Trust).index(one) for one in path]
    steps = [later - earlier for earlier, later in pairwise(places)]
    assert path[-1] is Trust.SUSPENDED or min(steps) >= 0 or max(steps) <= 0
