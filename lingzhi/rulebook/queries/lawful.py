"""Whether clauses on pay, discipline or working time were lawfully adopted, and what they lack.

Labour Contract Law (劳动合同法) art. 4: such rules are discussed with the staff or their
representatives, settled with the union or the representatives, and published or made known.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from lingzhi.rulebook.models import Clause, LawfulStep, Regulation, Version
from lingzhi.rulebook.packs import content_of
from lingzhi.rulebook.packs.resolving import resolve_control
from lingzhi.rulebook.queries.versions import open_draft, version_in_force

Kind = LawfulStep.Kind
NEEDED = (Kind.DISCUSSION, Kind.UNION)
MADE_KNOWN = (Kind.PUBLICATION, Kind.READING)


def lacking(done: Iterable[str]) -> list[str]:
    """The steps that are still to be taken; publishing it or having it signed is one of two."""
    there = set(done)
    missing = [kind.value for kind in NEEDED if kind not in there]
    return missing if there & set(MADE_KNOWN) else [*missing, Kind.PUBLICATION.value]


def steps_lacking(version: Version, number: str) -> list[str]:
    """The steps that a clause lacks in the wording of this version."""
    since = wording_since(version, number)
    steps = version.regulation.lawful_steps.filter(number=number, recorded_at__gte=since)
    return lacking(steps.values_list("kind", flat=True))


def steps_missing(regulation: Regulation, number: str) -> list[str]:
    """The same for what is in force today, else for the draft. Nothing where it touches nothing."""
    version = version_in_force(regulation) or open_draft(regulation)
    clause = content_of(version.body).clause(number) if version else None
    if version is None or clause is None or not clause.touches:
        return []
    return steps_lacking(version, number)


def wording_since(version: Version, number: str) -> datetime:
    """Since when a clause stands as it does in this version: steps before that are about others."""
    since = version.created_at
    wanted = _demand(version, number)
    earlier = version.regulation.versions.filter(number__lt=version.number)
    for before in earlier.exclude(approved_at=None).order_by("-number"):
        if _demand(before, number) != wanted:
            break
        since = before.created_at
    return since


def _demand(version: Version, number: str) -> object:
    """What a clause says and demands: its words and all values."""
    content = content_of(version.body)
    clause = content.clause(number)
    if clause is None:
        return None
    values = [
        (control.key, control.kind, resolve_control(clause, control, answers).values)
        for control in clause.controls
        for answers in [version.answers.get(control.key, {})]
    ]
    return clause.text, clause.force, clause.touches, values


def advisory_clauses(version: Version) -> QuerySet[Clause]:
    """Clauses that no sanction may cite: their lawful adoption is not on record."""
    return version.clauses.filter(is_advisory=True).order_by("position")


def clauses_without_control(version: Version) -> QuerySet[Clause]:
    """Clauses that demand something and that nothing checks."""
    binding = (Clause.Force.MUST, Clause.Force.SHOULD)
    return version.clauses.filter(force__in=binding, controls=None).order_by("position")
