"""Which versions judge, and what they found."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Finding, Inspection, RuleVersion

JUDGING = (RuleVersion.State.SHADOW, RuleVersion.State.ACTIVE)
LETTERS = {"h": "hit", "m": "miss", "n": "na", "u": "unknown"}


def judging_versions() -> QuerySet[RuleVersion]:
    """Versions that judge new conversations: in shadow or active, by the code of their rule."""
    return (
        RuleVersion.objects.filter(state__in=JUDGING)
        .select_related("rule")
        .order_by("rule__code", "number")
    )


def rules_in_force() -> QuerySet[RuleVersion]:
    """Versions whose findings count."""
    return judging_versions().filter(state=RuleVersion.State.ACTIVE)


def versions_by_letter(inspection: Inspection) -> list[tuple[RuleVersion, str]]:
    """Each version that judged this conversation with its verdict, by the code of the rule."""
    ids = inspection.snapshot.version_ids
    versions = RuleVersion.objects.select_related("rule").in_bulk(ids)
    return [
        (versions[key], LETTERS[letter])
        for key, letter in zip(ids, inspection.verdicts, strict=True)
    ]


def findings_of(inspection: Inspection) -> QuerySet[Finding]:
    """Hits and unknowns of one judgement with their evidence, in the order of the words."""
    return inspection.findings.select_related("version__rule").order_by("turn", "start", "id")


def contacts_with(
    rows: QuerySet[Contact], *, version: RuleVersion | None = None, verdict: str = "hit"
) -> QuerySet[Contact]:
    """Of `rows` those in whose latest judgement some rule (or this version) gave `verdict`."""
    found = Finding.objects.filter(
        contact=OuterRef("pk"), inspection__is_latest=True, verdict=verdict
    )
    if version is not None:
        found = found.filter(version=version)
    return rows.filter(Exists(found))


def latest_inspections(contact_ids: Iterable[int]) -> dict[int, Inspection]:
    """The latest judgement of each contact that has one."""
    rows = Inspection.objects.filter(contact_id__in=contact_ids, is_latest=True)
    return {row.contact_id: row for row in rows}
