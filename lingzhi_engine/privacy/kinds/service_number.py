"""Company numbers that begin with 400 or 800 (ten digits)."""

import re
from collections.abc import Iterator

from lingzhi_engine.privacy.numbers import (
    AFTER,
    AFTER_SPOKEN,
    BEFORE,
    PAUSE,
    find_numbers,
    keep_ends,
    spaced,
)
from lingzhi_engine.privacy.reading import Reading
from lingzhi_engine.privacy.span import Kind, Span

_GAP = r"\s?[ \-]\s?"
_WRITTEN = re.compile(
    rf"{BEFORE}(?P<n>[48]00(?:\d{{7}}|{_GAP}\d{{3}}{_GAP}\d{{4}}|{_GAP}\d{{4}}{_GAP}\d{{3}}"
    rf"|\d{_GAP}\d{{3}}{_GAP}\d{{3}}|{_GAP}\d{{7}}|\d{{3}}{_GAP}\d{{4}}|{_GAP}\d{{3}}{_GAP}\d\d{_GAP}\d\d"
    rf"|{_GAP}\d{_GAP}\d{{3}}{_GAP}\d{{3}})){AFTER}"
)
_SPELLED = re.compile(rf"{BEFORE}(?P<n>{spaced(r'[48] 0*2 [0-9]*7', PAUSE)}){AFTER_SPOKEN}")


def _is_valid(number: str, text: str, start: int) -> bool:
    return len(number) == 10


def _find(reading: Reading) -> Iterator[Span]:
    return find_numbers(reading, "service_number", _WRITTEN, _SPELLED, is_valid=_is_valid)


KIND = Kind("service_number", _find, keep_ends(3, 3))
