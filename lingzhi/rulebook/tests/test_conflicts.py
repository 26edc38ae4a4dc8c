"""Clauses that do not agree are found, said, and decided."""

import copy
from datetime import date

import pytest
from django.utils import translation

from lingzhi.core.controls import Binding
from lingzhi.rulebook.conflicts import (
    Elsewhere,
    chosen_values,
    conflicts_among,
    with_decisions,
)
from lingzhi.rulebook.packs import body_of_pack, content_of, resolve

pytestmark = pytest.mark.usefixtures("small_packs", "db")


def _found(body, answers=None, others=()):
    content = content_of(body)
    resolved = resolve(content, answers or {})
    return conflicts_among(resolved, others, is_uniform=content.is_uniform)


@pytest.fixture
def body(small_packs, db):
    """`small` with limits that agree."""
    body = copy.deepcopy(body_of_pack("small"))
    _control(body, "urgent")["figures"]["limit"] = {
        "mark": "normative", "value": 10, "unit": "minutes"
    }  # fmt: skip
    return body


def _control(body, key):
    controls = [c for clause in body["clauses"] for c in clause.get("controls", ())]
    return next(control for control in controls if control["key"] == key)


def _twin(body, key, number="9", **limit):
    """A clause more with a control like `key`, but another limit."""
    control = copy.deepcopy(_control(body, key))
    control["key"] = f"{key}-{number}"
    control["figures"]["limit"] |= limit
    body["clauses"].append(
        {"number": number, "title": {"en": "X"}, "text": {"en": "X"}, "force": "must",
         "controls": [control]}
    )  # fmt: skip
    return control


def test_rules_that_agree_have_no_conflict(body):
    assert _found(body) == []


def test_an_urgent_limit_looser_than_the_normal_one_is_found():
    (conflict,) = _found(body_of_pack("small"))
    assert conflict.kind == "urgent"
    assert (conflict.first.number, conflict.second.number) == ("1.2", "1.3")
    with translation.override("en"):
        assert "24 hours in clause 1.2" in conflict.sentence
        assert "30 minutes in clause 1.3" in conflict.sentence


@pytest.mark.parametrize(
    ("limit", "kinds"),
    [
        ({"value": 20, "unit": "minutes"}, ["limits"]),
        ({"value": 1800, "unit": "seconds"}, []),
        ({"value": 1, "unit": "working_days"}, ["limits"]),
    ],
)
def test_two_limits_for_one_thing_are_found_in_whatever_unit(body, limit, kinds):
    _twin(body, "normal", **limit)
    assert [conflict.kind for conflict in _found(body)] == kinds


def test_other_cases_are_other_things(body):
    _twin(body, "normal", value=9)["with"]["case"] = "complaint"
    assert _found(body) == []


def test_unequal_channels_count_only_where_the_pack_wants_them_equal(body):
    _control(body, "normal")["with"]["channel"] = "phone"
    _twin(body, "normal", value=5)["with"]["channel"] = "chat"
    _control(body, "urgent")["figures"]["limit"]["value"] = 1
    assert [conflict.kind for conflict in _found(body)] == ["channels"]
    body["uniform_across_channels"] = False
    assert _found(body) == []


def test_a_bound_that_counts_beside_one_that_does_not_is_found(body):
    _twin(body, "normal")["with"]["is_strict"] = True
    assert [conflict.kind for conflict in _found(body)] == ["strictness"]


def test_weights_that_do_not_sum_to_a_hundred_are_found(body):
    _control(body, "appraisal")["with"]["contents"][0]["weight"] = 35
    (conflict,) = _found(body)
    assert (conflict.kind, conflict.choices) == ("weights", ("keep",))
    with translation.override("en"):
        assert "75" in conflict.sentence


def test_another_regulation_can_be_followed_or_lived_with_but_not_changed(body):
    other = Binding(
        control_id=1, reference="other 7 first", kind="sla", title={},
        values={"clock": "first_response", "case": "normal", "limit": 2, "limit_unit": "hours"},
        unit_id=1, unit_path="/1/", from_on=date(2026, 1, 1),
    )  # fmt: skip
    (conflict,) = _found(body, others=[Elsewhere(4, "总则", other)])
    assert (conflict.kind, conflict.choices) == ("limits", ("second", "keep"))
    with translation.override("en"):
        assert "7 of 总则" in conflict.sentence


def test_the_decision_for_one_value_ends_the_conflict():
    body = body_of_pack("small")
    (conflict,) = _found(body)
    for choice, key, value in (("first", "normal", 24), ("second", "urgent", 30)):
        side, values = chosen_values(conflict, choice)
        assert (side.key, values["limit"]["value"]) == (key, value)
        assert _found(body, {side.key: values}) == []


def test_the_decision_about_strictness_ends_the_conflict(body):
    _twin(body, "normal")["with"]["is_strict"] = True
    (conflict,) = _found(body)
    for choice in ("first", "second"):
        side, values = chosen_values(conflict, choice)
        assert _found(body, {side.key: values}) == []


def test_the_decision_to_keep_both_is_open_again_when_a_value_changes():
    body = body_of_pack("small")
    (conflict,) = _found(body)
    decisions = {conflict.key: conflict.stored("keep", "two teams")}
    assert with_decisions(_found(body), decisions)[0].is_decided
    later = _found(body, {"urgent": {"limit": 36}})
    assert not with_decisions(later, decisions)[0].is_decided


def test_a_decision_that_removed_its_conflict_is_still_told():
    body = body_of_pack("small")
    (conflict,) = _found(body)
    side, values = chosen_values(conflict, "second")
    decisions = {conflict.key: conflict.stored("second", "faster")}
    (told,) = with_decisions(_found(body, {side.key: values}), decisions)
    assert (told.decision, told.reason, told.first) == ("second", "faster", conflict.first)
