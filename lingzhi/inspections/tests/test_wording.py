"""Whatever the engine says has its words here: a new code without words fails."""

import pytest
from django.utils import translation

from lingzhi.inspections.models import Finding
from lingzhi.inspections.wording.choices import CHOICES
from lingzhi.inspections.wording.measures import measure_in_words
from lingzhi.inspections.wording.needs import NEEDS
from lingzhi.inspections.wording.operators import OPERATORS as OPERATOR_WORDS
from lingzhi.inspections.wording.params import PARAMS
from lingzhi.inspections.wording.problems import PROBLEMS, in_words, place_in_words
from lingzhi.inspections.wording.reasons import REASONS, reason_in_words
from lingzhi_engine.inspect import OPERATORS, Problem
from lingzhi_engine.inspect.problems import MESSAGES
from lingzhi_engine.inspect.reasons import ALL


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_every_reason_has_its_sentence():
    assert set(REASONS) == set(ALL)


def test_every_need_has_its_name():
    assert {need for one in OPERATORS.values() for need in one.needs} == set(NEEDS)


def test_every_problem_has_its_sentence():
    assert set(PROBLEMS) == set(MESSAGES)


def test_every_operator_has_its_words():
    assert set(OPERATOR_WORDS) == set(OPERATORS)


def test_every_parameter_has_its_label():
    missing = [
        f"{operator.name}.{param.name}"
        for operator in OPERATORS.values()
        for param in operator.params
        if param.name not in PARAMS and f"{operator.name}.{param.name}" not in PARAMS
    ]
    assert missing == []


def test_every_choice_has_its_words():
    missing = [
        f"{param.name}.{choice}"
        for operator in OPERATORS.values()
        for param in operator.params
        for choice in param.choices
        if f"{param.name}.{choice}" not in CHOICES and choice not in CHOICES
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("code", "detail", "sentence"),
    [
        ("role_missing", "agent, customer",
         "Whom the rule looks at says nothing: agent, customer."),
        ("missing_parts", "条件 | 方式", "Missing: 条件, 方式."),
        ("field_missing", "ended_by", "The field “Ended by” is missing."),
        ("table_missing", "promises", "Records that the rule needs are missing: promises."),
        ("no_record", "clocks", "There is no such record: time limits."),
        ("not_restated", "amount", "It was not said again: sum of money."),
        ("language", "yue", "The language is Cantonese."),
        ("no_times", "", "The turns have no times."),
        ("suspended", "timeout", "The rule is suspended: an expression takes too long."),
        ("", "", ""),
        ("of_a_newer_engine", "x", "of_a_newer_engine"),
    ],
)  # fmt: skip
def test_a_reason_says_its_detail(code, detail, sentence):
    assert reason_in_words(code, detail) == sentence


def test_a_problem_says_its_place_and_what_was_meant():
    problem = Problem("unknown_operator", "a.b", "conditions.a.op", None, {"name": "text.keywrd"},
                      "text.keyword")  # fmt: skip
    assert in_words(problem) == (
        "Conditions › a › op: there is no operator “text.keywrd”; did you mean “text.keyword”?"
    )
    assert place_in_words("") == ""


@pytest.mark.parametrize(
    ("operator", "value", "limit", "words"),
    [
        ("time.silence", 24300.0, 20000.0, "24.3 s (limit 20.0 s)"),
        ("voice.rate", 341.6, 320.0, "342 characters a minute (limit 320 characters a minute)"),
        ("text.count", 1.0, None, "1"),
        ("text.keyword", 1.0, 1.0, ""),
    ],
)
def test_a_measure_has_the_unit_of_its_rule(operator, value, limit, words):
    body = {"conditions": {"a": {"op": operator}}}
    assert measure_in_words(body, Finding(value=value, threshold=limit)) == words


@pytest.mark.parametrize(
    ("condition", "value", "words"),
    [
        ({"op": "time.silenceTotal", "min_ms": 5000}, 6500.0, "6.5 s"),
        ({"op": "time.silenceTotal", "max_percent": 30}, 35.04, "35.0 %"),
        ({"op": "time.hold", "measure": "longest", "min_ms": 1}, 61000.0, "61 s"),
        ({"op": "time.hold", "measure": "count", "min": 2}, 3.0, "3"),
        ({"op": "voice.rate", "to_role": "customer", "min_percent": 150}, 160.0, "160.0 %"),
        ({"op": "voice.energy", "min_db": 10}, 12.34, "12.3 dB"),
        ({"op": "voice.emotion", "mode": "share", "percent": 50}, 50.0, "50.0 %"),
        ({"op": "voice.emotion"}, 2.0, "2"),
        ({"op": "call.hangup"}, 2.0, ""),
    ],
)
def test_a_measure_has_the_unit_of_its_range(condition, value, words):
    body = {"conditions": {"a": condition}}
    assert measure_in_words(body, Finding(value=value)) == words


def test_words_are_no_measure():
    body = {"conditions": {"a": {"op": "time.silence"}}}
    assert measure_in_words(body, Finding(value=1.0, start=0, end=2)) == ""
