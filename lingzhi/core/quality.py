"""What apps check their own records for (数据质量), through `settings.QUALITY`.

Other than `settings.CHECKS` nothing here is an invariant of the program: it is what people, phone
systems and files brought in incomplete, and what somebody has to mend where it comes from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

Words = str | Promise
MISSING, ORPHAN, OUTLIER, CONTRADICTION, DOUBLE = (
    "missing", "orphan", "outlier", "contradiction", "double",
)  # fmt: skip
SORTS: dict[str, Words] = {
    MISSING: _("Something is missing"),
    ORPHAN: _("Without what it belongs to"),
    OUTLIER: _("Out of all proportion"),
    CONTRADICTION: _("Contradicts itself"),
    DOUBLE: _("Twice"),
}


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """One rule about records.

    `records(since)` are those it is asked of, `flaw` the filter of those that break it, or a
    function of the records that gives it, where it must be measured first. Both stay in SQL.
    `name` and `url` lead to a row. `unit_path` and `person` are the lookups of its reach; without
    a unit only who reaches the whole company sees the rows. `sees` is the right to open them.
    """

    code: str
    sort: str
    noun: Words
    label: Words
    records: Callable[[datetime], QuerySet[Any]]
    flaw: Q | Callable[[QuerySet[Any]], Q]
    name: Callable[[Any], str]
    url: Callable[[Any], str]
    sees: str
    unit_path: str = "unit__path"
    person: str = "pk"

    def found(self, since: datetime) -> QuerySet[Any]:
        """The records that break it, the newest first."""
        rows = self.records(since)
        flaw = self.flaw if isinstance(self.flaw, Q) else self.flaw(rows)
        return rows.filter(flaw).order_by("-pk")


@cache
def quality_checks() -> Mapping[str, QualityCheck]:
    """Every check by its code, in the order of the settings."""
    lists: list[Sequence[QualityCheck]] = [import_string(path) for path in settings.QUALITY]
    return {check.code: check for several in lists for check in several}
