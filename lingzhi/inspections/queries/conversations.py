"""From a figure down to its conversations, and what was found in one of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.db.models.lookups import Exact

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations
from lingzhi.inspections.models import Finding, Inspection, RuleVersion, Snapshot
from lingzhi.inspections.queries.holding import Holding
from lingzhi.inspections.queries.rules import Counting

VERDICTS = {"h": "hit", "m": "miss", "n": "na", "u": "unknown"}
Column = tuple[int, int]  # its place, and its version where that counts for some conversations only
LETTERS = {verdict: letter for letter, verdict in VERDICTS.items()}


def contacts_with(
    rows: QuerySet[Contact], rules: Collection[int], verdict: str = "hit"
) -> QuerySet[Contact]:
    """Of `rows` those in whose latest judgement one of these rules in force gave `verdict`."""
    letter, holding = LETTERS[verdict], Holding.now()
    found = Q(pk__in=[])
    for columns, snapshots in _columns(rules, holding).items():
        hit = Q()
        for column, where in columns:
            said = Q(Exact(Substr("verdicts", column + 1, 1), letter))
            hit |= said & holding.where(where) if where else said
        found |= Q(hit, snapshot_id__in=snapshots)
    latest = Inspection.objects.filter(found, contact=OuterRef("pk"), is_latest=True)
    return rows.filter(Exists(latest))


def _columns(rules: Collection[int], holding: Holding) -> dict[tuple[Column, ...], list[int]]:
    """The columns in which these rules count, with the snapshots in which it is these."""
    counting = Counting.now()
    found: dict[tuple[Column, ...], list[int]] = defaultdict(list)
    for snapshot in Snapshot.objects.all():
        counted = counting.of(snapshot.version_ids)
        places = sorted(counted[rule] for rule in rules if rule in counted)
        versions = [snapshot.version_ids[at] for at in places]
        columns = tuple(
            (at, version if version in holding else 0)
            for at, version in zip(places, versions, strict=True)
        )
        if columns:
            found[columns].append(snapshot.pk)
    return found


def not_inspected(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Of `rows` the conversations nobody judged; a call that nobody answered is none."""
    judged = Inspection.objects.filter(contact=OuterRef("pk"), is_latest=True)
    return conversations(rows).exclude(Exists(judged))


def inspected(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Of `rows` those that were judged."""
    judged = Inspection.objects.filter(contact=OuterRef("pk"), is_latest=True)
    return rows.filter(Exists(judged))


def hits_of(contacts: Iterable[Contact]) -> dict[int, list[RuleVersion]]:
    """For each judged contact the versions that hit and count, the severe ones first."""
    rows = Inspection.objects.filter(contact__in=list(contacts), is_latest=True)
    inspections = list(rows.select_related("snapshot", "contact__unit", "contact__channel"))
    counting, holding = Counting.now(), Holding.now()
    hits = {one.contact_id: list(_hits(one, counting, holding)) for one in inspections}
    wanted = {key for several in hits.values() for key in several}
    versions = RuleVersion.objects.select_related("rule").in_bulk(wanted)
    return {
        contact: sorted((versions[key] for key in several), key=severe_first)
        for contact, several in hits.items()
    }


def _hits(inspection: Inspection, counting: Counting, holding: Holding) -> Iterator[int]:
    ids = inspection.snapshot.version_ids
    for column in counting.of(ids).values():
        if inspection.verdicts[column] == "h" and holding.asks(ids[column], inspection.contact):
            yield ids[column]


KINDS = [RuleVersion.Kind.VIOLATION, RuleVersion.Kind.SIGNAL, RuleVersion.Kind.CREDIT]
SEVERITIES = list(RuleVersion.Severity)


def severe_first(version: RuleVersion) -> tuple[int, int, str]:
    """The order in which hits are read: problems before signals and credits, severe first."""
    return (
        KINDS.index(RuleVersion.Kind(version.kind)),
        SEVERITIES.index(RuleVersion.Severity(version.severity)),
        version.rule.code,
    )


def latest_inspection(contact: Contact) -> Inspection | None:
    """The latest judgement of a contact, if there is one."""
    rows = contact.inspections.filter(is_latest=True)
    return rows.select_related("snapshot").first()


def versions_by_verdict(inspection: Inspection) -> list[tuple[RuleVersion, str]]:
    """Each version that judged this conversation with its verdict, by the code of the rule."""
    ids = inspection.snapshot.version_ids
    versions = RuleVersion.objects.select_related("rule").in_bulk(ids)
    return [
        (versions[key], VERDICTS[letter])
        for key, letter in zip(ids, inspection.verdicts, strict=True)
    ]


def findings_of(inspection: Inspection) -> QuerySet[Finding]:
    """Hits and unknowns of one judgement with their evidence, in the engine's order."""
    return inspection.findings.order_by("id")
