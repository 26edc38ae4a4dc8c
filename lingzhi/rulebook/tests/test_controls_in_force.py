"""Which control binds whom on which day; a unit's own regulation takes the place of the rest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi.core.clock import today
from lingzhi.core.controls import Binding
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.queries import controls_in_force, regulations_for
from lingzhi.rulebook.queries.controls import _Exception, split
from lingzhi.rulebook.services import withdraw_version

DAY = timedelta(days=1)


@pytest.fixture
def own(in_force, cast):
    """The second team's own regulation from the same pack: five rings."""
    return make_version("small", cast.second, by=cast.quan, answers={"ring": {"limit": 5}})


def test_each_unit_is_bound_by_the_nearest_regulation_of_a_pack(in_force, own, cast):
    assert regulations_for(cast.first) == [in_force.regulation]
    assert regulations_for(cast.second) == [own.regulation]
    assert regulations_for(cast.company) == []
    for unit, limit in ((cast.first, 3), (cast.second, 5), (cast.hotline, 3)):
        bindings = controls_in_force(today(), today(), kind="target", unit=unit)
        assert [one.values["limit"] for one in bindings] == [limit]


def test_the_centres_control_leaves_out_the_team_with_its_own(in_force, own, cast):
    centre, team = controls_in_force(today(), today(), kind="target")
    assert (centre.except_paths, team.except_paths) == ((cast.second.path,), ())
    assert centre.reference == "small 1.1 ring"


def test_another_pack_does_not_take_its_place(in_force, cast):
    make_version("child", cast.second, by=cast.quan)
    bindings = controls_in_force(today(), today(), kind="target", unit=cast.second)
    assert len(bindings) == 2
    assert {one.code for one in map(lambda r: r.unit, regulations_for(cast.second))} == {
        "hotline", "second"
    }  # fmt: skip


def test_what_is_not_in_force_binds_nobody(draft):
    assert controls_in_force(today(), today()) == []


def test_what_was_withdrawn_binds_only_its_days(in_force, cast):
    withdraw_version(in_force, reason="closed", by=cast.quan)
    far = today() + 9 * DAY
    assert {one.to_on for one in controls_in_force(today(), far)} == {today()}
    assert controls_in_force(today() + DAY, far) == []


def test_the_number_of_queries_does_not_grow_with_regulations(
    in_force, cast, django_assert_max_num_queries
):
    make_version("small", cast.first, by=cast.quan)
    make_version("child", cast.second, by=cast.quan)
    with django_assert_max_num_queries(4):
        assert len(controls_in_force(today(), today())) == 4 + 4 + 3


days = st.integers(0, 40).map(lambda number: date(2026, 1, 1) + number * DAY)
stretches = st.tuples(st.sampled_from(["/1/2/", "/1/2/3/", "/1/4/"]), days, days)


@given(days, days | st.none(), st.lists(stretches, max_size=4))
def test_split_bindings_say_of_each_day_and_unit_what_the_exceptions_say(first, last, exceptions):
    last = max(first, last) if last else None
    binding = Binding(
        control_id=1, reference="a 1 k", kind="k", title={}, values={}, unit_id=1,
        unit_path="/1/", from_on=first, to_on=last,
    )  # fmt: skip
    given_ones = [_Exception(path, min(a, b), max(a, b)) for path, a, b in exceptions]
    parts = split(binding, given_ones)
    for number in range(42):
        day = date(2026, 1, 1) + number * DAY
        for path in ("/1/", "/1/2/", "/1/2/3/", "/1/4/5/"):
            holding = [
                one for one in parts
                if one.from_on <= day <= (one.to_on or date.max) and one.holds_for(path)
            ]  # fmt: skip
            is_excepted = any(
                path.startswith(one.path) and one.from_on <= day <= one.to_on for one in given_ones
            )
            is_there = first <= day <= (last or date.max)
            assert len(holding) == (is_there and not is_excepted)
