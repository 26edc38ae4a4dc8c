"""What a number looks like (编号规则)."""

import re
from datetime import date

from lingzhi.cases.models.numbering import PATTERN, Numbering

PART = re.compile(r"\{(year|month|day|serial(?::(\d))?)\}")
PATTERNS = {"complaint": "TS" + PATTERN}  # where none was set; two kinds never share one
PERIODS = {"day": "%Y%m%d", "month": "%Y%m", "year": "%Y"}


def pattern_of(kind: str) -> str:
    """The pattern in force for a kind of number."""
    stored = Numbering.objects.filter(kind=kind).values_list("pattern", flat=True).first()
    return stored or PATTERNS.get(kind, PATTERN)


def is_pattern(pattern: str) -> bool:
    """Whether a pattern gives a number that cannot come twice.

    It has one serial, nothing unknown in braces, and names every part of the date above the one
    with which the serial begins anew.
    """
    parts = [found.group(1).split(":")[0] for found in PART.finditer(pattern)]
    if parts.count("serial") != 1 or set("{}") & set(PART.sub("", pattern)):
        return False
    above = {"day": {"year", "month"}, "month": {"year"}}
    return all(above.get(part, set()) <= set(parts) for part in parts)


def period_of(pattern: str, day: date) -> str:
    """The period within which the serial counts on; empty where it never begins anew."""
    for part, written in PERIODS.items():
        if f"{{{part}}}" in pattern:
            return day.strftime(written)
    return ""


def number_of(pattern: str, day: date, serial: int) -> str:
    """The number itself: `2026110042` for the 42nd of November."""
    values = {"year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}"}

    def part(found: re.Match[str]) -> str:
        name = found.group(1)
        return values.get(name) or str(serial).zfill(int(found.group(2) or 1))

    return PART.sub(part, pattern)
