"""What was planted, and that only `truth` tells it."""

import json
from collections import Counter
from datetime import datetime
from typing import Any

from django.conf import settings

from lingzhi.demo.calendar import Period
from lingzhi.demo.truth import ANY, RULES, planted
from lingzhi_engine.inspect import load

# `hits` knows of swapped roles. Of the others nothing is planted: what the demo holds of them comes
# about by itself.
NOT_PLANTED = {
    "closing.abrupt",
    "complaint.facts_not_asked",
    "complaint.idea_not_noted",
    "complaint.not_recorded",
    "courtesy.interrupts",
    "entity.not_read_back",
    "hold.too_long",
    "opening.mail_form",
    "ownership.question_unanswered",
    "privacy.asks_too_much",
    "promise.broken",
    "promise.said_broken",
    "risk.unsolved_before",
    "structure.bot_goes_round",
    "structure.equipment_trouble",
    "structure.roles_swapped",
    "structure.told_again",
    "time.mostly_silent",
    "transfer.bot_keeps",
    "transfer.cold",
}
Told = list[dict[str, Any]]
Truth = dict[str, list[str]]
SIGNALS = ("risk.", "praise.", "entity.", "structure.roles_swapped", "structure.empty_talk")


def violations(rules: list[str]) -> list[str]:
    return [rule for rule in rules if not rule.startswith(SIGNALS)]


def texts(one: dict[str, Any], role: str) -> str:
    return "\n".join(turn["text"] for turn in one["turns"] if turn["role"] == role)


def test_it_speaks_of_the_same_conversations(told: Told, truth: Truth):
    assert [one["id"] for one in told] == list(truth)
    assert list(planted(200, 3)) == list(planted(200, 3))


def test_a_rule_is_asked_where_the_rule_set_asks_it():
    rules = {rule.id: rule for rule in load(settings.FIRST_RULES).rules}
    asked = {
        name: (set(channels), {direction} - {""})
        for name, (channels, direction, _) in RULES.items()
    }
    assert asked == {
        name: (set(rules[name].channels or ANY), set(rules[name].directions)) for name in RULES
    }
    assert rules.keys() - RULES.keys() == NOT_PLANTED


def test_an_email_is_never_an_empty_talk(told: Told, truth: Truth):
    channels = {one["channel"] for one in told if "structure.empty_talk" in truth[one["id"]]}
    assert channels
    assert "email" not in channels


def test_nothing_of_it_is_in_the_conversations(told: Told, truth: Truth):
    written = json.dumps(told, ensure_ascii=False)
    rules = {rule for found in truth.values() for rule in found}
    assert len(rules) > 40
    assert not [rule for rule in rules if rule in written]
    assert "lapse" not in written


def test_most_rules_are_broken_now_and_then_and_none_by_most(truth: Truth):
    counts = Counter(rule for found in truth.values() for rule in found)
    assert all(count / len(truth) < 0.15 for count in counts.values())
    assert 0.3 < sum(bool(violations(found)) for found in truth.values()) / len(truth) < 0.7


def test_the_bad_week_is_visibly_worse(told: Told, truth: Truth):
    period = Period()
    bad: list[int] = []
    other: list[int] = []
    for one in told:
        day = datetime.fromisoformat(one["answered_at"]).date()
        (bad if period.is_bad(day) else other).append(len(violations(truth[one["id"]])))
    assert sum(bad) / len(bad) > 1.6 * sum(other) / len(other)


def test_agents_differ(told: Told, truth: Truth):
    found: dict[str, list[int]] = {}
    for one in told:
        found.setdefault(one["agent_no"], []).append(len(violations(truth[one["id"]])))
    means = [sum(counts) / len(counts) for counts in found.values() if len(counts) >= 30]
    assert max(means) > 5 * min(means)


def test_what_it_says_can_be_read_in_the_words(told: Told, truth: Truth):
    """Independent of acts: words that must or must not be there."""
    for one in told:
        rules = truth[one["id"]]
        if "structure.roles_swapped" in rules:
            continue
        agent = texts(one, "agent")
        assert ("您" not in agent) == ("courtesy.no_honorific" in rules)
        if "courtesy.no_apology" in rules:
            assert not any(word in agent for word in ("抱歉", "对不起"))
        if "risk.regulator" in rules:
            assert any(w in texts(one, "customer") for w in ("12315", "消", "曝光", "市场监管"))
        if one["channel"] == "phone" and "closing.no_farewell" in rules:
            assert "再见" not in agent.splitlines()[-1]


def test_late_answers_are_late_and_others_are_not(told: Told, truth: Truth):
    for one in told:
        rules = truth[one["id"]]
        agent = [turn for turn in one["turns"] if turn["role"] == "agent"]
        if one["channel"] != "phone" or agent[0]["start_ms"] is None:
            assert "opening.slow_answer" not in rules
        elif "structure.roles_swapped" not in rules:
            assert (agent[0]["start_ms"] > 5000) == ("opening.slow_answer" in rules)
