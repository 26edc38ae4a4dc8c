"""The figures of a daily work report in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lingzhi.contacts.channels import channel_choices


@dataclass(frozen=True, slots=True)
class ShownWork:
    """How much, through which channels, with which outcomes, and how long."""

    contacts: int
    channels: list[tuple[str, int]]
    outcomes: list[tuple[str, int]]
    seconds: int
    unknown: int


def shown_work(facts: Mapping[str, Any]) -> ShownWork:
    """An outcome nobody ticked stays an empty word: the page says that it is missing."""
    names = dict(channel_choices())
    return ShownWork(
        contacts=facts["contacts"],
        channels=[(str(names.get(code, code)), n) for code, n in facts["by_channel"]],
        outcomes=[(word, n) for word, n in facts["by_outcome"]],
        seconds=facts["seconds"],
        unknown=facts["unknown"],
    )
