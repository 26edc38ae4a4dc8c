"""Bank card numbers (银行卡号): 16 to 19 digits with the Luhn check of ISO/IEC 7812-1.

An unlabelled number must also begin like a card: 62 (UnionPay), 4, 51–55, 35, 60, 65, and 9558,
9559 of older domestic cards. The range 22–27 needs its label: order numbers begin with the year.
"""

import re
from collections.abc import Iterator

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

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_ISSUER = re.compile("62|4|5[1-5]|35|60|65|955[89]")
_LABEL = label("银行卡|储蓄卡|借记卡|信用卡|工资卡|卡号|账号|账户|开户行")


def _pattern(gap: str, after: str) -> re.Pattern[str]:
    number = spaced(r"\d*16", gap)
    return re.compile(rf"{BEFORE}(?P<n>{number}(?:{gap}\d){{0,3}}){after}")


_WRITTEN = _pattern("[ -]?", AFTER)
_SPELLED = _pattern(PAUSE, AFTER_SPOKEN)


def has_luhn(number: str) -> bool:
    """Does the number of digits end in the right Luhn check digit?

    >>> has_luhn("4111111111111111")
    True
    """
    total = 0
    for place, digit in enumerate(reversed(number)):
        total += _DOUBLED[int(digit)] if place % 2 else int(digit)
    return total % 10 == 0


def _is_valid(number: str, text: str, start: int) -> bool:
    if not has_luhn(number):
        return False
    return _ISSUER.match(number) is not None or is_labelled(text, start, _LABEL)


def _find(reading: Reading) -> Iterator[Span]:
    return find_numbers(reading, "bank_card", _WRITTEN, _SPELLED, is_valid=_is_valid)


KIND = Kind("bank_card", _find, keep_ends(4, 4))
