"""What people say about verdicts of rules, gathered where they say it anyway (规则标注).

A score answers items that rules had answered, an appeal changes them, who writes rules decides
about flags, and an inspector may mark a hit as such. One label a conversation and version counts:
the strongest, and of equals the latest. Writing the same twice changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.inspections.models import (
    Flag,
    Inspection,
    Review,
    ReviewChange,
    RuleLabel,
    RuleVersion,
    Task,
)
from lingzhi.inspections.models.trust import LabelSource as Source
from lingzhi.inspections.queries import latest_inspection, versions_by_verdict
from lingzhi_engine.sheet import Given, Item, ItemKind, read_answers

Said = RuleLabel.Said
STRENGTH = list(Source)
WRITTEN = ["said", "is_present", "source", "is_overturned", "labelled_at", "labelled_by", "review",
           "inclusion"]  # fmt: skip
Judged = dict[str, tuple[RuleVersion, str]]  # code of the rule: its version and its verdict
OF_CAUSE = {
    ReviewChange.Cause.RECHECK: Source.RECHECK,
    ReviewChange.Cause.APPEAL: Source.APPEAL,
}


@dataclass(frozen=True, slots=True)
class Label:
    """What somebody says about one verdict, before it is written."""

    version: RuleVersion
    said: str
    is_present: bool


def labels_of(review: Review) -> list[Label]:
    """What the answers of a score say about the rules that could fill its items.

    Nothing is said where it cannot be told which of several rules is meant, where an item does not
    apply, or where the rule did not apply.
    """
    sheet = review.version.read()
    judged = _judged(review)
    given = read_answers(sheet, review.answers)
    found: dict[int, Label] = {}
    for item in sheet.items:
        if item.fill and item.code in given:
            for label in _of_item(item, given[item.code], judged):
                found.setdefault(label.version.pk, label)
    return list(found.values())


def _judged(review: Review) -> Judged:
    """The verdicts that the review was opened with."""
    rows = Inspection.objects.filter(contact=review.contact_id, snapshot=review.snapshot_id)
    inspection = rows.select_related("snapshot").order_by("-attempt").first()
    if inspection is None:
        return {}
    return {
        version.rule.code: (version, verdict)
        for version, verdict in versions_by_verdict(inspection)
        if verdict in Said.values
    }


def _of_item(item: Item, given: Given, judged: Judged) -> Iterator[Label]:
    is_present = is_found(item, given)
    if is_present is None or item.fill is None:
        return
    said = [judged[code] for code in item.fill.rules if code in judged]
    if not is_present:
        yield from (Label(version, verdict, False) for version, verdict in said)
        return
    hits = [one for one in said if one[1] == Said.HIT]
    meant = hits or said
    if len(meant) == 1 and (hits or len(item.fill.rules) == 1):
        yield Label(*meant[0], True)


def is_found(item: Item, given: Given) -> bool | None:
    """Whether an answer says that what the rules look for is there; None where it says neither."""
    if given.is_na or item.fill is None or given.value is None:
        return None
    if item.kind is ItemKind.COUNT:
        return bool(given.value)
    answers = {item.fill.hit: True, item.fill.miss: False}
    return answers.get(given.value) if isinstance(given.value, str) else None


def keep_labels(review: Review, *, cause: ReviewChange.Cause | None = None, by: User) -> None:
    """Write what a given or changed score says; called in its transaction."""
    source = Source.ITEM if cause is None else OF_CAUSE.get(cause, Source.ITEM)
    _keep(review.contact, labels_of(review), source, review=review, by=by)


def keep_flag(flag: Flag, *, by: User) -> None:
    """Write what was decided about a flagged hit; called in its transaction."""
    label = Label(flag.version, Said.HIT, not flag.is_agreed)
    _keep(flag.contact, [label], Source.FLAG, by=by)


def _keep(
    contact: Contact, labels: Sequence[Label], source: Source, *,
    review: Review | None = None, by: User,
) -> None:  # fmt: skip
    """Write those that replace what is known; two queries, however many there are."""
    versions = [label.version for label in labels]
    rows = RuleLabel.objects.filter(contact=contact, version__in=versions)
    known = {row.version_id: row for row in rows}
    fresh = []
    for label in labels:
        before = known.get(label.version.pk)
        if before is None or _replaces(label, source, review, before):
            values = _values(label, source, before, review, by)
            fresh.append(RuleLabel(contact=contact, version=label.version, **values))
    RuleLabel.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["contact", "version"], update_fields=WRITTEN
    )


def _values(
    label: Label, source: Source, known: RuleLabel | None, review: Review | None, by: User
) -> dict[str, Any]:
    was_right = known is None or known.is_present or known.is_overturned
    values: dict[str, Any] = {
        "said": label.said,
        "is_present": label.is_present,
        "source": source,
        "is_overturned": source in OF_CAUSE.values()
        and label.said == Said.HIT
        and not label.is_present
        and was_right,
        "labelled_at": now(),
        "labelled_by": by,
    }
    if review is not None:
        return values | {"review": review, "inclusion": _chance(review)}
    if known is not None:
        values |= {"review_id": known.review_id, "inclusion": known.inclusion}
    return values


def _replaces(label: Label, source: Source, review: Review | None, known: RuleLabel) -> bool:
    """What says something else, and is as strong or a change of the very score that said it."""
    if (known.said, known.is_present) == (label.said, label.is_present):
        return False
    is_same_score = review is not None and known.review_id == review.pk
    return is_same_score or STRENGTH.index(source) >= STRENGTH.index(Source(known.source))


def _chance(review: Review) -> float | None:
    return review.task.inclusion if review.task else None


@transaction.atomic
def mark_findings(contact: Contact, marks: Mapping[int, bool], *, by: User) -> int:
    """An inspector says of verdicts, `{version id: is_present}`, whether the rule is right.

    Marks of a sampled conversation count by its chance only once every hit in it is marked: who
    marks only what is wrong would make the rule look worse than it is. A mark of a non-hit counts
    so only where the task asked about that rule. The number of marks written.
    """
    inspection = latest_inspection(contact)
    judged = versions_by_verdict(inspection) if inspection else []
    known = {version.pk: Label(version, said, marks[version.pk]) for version, said in judged
             if version.pk in marks and said in Said.values}  # fmt: skip
    if not known or len(known) < len(marks):
        raise BadInput(_("Say of a verdict of this conversation whether it is right."))
    _keep(contact, list(known.values()), Source.MARK, by=by)
    _give_chance(contact, judged, by)
    after = {"marks": [{"version": pk, "is_present": one} for pk, one in sorted(marks.items())]}
    record(by, "inspections.findings_marked", contact, after=after)
    return len(known)


def _give_chance(contact: Contact, judged: list[tuple[RuleVersion, str]], by: User) -> None:
    tasks = Task.objects.filter(contact=contact, inspector=by, inclusion__isnull=False)
    task = tasks.exclude(state__in=(Task.State.SWAPPED, Task.State.DROPPED)).first()
    if task is None:
        return
    labels = RuleLabel.objects.filter(contact=contact)
    marked = labels.filter(source=Source.MARK, inclusion=None)
    marked.filter(version=task.rule_version_id).update(inclusion=task.inclusion)
    hits = {version.pk for version, said in judged if said == Said.HIT}
    if hits <= set(labels.values_list("version_id", flat=True)):
        marked.filter(said=Said.HIT).update(inclusion=task.inclusion)
