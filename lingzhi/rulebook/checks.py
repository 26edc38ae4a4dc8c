"""What must hold for regulations after every fault."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.db.models import Q

from lingzhi.core.controls import control_kinds
from lingzhi.core.verification import Problem
from lingzhi.rulebook.models import Clause, Control, Version


def controls_have_their_kind() -> Iterator[Problem]:
    """Every control that was not taken out is of a kind that this installation knows."""
    rows = Control.objects.filter(clause__version__applied_at__isnull=False, ended_at=None)
    for control in rows.exclude(kind__in=list(control_kinds())):
        yield Problem(f"rulebook.control/{control.pk}", f"unknown kind {control.kind}")


def versions_do_not_overlap() -> Iterator[Problem]:
    """On each day one version of a regulation holds at most, pilots apart."""
    there = Q(withdrawn_at=None) | Q(ended_on__isnull=False)
    rows = Version.objects.filter(there, applied_at__isnull=False, pilot_until=None)
    rows = rows.order_by("regulation_id", "effective_on", "number")
    for before, after in pairwise(rows):
        is_same = before.regulation_id == after.regulation_id
        if is_same and (before.ended_on or date.max) >= (after.effective_on or date.max):
            yield Problem(f"rulebook.version/{after.pk}", f"overlaps with version {before.number}")


def versions_are_whole() -> Iterator[Problem]:
    """A version that left the draft has as many clauses as its content."""
    for version in Version.objects.exclude(submitted_at=None).iterator(100):
        stored = set(Clause.objects.filter(version=version).values_list("number", flat=True))
        if stored != {str(row["number"]) for row in version.body["clauses"]}:
            yield Problem(f"rulebook.version/{version.pk}", "clauses are missing or too many")
