"""Whether what a clause wants written down was in force and looked at again in time, by month."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils import timezone

from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.governance.models import Document, DocumentReview, DocumentVersion
from lingzhi.org.queries.activities_held import periods_over
from lingzhi.rulebook.models import Control

Place = tuple[int, str]  # regulation and number of a clause, in whatever version
Looks = Mapping[int, list[tuple[date, date]]]


def documents_held(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding a check of each document linked with its clause, for each month that is
    over, dated on its last day.

    Kept where a version was in force and no review of it overdue on that day; broken where one was
    overdue, or the document had been in force and was no more. Without any document that was in
    force by then it is unknown: what is written down may lie elsewhere.
    """
    controls = Control.objects.filter(pk__in=[one.control_id for one in bindings])
    places = {
        one.pk: (one.clause.version.regulation_id, one.clause.number)
        for one in controls.select_related("clause__version")
    }
    linked = _linked(set(places.values()))
    looks = _looks()
    return [
        dict(_days(binding, linked.get(places.get(binding.control_id, (0, "")), ()), looks,
                   first, last))
        for binding in bindings
    ]  # fmt: skip


def _days(
    binding: Binding, documents: Sequence[Document], looks: Looks, first: date, last: date
) -> Iterator[tuple[date, Evidence]]:
    mine = [one for one in documents if _concerns(binding, one)]
    for _begin, end in periods_over("monthly", first, last):
        checks = [check for one in mine if (check := _check(one, looks, end)) is not None]
        yield end, sum(checks, Evidence()) if checks else Evidence(unknown=1)


def _concerns(binding: Binding, document: Document) -> bool:
    """Of the unit, of one below it, or of one above it that writes for all."""
    path = document.unit.path
    return binding.unit_path.startswith(path) or binding.holds_for(path)


def _check(document: Document, looks: Looks, day: date) -> Evidence | None:
    """None where nothing of it had been in force by this day."""
    versions = [
        one for one in document.versions.all()
        if one.state == DocumentVersion.State.APPROVED and one.from_on <= day
    ]  # fmt: skip
    if not versions:
        return None
    holds = next((one for one in versions if one.holds_on(day)), None)
    if holds is None or _is_late(holds, looks, day):
        return Evidence(broken=1)
    return Evidence(kept=1)


def _is_late(version: DocumentVersion, looks: Looks, day: date) -> bool:
    """Whether a look that was due before the end of `day` was not taken by then."""
    taken = [*looks.get(version.pk, ())]
    late = any(due < day < looked for due, looked in taken)
    return late or (version.review_on is not None and version.review_on < day)


def _linked(places: set[Place]) -> dict[Place, list[Document]]:
    found: dict[Place, list[Document]] = defaultdict(list)
    numbers = {number for _regulation, number in places}
    links = Document.clauses.through.objects.filter(clause__number__in=numbers)
    pairs = set(links.values_list("document_id", "clause__version__regulation", "clause__number"))
    rows = Document.objects.select_related("unit").prefetch_related("versions")
    documents = rows.in_bulk({pk for pk, *_place in pairs})
    for pk, regulation, number in sorted(pairs):
        found[regulation, number].append(documents[pk])
    return found


def _looks() -> Looks:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = DocumentReview.objects.values_list("version_id", "due_on", "said_at")
    for pk, due_on, said_at in rows:
        found[pk].append((due_on, timezone.localdate(said_at)))
    return found
