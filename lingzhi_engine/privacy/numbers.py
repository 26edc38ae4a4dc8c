"""Search for numbers in the written and in the spoken reading of a text."""

import re
from collections.abc import Callable, Iterator

from lingzhi_engine.privacy.context import is_amount, is_labelled_otherwise
from lingzhi_engine.privacy.reading import Reading
from lingzhi_engine.privacy.span import Span

# No digit, letter, decimal point or underscore may touch a number: a tracking number is no phone.
BEFORE = r"(?<![0-9A-Za-z_])(?<![0-9]\.)(?<![0-9]-)"
AFTER = r"(?![0-9A-Za-z_])(?!\.[0-9])"
# In speech "…八零零零一个人": the numeral of a measure word does not belong to the number.
AFTER_SPOKEN = r"(?![0-9A-Za-z_](?![个下次天位点件台条小样]))(?!\.[0-9])"
PAUSE = r"[\s，,、。.\-]?"
_SEPARATORS = re.compile(r"[^0-9Xx]")


def spaced(digits: str, gap: str = r"[ \-.·]?") -> str:
    """Every element of a pattern such as `1 [3-9] \\d*9`, with `gap` allowed between them."""
    elements: list[str] = []
    for element in digits.split():
        body, _, times = element.partition("*")
        elements += [body] * int(times or 1)
    return gap.join(elements)


def digits_of(words: str) -> str:
    """Digits and X of a number written with separators, X in upper case."""
    return _SEPARATORS.sub("", words).upper()


def find_numbers(
    reading: Reading,
    kind: str,
    written: re.Pattern[str],
    spelled: re.Pattern[str],
    *,
    is_valid: Callable[[str, str, int], bool],
) -> Iterator[Span]:
    """Spans of `kind`; group `n` of both patterns is the number itself.

    `is_valid(digits, text, start)` decides about a candidate; numbers labelled as something else
    or followed by a unit are left alone.
    """
    for view, pattern in ((reading.plain, written), (reading.spoken, spelled)):
        if view is None:
            continue
        for match in pattern.finditer(view):
            start, end = match.span("n")
            if view is not reading.plain and not reading.is_spelled(start, end):
                continue
            if is_labelled_otherwise(reading.plain, start) or is_amount(reading.plain, end):
                continue
            digits = digits_of(match["n"])
            if is_valid(digits, reading.plain, start):
                yield Span(kind, start, end, digits)


def keep_ends(head: int, tail: int) -> Callable[[str], set[int]]:
    """Keep the first `head` and last `tail` digits readable, and everything that is no digit."""

    def kept(words: str) -> set[int]:
        signs = [at for at, sign in enumerate(words) if sign.isalnum()]
        hidden = signs[head : len(signs) - tail]
        return set(range(len(words))) - set(hidden)

    return kept
