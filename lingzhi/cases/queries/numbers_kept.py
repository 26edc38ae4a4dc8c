"""Whether the numbers of cases fit the pattern of a clause, and follow one another without gaps."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from lingzhi.cases.models import Case
from lingzhi.cases.queries.clauses import ALL, BROKEN, KEPT, Judged, bound, known
from lingzhi.cases.queries.numbers import PART
from lingzhi.core.clock import midnight
from lingzhi.core.controls import Binding

DAY = timedelta(days=1)
DIGITS = {"year": r"\d{4}", "month": r"\d{2}", "day": r"\d{2}"}


def numbers_judged(binding: Binding, first: date, last: date) -> Iterator[Judged]:
    """Every number given on these days. One that fits but whose predecessor of the same period was
    never given leaves a gap. Cases of another system keep their own numbers and are not judged, nor
    are numbers given before the pattern was laid.

    Where complaints have a pattern of their own, a clause about all cases is not about them.
    """
    written = _written(binding.values["pattern"])
    rows = Case.objects.filter(bound(binding), known(binding, "opened_at"), imported=None)
    if binding.values.get("case", ALL) == ALL:
        rows = rows.filter(complaint=None)
    found = rows.filter(opened_at__gte=midnight(first), opened_at__lt=midnight(last + DAY))
    given = _serials(written, first)
    for pk, number, opened_at, path in found.values_list("pk", "number", "opened_at", "unit__path"):
        day = timezone.localdate(opened_at)
        verdict = KEPT if _fits(written, number, day, given) else BROKEN
        yield Judged(day, path, verdict, pk, at=opened_at)


def _written(pattern: str) -> re.Pattern[str]:
    """The pattern as an expression with its parts as groups."""
    words, end = "", 0
    for found in PART.finditer(pattern):
        name, digits = found.group(1).split(":")[0], found.group(2) or 1
        words += re.escape(pattern[end : found.start()])
        words += f"(?P<{name}>{DIGITS.get(name, rf'[0-9]{{{digits},}}')})"
        end = found.end()
    return re.compile(words + re.escape(pattern[end:]))


def _serials(written: re.Pattern[str], first: date) -> Mapping[str, set[int]]:
    """The serials of each period from that of `first` on, whichever unit has the case now.

    Cases of another system were opened long ago and took serials of the day they came in.
    """
    given: dict[str, set[int]] = defaultdict(set)
    rows = Case.objects.all()
    if "year" in written.groupindex:
        begin = first.replace(day=1, month=first.month if "month" in written.groupindex else 1)
        rows = rows.filter(Q(opened_at__gte=midnight(begin)) | Q(imported__isnull=False))
    for number in rows.values_list("number", flat=True).iterator():
        if read := written.fullmatch(number):
            given[_period(read)].add(int(read["serial"]))
    return given


def _period(read: re.Match[str]) -> str:
    return "-".join(value for name, value in read.groupdict().items() if name != "serial")


def _fits(written: re.Pattern[str], number: str, day: date, given: Mapping[str, set[int]]) -> bool:
    read = written.fullmatch(number)
    if read is None:
        return False
    parts = {"year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}"}
    if any(read[name] != parts[name] for name in read.groupdict() if name in parts):
        return False
    serial, serials = int(read["serial"]), given[_period(read)]
    return serial - 1 in serials or serial == min(serials)
