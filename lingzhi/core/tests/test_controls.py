"""A binding says for which units it holds, in memory and in the database alike."""

from datetime import date

import pytest
from django.utils import translation

from lingzhi.core.controls import Binding
from lingzhi.core.units import comparable, say_figure


def _binding(unit, *except_paths: str) -> Binding:
    return Binding(
        control_id=1,
        reference="s26 2.1 ring",
        kind="kpi_target",
        title={},
        values={},
        unit_id=unit.pk,
        unit_path=unit.path,
        from_on=date(2026, 1, 1),
        except_paths=except_paths,
    )


def test_it_holds_for_the_subtree_but_not_where_another_takes_its_place(cast):
    binding = _binding(cast.hotline, cast.second.path)
    units = type(cast.hotline).objects
    kept = {unit for unit in units.all() if binding.holds_for(unit.path)}
    assert kept == {cast.hotline, cast.first}
    assert set(units.filter(binding.over("path"))) == kept


def test_without_exceptions_the_whole_subtree_is_bound(cast):
    assert _binding(cast.company).holds_for(cast.second.path)
    assert type(cast.company).objects.filter(_binding(cast.company).over("path")).count() == 4


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "rings", "1 ring"),
        (3, "rings", "3 rings"),
        (2.5, "hours", "2.5 hours"),
        (95.0, "percent", "95%"),
        (7, "", "7"),
        ("monthly", "", "monthly"),
    ],
)
def test_a_figure_is_said_as_in_a_sentence(value, unit, said):
    with translation.override("en"):
        assert say_figure(value, unit) == said


def test_times_compare_in_seconds_and_rings_do_not():
    assert comparable(2, "hours") == comparable(120, "minutes") == (7200, "seconds")
    assert comparable(3, "rings") == (3, "rings")
    assert comparable(3, "working_days") != comparable(3, "days")
