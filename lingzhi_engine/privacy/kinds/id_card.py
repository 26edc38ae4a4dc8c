"""Resident identity numbers (居民身份证号), 18 and the older 15 digits.

Structure and check character: GB 11643-1999, with the ISO 7064 MOD 11-2 system. The first two
digits are the province of GB/T 2260.
"""

import re
from collections.abc import Iterator
from datetime import date

from lingzhi_engine.privacy.context import is_labelled, label
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

_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]")
_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_CHECKS = "10X98765432"
_LABEL = label("身份证|证件|ID卡")


_LONG, _SHORT = r"[1-9] \d*16 [\dXx]", r"[1-9] \d*14"
_WRITTEN_SHORT = r"[1-9]\d{5} ?\d{6} ?\d{3}"
_WRITTEN = re.compile(f"{BEFORE}(?P<n>{spaced(_LONG, '[ -]?')}|{_WRITTEN_SHORT}){AFTER}")
_SPELLED = re.compile(
    f"{BEFORE}(?P<n>{spaced(_LONG, PAUSE)}|{spaced(_SHORT, PAUSE)}){AFTER_SPOKEN}"
)


def check_character(body: str) -> str:
    """The MOD 11-2 check character (0–9 or X) of the first 17 digits.

    >>> check_character("11010519491231002")
    'X'
    """
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return _CHECKS[total % 11]


def is_id_number(number: str) -> bool:
    """Is this an 18- or 15-digit number with a province, a date of birth and, at 18, its check?"""
    if not _PROVINCE.match(number) or not number[:-1].isdigit():
        return False
    if len(number) == 15:
        return number.isdigit() and _is_birthday("19" + number[6:12])
    if len(number) != 18 or not _is_birthday(number[6:14]):
        return False
    return check_character(number[:17]) == number[17]


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1880 <= born.year <= 2099


def _is_valid(number: str, text: str, start: int) -> bool:
    """A number its owner calls an ID card is one, even with a slip in a digit."""
    return is_id_number(number) or is_labelled(text, start, _LABEL)


def _find(reading: Reading) -> Iterator[Span]:
    return find_numbers(reading, "id_card", _WRITTEN, _SPELLED, is_valid=_is_valid)


KIND = Kind("id_card", _find, keep_ends(3, 4))
