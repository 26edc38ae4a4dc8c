"""The programme of audits, their lines, and what is being put right about them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.governance.models import NONCONFORMITIES, Audit, AuditLine
from lingzhi.governance.queries.checklist import demands_of
from lingzhi.governance.queries.people import AUDIT, READ
from lingzhi.improvement.models import Rectification, Source
from lingzhi.improvement.queries.rectifications import OPEN
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach
from lingzhi.rulebook.models import Clause, Version
from lingzhi.rulebook.queries.versions import versions_in_force

NONCONFORMITY = "governance.nonconformity"
CLAUSE = "rulebook.clause"


def audits_visible_to(user: User) -> QuerySet[Audit]:
    """Those of units within reach, and those in which this person audits or that one planned."""
    within = Q(pk__in=[])
    for path in {*reach(user, READ).paths, *reach(user, AUDIT).paths}:
        within |= Q(path__startswith=path)
    units = Unit.objects.filter(within)
    mine = Q(lead=user) | Q(created_by=user)
    found = Audit.objects.filter(
        mine
        | Q(pk__in=Audit.units.through.objects.filter(unit__in=units).values("audit"))
        | Q(pk__in=Audit.auditors.through.objects.filter(user=user).values("audit"))
    )
    return found.select_related("lead", "created_by", "closed_by")


def with_counts(rows: QuerySet[Audit]) -> QuerySet[Audit]:
    """Each with how many lines it has, how many are answered, and how many do not conform."""
    return rows.annotate(
        asked=Count("lines"),
        answered=Count("lines", filter=~Q(lines__verdict="")),
        found=Count("lines", filter=Q(lines__verdict__in=NONCONFORMITIES)),
    )


def lines_of(audit: Audit) -> QuerySet[AuditLine]:
    """The checklist in its order."""
    rows = audit.lines.select_related("clause__version__regulation", "unit", "answered_by")
    return rows.prefetch_related("files__file")


def put_right(lines: Iterable[AuditLine]) -> dict[int, list[Rectification]]:
    """What is put right about the nonconformities of these lines, by line."""
    keys = [one.pk for one in lines if one.is_nonconformity]
    found: dict[int, list[Rectification]] = {}
    rows = Source.objects.filter(kind=NONCONFORMITY, key__in=keys).order_by("pk")
    for one in rows.select_related("rectification__owner", "rectification__unit"):
        found.setdefault(one.key or 0, []).append(one.rectification)
    return found


def still_open(lines: Collection[AuditLine], audit: Audit) -> dict[int, list[Rectification]]:
    """What was open about the same clause before: from the clause itself or an earlier audit."""
    same: dict[tuple[int, str], list[int]] = {}
    for one in lines:
        if one.clause is not None:
            key = (one.clause.version.regulation_id, one.clause.number)
            same.setdefault(key, []).append(one.pk)
    numbers = {number for _regulation, number in same}
    regulations = {regulation for regulation, _number in same}
    about = Q(number__in=numbers, version__regulation__in=regulations)
    named: dict[tuple[str, int], tuple[int, str]] = {
        (CLAUSE, pk): (regulation, number)
        for pk, regulation, number in Clause.objects.filter(about).values_list(
            "pk", "version__regulation", "number"
        )
    }
    before = AuditLine.objects.filter(
        clause__number__in=numbers, clause__version__regulation__in=regulations,
        verdict__in=NONCONFORMITIES,
    ).exclude(audit=audit)  # fmt: skip
    for pk, regulation, number in before.values_list(
        "pk", "clause__version__regulation", "clause__number"
    ):
        named[(NONCONFORMITY, pk)] = (regulation, number)
    found: dict[int, list[Rectification]] = {}
    rows = Source.objects.filter(
        kind__in=(CLAUSE, NONCONFORMITY), key__in={pk for _kind, pk in named},
        rectification__state__in=OPEN,
    )  # fmt: skip
    for source in rows.select_related("rectification__unit"):
        for line in same.get(named.get((source.kind, source.key or 0), (0, "")), ()):
            several = found.setdefault(line, [])
            if source.rectification not in several:
                several.append(source.rectification)
    return found


@dataclass(frozen=True, slots=True)
class Covered:
    """One regulation: how many of its demands were looked at in an audit, and which never."""

    version: Version
    looked_at: int
    never: list[Clause]

    @property
    def demands(self) -> int:
        return self.looked_at + len(self.never)


def clauses_covered(day: date, regulations: Collection[int]) -> list[Covered]:
    """For each regulation in force the clauses that no closed audit ever looked at.

    What was answered with "not looked at" was not. Clauses of earlier versions count by number.
    """
    rows = AuditLine.objects.filter(
        audit__closed_at__isnull=False, clause__version__regulation__in=regulations
    ).exclude(verdict__in=("", AuditLine.Verdict.SKIPPED))
    seen = set(rows.values_list("clause__version__regulation", "clause__number"))
    versions = versions_in_force(day, day).filter(regulation__in=regulations, pilot_until=None)
    found = []
    for version in versions:
        clauses = list(demands_of(version.clauses.order_by("position")))
        never = [one for one in clauses if (version.regulation_id, one.number) not in seen]
        for one in never:
            one.version = version
        found.append(Covered(version, len(clauses) - len(never), never))
    return found


def units_never_audited(user: User) -> list[Unit]:
    """Open units within reach that no closed audit covered, nor one of a unit above them."""
    within = reach(user, READ).units.filter(closed_at=None).order_by("path")
    covered = set(
        Unit.objects.filter(audits__closed_at__isnull=False).values_list("path", flat=True)
    )
    return [one for one in within if not one.path.startswith(tuple(covered) or ("-",))]
