"""What a detection says: which kind of personal data stands where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lingzhi_engine.privacy.reading import Reading


@dataclass(frozen=True, slots=True)
class Span:
    """Personal data at `text[start:end]`, in characters of the original text.

    `value` is what was meant, fit for comparing: digits only and half width for numbers (also
    for spoken ones), upper case for plates and ID cards, the name without its title.
    """

    kind: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of personal data: how it is found, and which of its characters may be seen.

    `kept(words)` gives the offsets into the words of a span that a mask leaves readable.
    """

    name: str
    find: Callable[[Reading], Iterable[Span]]
    kept: Callable[[str], Iterable[int]]
