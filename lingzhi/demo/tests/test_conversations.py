"""The conversations: reproducible, complete, varied, with the patterns of a real centre."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from lingzhi.demo.calendar import Period
from lingzhi.demo.centre import conversations
from lingzhi.demo.tests.conftest import COUNT

Told = list[dict[str, Any]]
FIELDS = {
    *("id", "source", "channel", "direction", "queue", "agent_no", "team", "customer", "queued_at"),
    *("ringing_at", "answered_at", "ended_at", "wrapped_up_at", "ring_count", "hold_seconds"),
    *("ended_by", "outcome", "transfers", "meta", "turns"),
}


def digest(told: Told) -> str:
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def began(one: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(one["queued_at"] or one["answered_at"])


def words(one: dict[str, Any]) -> str:
    return "\n".join(turn["text"] for turn in one["turns"])


def test_the_same_seed_gives_the_same_conversations():
    first = list(conversations(500, 3))
    assert digest(first) == digest(list(conversations(500, 3)))
    assert digest(first) != digest(list(conversations(500, 4)))


def test_every_conversation_is_whole(told: Told):
    assert len(told) == COUNT
    assert len({one["id"] for one in told}) == COUNT
    for one in told:
        assert one.keys() == FIELDS
        assert [turn["seq"] for turn in one["turns"]] == list(range(1, len(one["turns"]) + 1))
        assert all(turn["text"].strip() for turn in one["turns"])
        assert {turn["role"] for turn in one["turns"]} <= {"agent", "customer", "bot"}


def test_nothing_is_left_of_the_grammar(told: Told):
    assert not [one["id"] for one in told if set("[]{}|") & set(words(one))]


def test_times_follow_each_other(told: Told):
    order = ("queued_at", "ringing_at", "answered_at", "ended_at", "wrapped_up_at")
    for one in told:
        moments = [datetime.fromisoformat(one[name]) for name in order if one[name]]
        assert moments == sorted(moments)
        assert all(moment.utcoffset() == timedelta(hours=8) for moment in moments)
        starts = [turn["start_ms"] for turn in one["turns"] if turn["start_ms"] is not None]
        assert len(starts) in (0, len(one["turns"]))
        assert all(turn["end_ms"] >= turn["start_ms"] >= 0 for turn in one["turns"] if starts)
        last = max((turn["end_ms"] for turn in one["turns"] if starts), default=0)
        answered, ended = (
            datetime.fromisoformat(one[name]) for name in ("answered_at", "ended_at")
        )
        if one["channel"] == "phone":
            assert ended - answered >= timedelta(milliseconds=last - 1000)


def test_they_stay_within_the_period():
    end_on = date(2026, 3, 15)
    days = {began(one).date() for one in conversations(800, 1, end_on=end_on, days=30)}
    assert min(days) >= date(2026, 2, 14)
    assert max(days) <= end_on


def test_they_come_in_order_of_time(told: Told):
    queued = [one["queued_at"] for one in told if one["queued_at"]]
    assert queued == sorted(queued)


def test_all_channels_and_both_directions_occur(told: Told):
    shares = Counter(one["channel"] for one in told)
    assert shares.keys() == {"phone", "chat", "app", "email"}
    assert 0.35 < shares["phone"] / COUNT < 0.6
    assert {one["direction"] for one in told if one["channel"] == "phone"} == {"in", "out"}


def test_weekends_are_quiet_and_calls_peak_at_ten_and_three(told: Told):
    days = Counter(began(one).weekday() for one in told)
    assert days[0] == max(days.values())
    assert max(days[5], days[6]) < min(days[day] for day in range(5))
    hours = Counter(began(one).hour for one in told if one["channel"] == "phone")
    morning = max(range(8, 13), key=lambda hour: hours[hour])
    afternoon = max(range(13, 22), key=lambda hour: hours[hour])
    assert (morning, afternoon) == (10, 15)


def test_no_two_look_alike(told: Told):
    assert len({words(one) for one in told}) / COUNT >= 0.95
    said = [turn["text"] for one in told for turn in one["turns"] if turn["role"] == "agent"]
    assert len(set(said)) / len(said) > 0.3


def test_some_values_are_missing_as_in_life(told: Told):
    calls = [one for one in told if one["channel"] == "phone"]
    for name in ("ringing_at", "ring_count", "hold_seconds", "ended_by", "wrapped_up_at"):
        share = sum(one[name] is None for one in calls) / len(calls)
        assert 0 < share < 0.12
    timeless = sum(all(turn["start_ms"] is None for turn in one["turns"]) for one in calls)
    assert 0 < timeless / len(calls) < 0.06


def test_some_agents_are_unknown_to_the_centre(told: Told):
    strangers = [one for one in told if not one["team"]]
    assert 0 < len(strangers) / COUNT < 0.01
    assert all(one["agent_no"].startswith("99") for one in strangers)


def test_the_new_product_causes_trouble_only_after_its_launch(told: Told):
    launch_on = Period().launch_on
    about = [one for one in told if one["meta"]["model"] == "YQ-X7"]
    assert len(about) / COUNT > 0.02
    assert all(began(one).date() > launch_on for one in about)
