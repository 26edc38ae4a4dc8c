"""A small grammar for phrases, so that nobody says the same thing twice.

`[a|b|c]` is one of several wordings (an empty one is allowed, they may be nested), `{name}` a slot
filled per conversation: `"[您好|早上好]，您的{product}[已经|]发货了"`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Draw = Callable[[], float]
_TOKEN = re.compile(r"[\[\]|]|\{\w+\}|[^\[\]|{}]+")


@dataclass(frozen=True, slots=True)
class Slot:
    name: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts that follow each other: words, slots and choices between phrases."""

    parts: tuple["str | Slot | tuple[Phrase, ...]", ...]

    def say(self, draw: Draw, slots: Mapping[str, str]) -> str:
        """One wording. `draw` gives numbers in [0, 1); a slot that is missing is a KeyError."""
        words: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                words.append(part)
            elif isinstance(part, Slot):
                words.append(slots[part.name])
            else:
                words.append(part[int(draw() * len(part))].say(draw, slots))
        return "".join(words)

    def slots(self) -> set[str]:
        """Names of all slots the phrase may use."""
        names: set[str] = set()
        for part in self.parts:
            if isinstance(part, Slot):
                names.add(part.name)
            elif isinstance(part, tuple):
                names.update(*(choice.slots() for choice in part))
        return names


def parse_phrase(text: str) -> Phrase:
    """The phrase written in `text`. Raises ValueError when its brackets do not match."""
    tokens = _TOKEN.findall(text)
    phrase, rest = _sequence(tokens, 0)
    if rest != len(tokens) or "".join(tokens) != text:
        raise ValueError(f"unmatched bracket in phrase: {text}")
    return phrase


def _sequence(tokens: list[str], at: int) -> tuple[Phrase, int]:
    parts: list[str | Slot | tuple[Phrase, ...]] = []
    while at < len(tokens) and tokens[at] not in "]|":
        if tokens[at] == "[":
            choices, at = _choices(tokens, at + 1)
            parts.append(choices)
            continue
        token = tokens[at]
        parts.append(Slot(token[1:-1]) if token[0] == "{" else token)
        at += 1
    return Phrase(tuple(parts)), at


def _choices(tokens: list[str], at: int) -> tuple[tuple[Phrase, ...], int]:
    choices: list[Phrase] = []
    while True:
        phrase, at = _sequence(tokens, at)
        choices.append(phrase)
        if at >= len(tokens):
            raise ValueError("a choice is not closed")
        at += 1
        if tokens[at - 1] == "]":
            return tuple(choices), at
