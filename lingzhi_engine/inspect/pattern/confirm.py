"""Finds a pattern in one text: with ``re`` where that is sure to be quick, else under a limit."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, TypeAlias

import regex

from .cost import cheap_length, ways
from .emit import confirming
from .obvious import find_all
from .pattern import Pattern

TIMEOUT_SECONDS = 0.25  # for one pattern on one turn, and on each further _TEXT characters of it
_TEXT = 50_000
_PLAIN_STEPS = 5_000  # what the plain matcher may take: it is some hundred times slower

Spans: TypeAlias = list[tuple[int, int]]
Confirm: TypeAlias = Callable[[str], Spans]


@lru_cache(maxsize=8192)
def confirmer(pattern: Pattern) -> Confirm:
    """Finds all spans of ``pattern`` in a text; ``TimeoutError`` when that takes too long."""
    source, longest = confirming(pattern), cheap_length(pattern.folded)

    def limited(text: str) -> Spans:
        found = patient().finditer(text, timeout=TIMEOUT_SECONDS * (1 + len(text) // _TEXT))
        return [match.span() for match in found]

    @cache
    def patient() -> Any:
        return regex.compile(source, regex.V0)

    try:
        quick = re.compile(source).finditer
    except re.error:  # look-behind of changing width, which only ``regex`` can do
        return limited

    def confirm(text: str) -> Spans:
        if len(text) > longest:
            return limited(text)
        return [match.span() for match in quick(text)]

    return confirm


def spans(pattern: Pattern, text: str) -> Spans:
    """What ``pattern`` plainly means where affordable, else what the quick matcher finds."""
    if ways(pattern.folded).steps(len(text)) <= _PLAIN_STEPS:
        return find_all(pattern, text)
    return confirmer(pattern)(text)
