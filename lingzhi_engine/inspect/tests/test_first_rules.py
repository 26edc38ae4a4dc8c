"""The first rule set is whole, bilingual, and gives the verdicts its own examples ask for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from lingzhi_engine.inspect import OPERATORS, Rule, Verdict, load, run_tests

FOLDER = Path(__file__).parents[3] / "data" / "rules" / "first"
RULES = (*load(FOLDER).rules, *load(FOLDER / "demanded").rules)
LANGUAGES = {"zh-Hans", "en"}
SEVERITY_OF_SIGN = {"violation": -1, "credit": 1, "signal": 0}


def examples(rule: Rule, verdict: Verdict) -> int:
    return sum(example.expected == verdict for example in rule.examples)


def test_it_has_at_least_forty_rules_with_distinct_ids() -> None:
    assert len(RULES) >= 40
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_gives_the_verdicts_of_its_own_examples(rule: Rule) -> None:
    assert [str(problem) for problem in run_tests(rule)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_and_why_in_both_languages(rule: Rule) -> None:
    for texts in (rule.title, rule.why):
        assert set(texts) == LANGUAGES
        assert all(text.strip() for text in texts.values())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_carries_three_hits_and_three_misses(rule: Rule) -> None:
    assert examples(rule, Verdict.HIT) >= 3
    assert examples(rule, Verdict.MISS) >= 3


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_with_a_precondition_or_a_channel_shows_when_it_does_not_apply(rule: Rule) -> None:
    limited = rule.applies_when is not None or rule.channels or rule.directions
    assert not limited or examples(rule, Verdict.NA) >= 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_points_go_the_way_of_the_effect(rule: Rule) -> None:
    points = rule.effect.points
    assert (points > 0) - (points < 0) == SEVERITY_OF_SIGN[rule.effect.kind]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_about_words_says_whose_words(rule: Rule) -> None:
    about_words = [c for c in rule.conditions if "text" in OPERATORS[c.operator].needs]
    assert all(condition.scope.roles or condition.scope.anchor for condition in about_words)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_example_is_told_twice(rule: Rule) -> None:
    told = Counter(repr(replace(e.conversation, id="")) for e in rule.examples)
    assert [example for example, times in told.items() if times > 1] == []
