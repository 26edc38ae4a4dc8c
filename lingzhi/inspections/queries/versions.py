"""Rates of single versions, those in shadow too: looked at before one is put into force."""

from collections import defaultdict

from django.db.models import QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.inspections.queries.results import Tally
from lingzhi.inspections.queries.verdicts import HIT, MISS, NA, UNKNOWN, latest_letters


def tallies_of_versions(contacts: QuerySet[Contact]) -> dict[int, Tally]:
    """For each version that judged any of `contacts` lately, what it said."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for snapshot, letters, _keys in latest_letters(contacts):
        for at, letter in enumerate((HIT, MISS, NA, UNKNOWN)):
            found = (letters == letter).sum(axis=0).tolist()
            for version, number in zip(snapshot.version_ids, found, strict=True):
                counts[version][at] += number
    return {version: Tally(*several) for version, several in counts.items()}
