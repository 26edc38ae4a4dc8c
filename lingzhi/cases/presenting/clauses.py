"""Clauses of regulations as pages of cases name them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from lingzhi.cases.models import Case
from lingzhi.cases.queries.completeness import lacking
from lingzhi.rulebook.models import Control


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause in words, and its page."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownLacking:
    """What a case lacks by one clause."""

    clause: ShownClause | None
    words: list[str]


def clauses_by_control(ids: Iterable[int | None]) -> Mapping[int, ShownClause]:
    """The clause of each control; of one that is gone nothing. One query."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    rows = Control.objects.filter(pk__in=wanted).select_related("clause__version__regulation")
    return {one.pk: _shown(one) for one in rows}


def _shown(control: Control) -> ShownClause:
    version, number = control.clause.version, control.clause.number
    url = reverse("rulebook:clause", args=[version.regulation_id, number])
    return ShownClause(f"{version.title} {number}", url)


def lacking_shown(case: Case) -> list[ShownLacking]:
    """What the record of a case lacks, clause by clause."""
    found = lacking(case)
    clauses = clauses_by_control(one.binding.control_id for one in found)
    return [ShownLacking(clauses.get(one.binding.control_id), one.words) for one in found]
