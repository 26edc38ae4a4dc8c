"""Fixed lines (固定电话): area code and seven or eight digits, or the digits alone when the
speaker calls them a telephone number.
"""

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

# "电话是66174063或66174043": the word counts for every number of the row that follows it.
_LABEL = re.compile(
    r"(?:电话|座机|固话|传真)[^0-9。！？]{0,8}(?:[0-9\-]{7,13}[^0-9A-Za-z]{1,4}){0,2}$"
    r"|[^0-9]0\d{2,3}-?\d{7,8}[^0-9A-Za-z]{1,3}$"
)
_WINDOW = 40
_AREA = r"(?:010|02[0-57-9]|0[3-9]\d\d)"
_GAP = r"\s?[ \-]?\s?"
_LOCAL = rf"[2-8]\d{{2,3}}{_GAP}\d{{4}}"
_EXTENSION = r"(?:\s?(?:-|转|分机)\s?\d{1,5})?"
_WRITTEN = re.compile(
    rf"{BEFORE}(?:\+86[ -]?)?"
    rf"(?P<n>(?:\({_AREA}\)|{_AREA}){_GAP}{_LOCAL}{_EXTENSION}|{_LOCAL}){AFTER}"
)
_SAID_AREA = rf"0{PAUSE}(?:1{PAUSE}0|2{PAUSE}[0-57-9]|[3-9]{PAUSE}\d{PAUSE}\d)"
_SAID_LOCAL = spaced(r"[2-8] \d*6", PAUSE) + rf"(?:{PAUSE}\d)?"
_SPELLED = re.compile(
    rf"{BEFORE}(?P<n>{_SAID_AREA}{PAUSE}{_SAID_LOCAL}|{_SAID_LOCAL}){AFTER_SPOKEN}"
)


def _is_valid(number: str, text: str, start: int) -> bool:
    """Without an area code, seven or eight digits are a telephone number only when called so."""
    if number.startswith("0"):
        return True
    return _LABEL.search(text[max(0, start - _WINDOW) : start]) is not None


def _find(reading: Reading) -> Iterator[Span]:
    return find_numbers(reading, "landline", _WRITTEN, _SPELLED, is_valid=_is_valid)


KIND = Kind("landline", _find, keep_ends(3, 2))
