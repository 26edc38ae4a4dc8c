"""The operators on voices, by hand: speed, overlap, level, shares."""

from __future__ import annotations

from typing import Any

import pytest

from .one import finding, verdict
from .test_time import figures, unknown_because

TALK = ("agent@0-3000: 一二三四五六", "customer@3000-4000: 一二三四", "agent@4000-5000: 一二三")


def spoken(role: str, **more: Any) -> Any:
    return {"role": role, "text": "喂", **more}


def test_the_rate_against_that_of_the_other() -> None:
    rate = {"op": "voice.rate", "to_role": "customer", "scope": {"role": "agent"}}
    assert figures({**rate, "max_percent": 60}, *TALK) == [(None, 56.25, 60.0)]
    assert verdict({**rate, "min_percent": 60}, *TALK) == "miss"
    quiet = "customer@3000-4000: …"
    assert unknown_because({**rate, "max_percent": 60}, TALK[0], quiet) == ("no_speech", None)


def test_the_mean_of_the_turns() -> None:
    rate = {"op": "voice.rate", "per": "mean", "min": 150, "scope": {"role": "agent"}}
    assert figures(rate, *TALK) == [(None, 150.0, 150.0)]
    assert verdict({**rate, "min": 151}, *TALK) == "miss"
    assert verdict({**rate, "per": "conversation", "min": 136}, *TALK) == "miss"


def test_words_a_minute() -> None:
    rate = {"op": "voice.rate", "count": "words", "min": 1}
    assert figures(rate, "agent@0-60000: 我要 return 三 items") == [(None, 5.0, 1.0)]
    assert unknown_because(rate, "agent@0-60000: 12") == ("no_speech", None)


BUSY = (
    "customer@0-5000: 我昨天买的那个东西",
    "agent@2000-4000: 您先听我说",
    "customer@4500-6000: 好",
)


def test_who_interrupts_whom() -> None:
    overlap = {"op": "voice.overlap", "min_ms": 1000}
    assert figures({**overlap, "scope": {"role": "agent"}}, *BUSY) == [(2, 2000.0, 1000.0)]
    assert verdict({**overlap, "scope": {"role": "customer"}}, *BUSY) == "miss"
    assert verdict({**overlap, "of_role": "agent"}, *BUSY) == "miss"
    assert unknown_because(overlap, "agent: 您好") == ("no_times", None)
    assert unknown_because({**overlap, "scope": {"role": "agent"}}, BUSY[0])[0] == "role_missing"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"delay_ms": 2000}, "hit"),
        ({"delay_ms": 2001}, "miss"),
        ({"min_ms": 2000, "max_ms": 2000}, "hit"),
        ({"min_ms": 2001}, "miss"),
        ({"min_count": 2}, "miss"),
        ({"exclude": "您先"}, "miss"),
        ({"also_backchannels": ["您先听我说"]}, "miss"),
    ],
)
def test_what_counts_as_an_overlap(limits: dict[str, Any], expected: str) -> None:
    assert verdict({"op": "voice.overlap", "min_ms": 1, **limits}, *BUSY) == expected


@pytest.mark.parametrize("said", ["嗯", "嗯嗯，好的。", "对对对", "OK", "哦~是的", "好的 好的"])
def test_listening_is_no_interruption(said: str) -> None:
    turns = (BUSY[0], f"agent@2000-4000: {said}")
    assert verdict({"op": "voice.overlap", "min_ms": 1}, *turns) == "miss"
    assert verdict({"op": "voice.overlap", "min_ms": 1, "known": False}, *turns) == "hit"


def test_more_than_listening_interrupts() -> None:
    turns = (BUSY[0], "agent@2000-4000: 好的我知道您的意思但是")
    assert verdict({"op": "voice.overlap", "min_ms": 1}, *turns) == "hit"


def test_the_one_interrupted_is_who_still_speaks() -> None:
    turns = (BUSY[0], "agent@1000-1500: 嗯", "agent@3000-6000: 您先听我说")
    assert figures({"op": "voice.overlap", "min_ms": 1}, *turns) == [(3, 2000.0, 1.0)]


def test_all_overlaps_together() -> None:
    turns = (*BUSY, "agent@5000-5400: 不是的")
    total = {"op": "voice.overlap", "measure": "total", "min_ms": 2400}
    assert figures(total, *turns) == [(None, 2400.0, 2400.0)]
    assert verdict({**total, "shortest_ms": 1000}, *turns) == "miss"
    share = {"op": "voice.overlap", "measure": "share", "min_percent": 40}
    assert figures(share, *turns) == [(None, 40.0, 40.0)]
    assert unknown_because(share, "agent@0-0: ") == ("no_speech", None)


LOUDER = (
    spoken("customer", energy=-40.0),
    spoken("agent", energy=-20.0),
    spoken("customer", energy=-30.0),
    spoken("customer", energy=-15.5),
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"min_db": -16}, [(4, -15.5, -16.0)]),
        ({"min_db": -30, "min_count": 2}, [(3, -30.0, -30.0), (4, -15.5, -30.0)]),
        ({"measure": "rise", "min_db": 15}, [(4, 19.5, 15.0)]),
        ({"measure": "rise", "min_db": 14, "look_back": 1}, [(4, 14.5, 14.0)]),
        ({"measure": "mean", "max_db": -28}, [(None, -28.5, -28.0)]),
        ({"measure": "difference", "to_role": "agent", "max_db": -8}, [(None, -8.5, -8.0)]),
    ],
)
def test_levels(condition: dict[str, Any], expected: list[Any]) -> None:
    energy = {"op": "voice.energy", "scope": {"role": "customer"}, **condition}
    assert figures(energy, *LOUDER) == expected


def test_levels_that_do_not_reach() -> None:
    energy = {"op": "voice.energy", "min_db": -10, "scope": {"role": "customer"}}
    assert verdict(energy, *LOUDER) == "miss"
    assert verdict({**energy, "measure": "rise", "min_db": 20}, *LOUDER) == "miss"


def test_levels_that_are_not_known() -> None:
    energy = {"op": "voice.energy", "min_db": -10}
    assert unknown_because(energy, "agent: 您好") == ("no_energy", None)
    difference = {**energy, "measure": "difference", "to_role": "customer"}
    assert unknown_because(difference, spoken("agent", energy=1.0)) == ("no_energy", None)
    rise = {**energy, "measure": "rise"}
    assert unknown_because(rise, spoken("agent", energy=1.0)) == ("no_speech", None)


def test_the_share_of_talking() -> None:
    ratio = {"op": "voice.talkRatio", "min_percent": 80, "scope": {"role": "agent"}}
    assert figures(ratio, *TALK) == [(None, 80.0, 80.0)]
    assert verdict({**ratio, "min_percent": 81}, *TALK) == "miss"
    assert unknown_because(ratio, "customer@0-1000: 喂")[0] == "role_missing"
    assert unknown_because(ratio, "agent: 喂") == ("no_times", None)
    assert unknown_because(ratio, "agent@5-5: 喂") == ("no_speech", None)


def test_the_share_of_letters_and_of_the_whole_time() -> None:
    ratio = {"op": "voice.talkRatio", "scope": {"role": "customer"}}
    letters = {**ratio, "by": "chars", "min_percent": 50}
    assert figures(letters, "customer: 一二三", "agent: 四五六") == [(None, 50.0, 50.0)]
    turns = ("agent@0-1000: 喂", "customer@1000-2000: 喂", "agent@9000-10000: 喂")
    whole = {**ratio, "of": "conversation", "max_percent": 10}
    assert figures(whole, *turns) == [(None, 10.0, 10.0)]


def test_nothing_is_said_of_what_is_anchored_to_nothing() -> None:
    found = finding({"op": "voice.talkRatio", "min_percent": 1, "scope": {"last_turns": 1}}, *TALK)
    assert found.verdict == "hit"
