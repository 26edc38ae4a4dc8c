"""Calls that nobody answered (未接、呼损): the only contacts that come without words."""

from collections.abc import Collection, Mapping
from typing import Any

# What sources write as the outcome of such a call.
WORDS = frozenset({
    "未接", "未接通", "未接听", "未接来电", "未应答", "未接起", "漏接", "呼损", "放弃", "客户放弃",
    "用户放弃", "排队放弃", "振铃放弃", "响铃放弃", "无人接听", "无人应答",
    "abandoned", "abandon", "missed", "no answer", "no_answer", "noanswer", "unanswered",
    "not answered",
})  # fmt: skip
# Known only where somebody took the call: it was a talk whose words are missing.
TALKED = ("answered_at", "wrapped_up_at", "hold_seconds", "transfers", "recording")
OFFERED = ("queued_at", "ringing_at")


def may_be_unanswered(values: Mapping[str, Any], spoken: Collection[str]) -> bool:
    """Whether nothing that was delivered speaks against a call that nobody answered."""
    return values.get("channel") in spoken and not any(values.get(name) for name in TALKED)


def was_never_answered(values: Mapping[str, Any], spoken: Collection[str]) -> bool:
    """Whether the values of a delivery say that a call waited or rang and nobody answered it.

    `spoken` are the codes of the channels on which people call. A call that was answered but came
    without its transcript is no such call, and neither is one of which nothing is known.
    """
    is_offered = any(values.get(name) is not None for name in OFFERED)
    is_told = str(values.get("outcome") or "").lower() in WORDS
    return may_be_unanswered(values, spoken) and (is_offered or is_told)
