"""A sample drawn by chance that the demo's inspectors scored, and what they say of the rules.

Most rules are right and miss little, one is wrong most of the time: the night suspends it. One in
four is scored with the sheet of every day, the others with the list of deductions, whose items one
rule each counts first: so hits and non-hits are looked at.
"""

import random
from collections.abc import Iterable
from typing import Any

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
from lingzhi_engine.sheet import Item

SAMPLED, SCORED = 120, 40
RIGHT, WRONG = 0.93, 0.08  # how often a hit of most rules, and of the bad one, is right
MISSED = 0.15  # of what there is, so much no rule finds
Shares = dict[str, float]
Said = tuple[dict[str, dict[str, Any]], dict[str, list[int]]]


def seed_trust() -> None:
    """Sample, score, mark, weigh."""
    version = SheetVersion.objects.filter(sheet__code="call_rating", state="active").first()
    inspectors, leads = holders("inspector"), holders("quality_manager")
    listed = SheetVersion.objects.filter(sheet__code="deductions", state="active").first()
    known = RuleLabel.objects.filter(source="mark")
    if version is None or listed is None or not inspectors or not leads or known:
        return
    chance = random.Random(20261123)  # noqa: S311 the same demo every time
    whole = conversations(Contact.objects.filter(reviews=None, tasks=None)).order_by("pk")
    drawn = chance.sample(list(whole.values_list("pk", flat=True)), min(SAMPLED, whole.count()))
    inclusion = len(drawn) / max(1, whole.count())
    items = list(listed.read().items)
    bad, shares = _most_frequent_minor(drawn), _shares_of_hits(drawn)
    for number, contact in enumerate(whole.filter(pk__in=drawn).select_related("agent", "unit")):
        by = inspectors[number % len(inspectors)]
        is_scored = number < SCORED
        sheet = listed if is_scored and number % 4 else version
        task = Task.objects.create(
            contact=contact, sheet=sheet.sheet, reason="random", inclusion=inclusion,
            inspector=by, state="open" if is_scored else "done", created_at=now(),
            done_at=None if is_scored else now(),
        )  # fmt: skip
        if is_scored:
            if sheet is listed:
                said = _counted(contact, items, shares, bad, chance=chance)
            else:
                said = answers_of(sheet, contact, chance, vetoes=False)
            _score(task, sheet, said, leads[0])
        _mark(contact, bad, chance, by)
    weigh_rules()
    count_validity()


def _score(task: Task, version: SheetVersion, said: Said, lead: User) -> None:
    by = task.inspector
    if by is None:
        return
    review = open_review(task.contact, version, task=task, by=by)
    save_review(review, *said, seen=0, summary="", by=by)
    submit_review(review, by=by)
    if not review.waits_for_recheck:
        release_review(review, by=lead)


def _counted(
    contact: Contact, items: Iterable[Item], shares: Shares, bad: int | None, *,
    chance: random.Random,
) -> Said:  # fmt: skip
    """Answers to the list of deductions: what a rule hit is mostly there, what it did not mostly
    is not."""
    judged = {version.rule.code: (version.pk, said) for version, said in _judged(contact)}
    turns = [turn.seq for turn in contact.turns.all() if turn.role == "agent"]
    answers: dict[str, dict[str, Any]] = {}
    pins: dict[str, list[int]] = {}
    for item in items:
        rule = item.fill.rules[0] if item.fill else ""
        pk, verdict = judged.get(rule, (None, ""))
        right = WRONG if pk == bad else RIGHT
        likely = {"hit": right, "miss": MISSED * shares.get(rule, 0.0)}.get(verdict, 0.0)
        is_there = chance.random() < likely
        answers[item.code] = {"value": int(is_there)}
        if is_there:
            answers[item.code]["comment"] = "见所引话轮。"
            pins[item.code] = turns[:1] or [1]
    return answers, pins


def _mark(contact: Contact, bad: int | None, chance: random.Random, by: User) -> None:
    hits = [version.pk for version, said in _judged(contact) if said == "hit"]
    marks = {pk: chance.random() < (WRONG if pk == bad else RIGHT) for pk in hits}
    if marks:
        mark_findings(contact, marks, by=by)


def _judged(contact: Contact) -> list[tuple[RuleVersion, str]]:
    inspection = latest_inspection(contact)
    return versions_by_verdict(inspection) if inspection else []


def _shares_of_hits(drawn: list[int]) -> Shares:
    """How often each rule hits among these conversations, by its code."""
    codes = dict(RuleVersion.objects.values_list("pk", "rule__code"))
    counts: dict[str, int] = {}
    rows = Inspection.objects.filter(contact__in=drawn, is_latest=True).select_related("snapshot")
    for inspection in rows:
        for version, letter in zip(
            inspection.snapshot.version_ids, inspection.verdicts, strict=True
        ):
            if letter == "h":
                counts[codes[version]] = counts.get(codes[version], 0) + 1
    return {code: number / max(1, len(drawn)) for code, number in counts.items()}


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
