"""Seconds against rings (V-01): named, decided by a person, never converted in silence."""

import copy

import pytest
from django.urls import reverse

from lingzhi.rulebook.conflicts import Conflict
from lingzhi.rulebook.conflicts.measures import are_other_measures
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.packs import body_of_pack
from lingzhi.rulebook.queries import conflicts_of
from lingzhi.rulebook.queries.adoption import resolved_of
from lingzhi.rulebook.services import (
    create_pack,
    resolve_conflict,
    save_answers,
    start_adoption,
)

THREE = {"limit": 3, "target": 95}


@pytest.fixture
def by_seconds(cast) -> Version:
    """S18 in force for the hotline: within 3 seconds."""
    return make_version("s18", cast.hotline, by=cast.quan, answers={"answer": {"target": 95}})


def _measured(version: Version) -> list[Conflict]:
    return [one for one in conflicts_of(version) if one.kind == "measures"]


def _values(version: Version, key: str) -> dict:
    found = Version.objects.get(pk=version.pk)
    return next(dict(one.values) for one in resolved_of(found) if one.control.key == key)


def test_they_are_named_too_where_seconds_are_adopted_second(cast):
    make_version("s26", cast.hotline, by=cast.quan, answers={"ring": THREE})
    version = start_adoption("s18", cast.hotline, by=cast.quan)
    [found] = _measured(version)
    assert (found.first.unit, found.second.unit) == ("seconds", "rings")


def test_no_limit_set_yet_is_no_conflict(by_seconds, cast):
    assert _measured(start_adoption("s26", cast.hotline, by=cast.quan)) == []


def test_another_unit_is_not_concerned(cast):
    make_version("s18", cast.first, by=cast.quan, answers={"answer": {"target": 95}})
    version = start_adoption("s26", cast.second, by=cast.quan)
    assert _measured(save_answers(version, {"ring": THREE}, by=cast.quan)) == []


def test_within_one_regulation_either_may_bind(cast):
    body = copy.deepcopy(body_of_pack("s26")) | {"extends": []}
    other = next(one for one in body_of_pack("s18")["clauses"] if one["number"] == "3.1.1")
    body["clauses"].append(other | {"number": "99"})
    create_pack("both", body, by=cast.quan)
    for choice, key, unit in (("first", "answer", "rings"), ("second", "ring", "seconds")):
        version = start_adoption(
            "both", cast.hotline if unit == "rings" else cast.first, by=cast.quan
        )
        version = save_answers(version, {"ring": THREE}, by=cast.quan)
        [found] = _measured(version)
        resolve_conflict(version, found.key, choice, by=cast.quan)
        values = _values(version, key)
        assert (values["limit_unit"], values["variant"]) == (unit, unit)


@pytest.mark.parametrize(
    ("one", "other", "is_other"),
    [
        ("seconds", "rings", True),
        ("minutes", "rings", True),
        ("seconds", "minutes", False),
        ("working_days", "hours", False),
        ("percent", "points", True),
        ("", "rings", False),
        ("rings", "rings", False),
    ],
)
def test_units_of_time_are_one_measure(one, other, is_other):
    assert are_other_measures(one, other) is is_other


def test_where_no_rings_stand_against_seconds_nothing_is_assumed(as_, cast):
    version = start_adoption("s26", cast.hotline, by=cast.quan)
    url = reverse("rulebook:conflicts", args=[version.pk])
    html = as_(cast.quan).get(url, headers={"Accept-Language": "en"}).content.decode()
    assert "Seconds per ring" not in html
