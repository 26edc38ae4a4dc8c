"""Rates of the versions of one rule, those in shadow too: looked at before one takes effect."""

from collections import defaultdict

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Inspection, Rule, Snapshot
from lingzhi.inspections.queries.results import Tally
from lingzhi.inspections.queries.tallying import LETTERS
from lingzhi.inspections.queries.verdicts import latest_letters

ORDER = "".join(map(chr, LETTERS))


def tallies_of_every_version(contacts: QuerySet[Contact]) -> dict[int, Tally]:
    """For each version that judged any of `contacts` lately, what it said. Reads all letters."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for snapshot, letters, _keys in latest_letters(contacts):
        for at, letter in enumerate(LETTERS):
            found = (letters == letter).sum(axis=0).tolist()
            for version, number in zip(snapshot.version_ids, found, strict=True):
                counts[version][at] += number
    return {version: Tally(*several) for version, several in counts.items()}


def tallies_of_versions(contacts: QuerySet[Contact], rule: Rule) -> dict[int, Tally]:
    """For each version of the rule that judged any of `contacts` lately, what it said."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (version, column), snapshots in _places(rule).items():
        said = (
            Inspection.objects.filter(
                is_latest=True, snapshot__in=snapshots, contact__in=contacts.order_by()
            )
            .order_by()
            .values_list(Substr("verdicts", column + 1, 1))
            .annotate(n=Count("pk"))
        )
        for letter, number in said:
            counts[version][ORDER.index(letter)] += number
    return {version: Tally(*several) for version, several in counts.items()}


def _places(rule: Rule) -> dict[tuple[int, int], list[int]]:
    """For each version and its place in the letters the snapshots in which it has that place."""
    versions = set(rule.versions.values_list("pk", flat=True))
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk, ids in Snapshot.objects.values_list("pk", "version_ids"):
        for column, version in enumerate(ids):
            if version in versions:
                found[version, column].append(pk)
    return found
