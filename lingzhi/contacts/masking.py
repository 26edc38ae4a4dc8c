"""Masked words keep their length, so that a finding's positions fit both texts."""

from lingzhi_engine.privacy import find

STAR = "*"


def mask_in_place(text: str) -> str:
    """`text` with every character of personal data that must not be seen replaced by a star.

    Of each span the first character stays where it is a name (王**), the first three and last
    four of longer numbers.
    """
    spans = find(text)
    if not spans:
        return text
    masked = list(text)
    for span in spans:
        for position in range(span.start, span.end):
            if not _is_kept(span.kind, position - span.start, span.end - span.start):
                masked[position] = STAR
    return "".join(masked)


def _is_kept(kind: str, offset: int, length: int) -> bool:
    if kind == "name":
        return offset == 0
    if kind == "address":
        return offset < 3
    return length >= 11 and (offset < 3 or offset >= length - 4)
