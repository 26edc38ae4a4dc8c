"""Mobile numbers of mainland China (手机号): 11 digits, 13x–19x, with or without +86.

Written numbers may be grouped as people group them (3-4-4, 4-3-4, 3-8, digit by digit); other
rows of short numbers that happen to make eleven digits are not numbers of a phone.
"""

import re
from collections.abc import Iterator

from lingzhi_engine.privacy.numbers import (
    AFTER_SPOKEN,
    BEFORE,
    PAUSE,
    find_numbers,
    keep_ends,
    spaced,
)
from lingzhi_engine.privacy.reading import Reading
from lingzhi_engine.privacy.span import Kind, Span

_GAP = r"\s?[ \-.·/]\s?"
_GROUPED = "|".join(
    (
        r"1[3-9]\d{9}",
        rf"1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}",
        rf"1[3-9]\d\d{_GAP}\d{{3}}{_GAP}\d{{4}}",
        rf"1[3-9]\d{_GAP}\d{{8}}",
        rf"1[3-9]\d{{5}}{_GAP}\d{{4}}",
        rf"1[3-9]\d{{4}}{_GAP}\d{{5}}",
        rf"1[3-9]\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}",
        rf"1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}",
        spaced(r"1 [3-9] \d*9", "[ -]"),
    )
)
_SAID = spaced(r"1 [3-9] \d*9", PAUSE)
_COUNTRY = r"(?:(?:\+|00)\s?86|86|\(\+?86\))[ \-]?"
_CALLED = r"(?:(?<=tel)|(?<=Tel)|(?<=TEL)|(?<=phone)|(?<=mobile))"
_WRITTEN = re.compile(
    rf"(?:{BEFORE}|{_CALLED})(?:{_COUNTRY})?(?P<n>{_GROUPED})(?![0-9A-Za-z_])(?!\.[0-9])"
)
_SPELLED = re.compile(rf"{BEFORE}(?:8{PAUSE}6{PAUSE})?(?P<n>{_SAID}){AFTER_SPOKEN}")


def _is_valid(number: str, text: str, start: int) -> bool:
    return len(number) == 11


def _find(reading: Reading) -> Iterator[Span]:
    return find_numbers(reading, "mobile", _WRITTEN, _SPELLED, is_valid=_is_valid)


KIND = Kind("mobile", _find, keep_ends(3, 4))
