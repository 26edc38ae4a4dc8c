"""The operators on the call itself, by hand: who ended it, transfers, the sound."""

from __future__ import annotations

from typing import Any

import pytest

from lingzhi_engine.inspect import InvalidRules
from lingzhi_engine.inspect.operators.call_hangup import FAREWELLS

from .one import finding, verdict, words
from .test_time import figures, unknown_because

RUDE = ("customer@0-2000: 那我怎么办", "agent@2500-4000: 那您去投诉吧", "customer@4500-6000: 喂")
BY_AGENT: dict[str, Any] = {"meta": {"ended_by": "agent"}}
HANGUP = {"op": "call.hangup"}


def test_who_ended_it() -> None:
    found = finding(HANGUP, *RUDE, **BY_AGENT)
    assert [(e.turn, e.reason, e.detail) for e in found.evidence] == [(3, "ended_by", "agent")]
    assert verdict({**HANGUP, "by": ["customer", "system"]}, *RUDE, **BY_AGENT) == "miss"
    assert verdict({**HANGUP, "by": "any"}, *RUDE, meta={"ended_by": "system"}) == "hit"
    assert unknown_because(HANGUP, *RUDE) == ("field_missing", "ended_by")
    assert unknown_because(HANGUP, **BY_AGENT) == ("no_turns", None)


def test_after_what() -> None:
    after = {**HANGUP, "after": {"words": ["投诉"], "role": "agent"}}
    assert words(after, *RUDE, **BY_AGENT) == ["投诉"]
    assert verdict({**after, "within_seconds": 2}, *RUDE, **BY_AGENT) == "hit"
    assert verdict({**after, "within_seconds": 1.9}, *RUDE, **BY_AGENT) == "miss"
    assert verdict({**after, "after": ["退款"]}, *RUDE, **BY_AGENT) == "miss"
    assert unknown_because(after, RUDE[0], **BY_AGENT) == ("role_missing", "agent")


def test_the_end_is_when_the_conversation_ended() -> None:
    ends = {"started_at": "2026-01-05T09:00:00", "ended_at": "2026-01-05T09:00:10"}
    soon = {**HANGUP, "within_seconds": 3}
    assert verdict(soon, *RUDE, **BY_AGENT) == "hit"
    assert verdict(soon, *RUDE, **BY_AGENT, **ends) == "miss"
    assert unknown_because(soon, "agent: 您好", **BY_AGENT) == ("no_times", None)


def test_who_spoke_last() -> None:
    assert verdict({**HANGUP, "last_speaker": "customer"}, *RUDE, **BY_AGENT) == "hit"
    assert verdict({**HANGUP, "last_speaker": "agent"}, *RUDE, **BY_AGENT) == "miss"


def test_without_a_farewell() -> None:
    abnormal = {**HANGUP, "abnormal": True}
    assert verdict(abnormal, *RUDE, **BY_AGENT) == "hit"
    assert verdict({**abnormal, "farewells": ["喂"]}, *RUDE, **BY_AGENT) == "miss"
    said = ("agent: 感謝您的來電，再見", *["customer: 喂"] * 4)
    assert verdict(abnormal, *said[:4], **BY_AGENT) == "miss"
    assert verdict(abnormal, *said, **BY_AGENT) == "hit"
    with pytest.raises(InvalidRules, match="farewells"):
        verdict({**abnormal, "known": False}, *RUDE)


@pytest.mark.parametrize("farewell", FAREWELLS)
def test_all_farewells_count(farewell: str) -> None:
    assert verdict({**HANGUP, "abnormal": True}, f"agent: 好，{farewell}", **BY_AGENT) == "miss"


def test_the_number_of_transfers() -> None:
    transfer = {"op": "call.transfer"}
    assert figures(transfer, "agent: 您好", meta={"transfers": 2}) == [(None, 2.0, 1.0)]
    assert verdict({**transfer, "min": 2}, "agent: 您好", meta={"transfers": ["二线"]}) == "miss"
    assert verdict(transfer, "agent: 您好", meta={"transfers": 0}) == "miss"
    assert unknown_because(transfer, "agent: 您好") == ("field_missing", "transfers")


COLD = {"op": "call.transfer", "cold": True}
PASSED_ON: dict[str, Any] = {"meta": {"transfers": 1}}


@pytest.mark.parametrize(
    "said",
    [
        "我帮您转接售后专员",
        "这边给您转到二线处理",
        "请您稍等，马上为您接通技术部门",
        "由我们的专家为您解答",
        "请您不要挂机",
        "我幫您轉接一下",
        "Let me transfer you to billing",
    ],
)
def test_an_announced_transfer_is_warm(said: str) -> None:
    assert verdict(COLD, "customer: 我要退款", f"agent: {said}", **PASSED_ON) == "miss"


@pytest.mark.parametrize("said", ["哦", "您好，请问有什么可以帮您", "这个不能转接", "好的我知道了"])
def test_a_transfer_without_a_word_is_cold(said: str) -> None:
    found = finding(COLD, "customer: 帮我转接专员", f"agent: {said}", **PASSED_ON)
    assert [(e.turn, e.value) for e in found.evidence] == [(None, 1.0)]


def test_an_announcement_of_ones_own() -> None:
    turns = ("customer: 喂", "agent: 换个人跟您说")
    assert verdict(COLD, *turns, **PASSED_ON) == "hit"
    assert verdict({**COLD, "announced_by": ["换个人"]}, *turns, **PASSED_ON) == "miss"
    assert verdict({**COLD, "scope": {"role": "customer"}}, *turns, **PASSED_ON) == "hit"


def test_cold_transfers_that_cannot_be() -> None:
    assert verdict(COLD, "agent: 哦", meta={"transfers": 0}) == "na"
    assert unknown_because(COLD, "agent: 哦") == ("field_missing", "transfers")
    assert unknown_because(COLD, "customer: 喂", **PASSED_ON) == ("role_missing", "agent")


def test_figures_of_the_sound() -> None:
    noisy = {"op": "audio.quality", "measure": "snr_db", "max": 10}
    assert figures(noisy, "agent: 喂", meta={"audio": {"snr_db": 6.5}}) == [(None, 6.5, 10.0)]
    assert verdict(noisy, "agent: 喂", meta={"audio": {"snr_db": 20}}) == "miss"
    assert verdict(noisy, "agent: 喂", meta={"audio_snr_db": "6.5"}) == "hit"
    assert unknown_because(noisy, "agent: 喂") == ("field_missing", "audio_snr_db")
    told = {"audio": {"snr_db": "bad"}}
    assert unknown_because(noisy, "agent: 喂", meta=told) == ("not_comparable", "audio_snr_db")


ONE_SIDED = {"op": "audio.quality", "measure": "one_sided"}


def test_a_side_that_cannot_be_heard() -> None:
    found = finding(ONE_SIDED, "agent: 您好", "agent: 听得到吗", "customer: …")
    assert [(e.turn, e.reason, e.detail) for e in found.evidence] == [
        (None, "silent_role", "customer")
    ]
    assert verdict(ONE_SIDED, "agent: 您好", "customer: 你好", "agent: 请讲") == "miss"
    assert unknown_because(ONE_SIDED, "agent: 您好", "agent: 喂") == ("no_speech", None)
    assert unknown_because(ONE_SIDED, "bot: 您好", "bot: 喂", "bot: 喂") == ("no_speech", None)
    assert unknown_because(ONE_SIDED) == ("no_turns", None)


def test_the_recording_may_tell_itself() -> None:
    silent: dict[str, Any] = {"meta": {"audio": {"silent_role": "agent"}}}
    assert verdict(ONE_SIDED, "agent: 您好", **silent) == "hit"
    assert verdict(ONE_SIDED, "agent: 您好", meta={"audio_silent_role": "agent"}) == "hit"
    assert verdict({**ONE_SIDED, "roles": "customer"}, "agent: 您好", **silent) == "miss"
    assert verdict(ONE_SIDED, "agent: 喂", meta={"audio": {"silent_role": ""}}) == "miss"
