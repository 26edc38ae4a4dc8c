"""A sample drawn by chance that the demo's inspectors scored, and what they say of the rules' hits.

Most rules are right, one is wrong most of the time: the night suspends it.
"""

import random

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations
from lingzhi.core.clock import now
from lingzhi.demo.scores import answers_of, holders
from lingzhi.inspections.models import (
    Inspection,
    RuleLabel,
    RuleVersion,
    SheetVersion,
    Task,
)
from lingzhi.inspections.queries import latest_inspection, versions_by_verdict
from lingzhi.inspections.services import open_review, release_review, save_review, submit_review
from lingzhi.inspections.services.labelling import mark_findings
from lingzhi.inspections.services.trusting import weigh_rules
from lingzhi.inspections.services.validating import count_validity

SAMPLED, SCORED = 120, 32
RIGHT, WRONG = 0.93, 0.08  # how often a hit of most rules, and of the bad one, is right


def seed_trust() -> None:
    """Sample, score, mark, weigh."""
    version = SheetVersion.objects.filter(sheet__code="call_rating", state="active").first()
    inspectors, leads = holders("inspector"), holders("quality_manager")
    if version is None or not inspectors or not leads or RuleLabel.objects.filter(source="mark"):
        return
    chance = random.Random(20261123)  # noqa: S311 the same demo every time
    whole = conversations(Contact.objects.filter(reviews=None, tasks=None)).order_by("pk")
    drawn = chance.sample(list(whole.values_list("pk", flat=True)), min(SAMPLED, whole.count()))
    inclusion = len(drawn) / max(1, whole.count())
    bad = _most_frequent_minor(drawn)
    for number, contact in enumerate(whole.filter(pk__in=drawn).select_related("agent", "unit")):
        by = inspectors[number % len(inspectors)]
        is_scored = number < SCORED
        task = Task.objects.create(
            contact=contact, sheet=version.sheet, reason="random", inclusion=inclusion,
            inspector=by, state="open" if is_scored else "done", created_at=now(),
            done_at=None if is_scored else now(),
        )  # fmt: skip
        if is_scored:
            _score(contact, version, task, chance, lead=leads[0])
        _mark(contact, bad, chance, by)
    weigh_rules()
    count_validity()


def _score(
    contact: Contact, version: SheetVersion, task: Task, chance: random.Random, *, lead: User
) -> None:
    by = task.inspector
    if by is None:
        return
    review = open_review(contact, version, task=task, by=by)
    answers, pins = answers_of(version, contact, chance, vetoes=False)
    save_review(review, answers, pins, seen=0, summary="", by=by)
    submit_review(review, by=by)
    if not review.waits_for_recheck:
        release_review(review, by=lead)


def _mark(contact: Contact, bad: int | None, chance: random.Random, by: User) -> None:
    inspection = latest_inspection(contact)
    judged = versions_by_verdict(inspection) if inspection else []
    hits = [version.pk for version, said in judged if said == "hit"]
    marks = {pk: chance.random() < (WRONG if pk == bad else RIGHT) for pk in hits}
    if marks:
        mark_findings(contact, marks, by=by)


def _most_frequent_minor(drawn: list[int]) -> int | None:
    """The minor rule with the most hits among these conversations."""
    counts: dict[int, int] = {}
    minor = set(
        RuleVersion.objects.filter(state="active", severity="minor").values_list("pk", flat=True)
    )
    rows = Inspection.objects.filter(contact__in=drawn, is_latest=True).select_related("snapshot")
    for inspection in rows:
        ids = inspection.snapshot.version_ids
        for version, letter in zip(ids, inspection.verdicts, strict=True):
            if letter == "h" and version in minor:
                counts[version] = counts.get(version, 0) + 1
    return max(counts, key=lambda pk: counts[pk]) if counts else None
