"""What a checklist can be drawn from: the regulations of the audited units, by chapter."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import QuerySet

from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Clause, Version
from lingzhi.rulebook.queries.versions import versions_for

SECTION = ("节", "節")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a version with the clauses that ask something. `key` is its number."""

    key: str
    heading: str = ""
    clauses: list[Clause] = field(default_factory=list)


def demands_of(clauses: QuerySet[Clause]) -> QuerySet[Clause]:
    """Clauses that ask something of somebody: no headings, no mere statements."""
    return clauses.exclude(force__in=(Clause.Force.HEADING, Clause.Force.STATEMENT))


def versions_over(units: Collection[Unit]) -> list[Version]:
    """What is in force for any of the units."""
    found = {version.pk: version for unit in units for version in versions_for(unit)}
    return list(found.values())


def chapters_of(version: Version) -> list[Chapter]:
    """Chapters with at least one demand, in their order.

    Clauses numbered 3.2.1 belong to chapter 3; others (第七条) to the heading above them.
    """
    found: dict[str, Chapter] = {}
    above = ""
    for clause in version.clauses.order_by("position"):
        is_heading = clause.force == Clause.Force.HEADING
        number = clause.number
        if is_heading and not number.endswith(SECTION) and "." not in number:
            above = number
            found.setdefault(number, Chapter(number, clause.heading))
        elif clause.force not in (Clause.Force.HEADING, Clause.Force.STATEMENT):
            key = number.split(".", 1)[0] if number[:1].isdigit() else above
            clause.version = version
            found.setdefault(key, Chapter(key)).clauses.append(clause)
    return [one for one in found.values() if one.clauses]
