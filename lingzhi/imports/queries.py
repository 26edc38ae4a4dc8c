"""Reading imports: what a person may see of them, and what they brought."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.intake import ImportKind
from lingzhi.imports.models import Batch, Mapping, RowProblem

OVER = Q(finished_at__isnull=False) | Q(refused_at__isnull=False) | Q(dropped_at__isnull=False)
# What the states of `Batch.State` mean to the database; "open" and "problems" are for the list.
STATES: dict[str, Q] = {
    "open": ~OVER,
    "undecided": ~OVER & Q(staged_at__isnull=False, bad_rows__gt=0, accepted_at=None),
    "finished": Q(finished_at__isnull=False),
    "refused": Q(refused_at__isnull=False),
    "dropped": Q(dropped_at__isnull=False),
}


def visible_to(user: User) -> QuerySet[Batch]:
    """All imports for who sees the background work of the whole company, one's own for others."""
    rows = Batch.objects.select_related("file", "created_by", "accepted_by", "dropped_by", "run")
    return rows if user.can_everywhere("jobs.read") else rows.filter(created_by=user)


def remembered_mapping(batch: Batch) -> Mapping | None:
    """How the last file of this source was read."""
    return Mapping.objects.filter(kind=batch.kind, source=batch.source).first()


def known_sources(kinds: list[ImportKind]) -> dict[str, str]:
    """Codes of sources that delivered before, with their names."""
    codes = [kind.code for kind in kinds]
    used = Batch.objects.filter(kind__in=codes).values_list("source", flat=True)
    found = dict.fromkeys(used.order_by("source").distinct(), "")
    for kind in kinds:
        found |= dict(kind.sources())
    return dict(sorted(found.items()))


def problems_of(batch: Batch) -> QuerySet[RowProblem]:
    """Every problem by row."""
    return batch.problems.order_by("number", "pk")


def same_file(kind: ImportKind, source: str, sha256: str) -> QuerySet[Batch]:
    """Earlier imports of the very same file that were not given up, the newest first."""
    return Batch.objects.filter(
        kind=kind.code, source=source, file_sha256=sha256, refused_at=None, dropped_at=None
    ).select_related("file", "run")


Labels = Callable[[str], str]


def labels_of(kind: ImportKind) -> Labels:
    """What the fields of problems are called in the reader's language."""
    labels = {name: str(one.label) for name, one in kind.every_field.items()}
    return lambda name: labels.get(name, name)
