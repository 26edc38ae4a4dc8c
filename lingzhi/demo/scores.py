"""Scores that the demo's inspectors gave: some good, some not, one vetoed, one still a draft."""

import random
from collections.abc import Iterator
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations
from lingzhi.inspections.models import Review, SheetVersion
from lingzhi.inspections.services import (
    decide_veto,
    open_review,
    release_review,
    save_review,
    submit_review,
)
from lingzhi.org.models import Assignment
from lingzhi_engine.sheet import Item, ItemKind, Need

SCORED, DRAFTS = 24, 2
WAITING = 4  # given, and not released yet


def seed_scores() -> None:
    """The newest conversation of each of some agents, scored by the inspectors in turn."""
    version = SheetVersion.objects.filter(sheet__code="call_rating", state="active").first()
    inspectors, leads = holders("inspector"), holders("quality_manager")
    if version is None or not inspectors or not leads or Review.objects.exists():
        return
    chance = random.Random(20261122)  # noqa: S311 the same demo every time
    for number, contact in enumerate(_newest_of_each_agent(SCORED + DRAFTS)):
        review = open_review(contact, version, by=inspectors[number % len(inspectors)])
        if number >= SCORED:
            continue
        answers, pins = sample_answers(version, contact, chance, vetoes=number == 5)
        save_review(
            review, answers, pins, seen=0, summary="整体规范，注意说明时限。", by=review.inspector
        )
        submit_review(review, by=review.inspector)
        if review.is_vetoed and number > WAITING:
            decide_veto(review, is_agreed=True, reason="", by=leads[0])
        if number >= WAITING and not review.waits_for_veto:
            release_review(review, by=leads[0])


def holders(role: str) -> list[User]:
    """Who holds a role, by staff number."""
    held = (
        Assignment.objects.filter(role=role).select_related("person").order_by("person__staff_no")
    )
    return [one.person for one in held]


def _newest_of_each_agent(most: int) -> Iterator[Contact]:
    """One conversation of each agent, the newest."""
    seen: set[int | None] = {None}
    rows = conversations(Contact.objects.all()).select_related("agent", "unit")
    for contact in rows.order_by("-started_at"):
        if contact.agent_id not in seen and len(seen) <= most:
            seen.add(contact.agent_id)
            yield contact


def sample_answers(
    version: SheetVersion, contact: Contact, chance: random.Random, *, vetoes: bool
) -> tuple[dict[str, dict[str, Any]], dict[str, list[int]]]:
    """Answers and evidence as an inspector may give them: mostly well done."""
    said = [turn.seq for turn in contact.turns.all() if turn.role == "agent"]
    answers: dict[str, dict[str, Any]] = {}
    pins: dict[str, list[int]] = {}
    for item in version.read().items:
        value, is_failed = _answer(item, chance, vetoes=vetoes)
        if value is None:
            continue
        answers[item.code] = {"value": value}
        if item.comment is Need.ALWAYS:
            answers[item.code] |= {"comment": "客户当场致谢。"}
        if is_failed:
            answers[item.code] |= {"comment": "未按规范执行，见所引话轮。"}
            answers[item.code] |= {"causes": list(item.causes[:1])} if item.causes else {}
            pins[item.code] = said[:1] or [1]
    return answers, pins


def _answer(item: Item, chance: random.Random, *, vetoes: bool) -> tuple[Any, bool]:
    """Mostly well done; an item that vetoes fails only where one is wanted."""
    if item.kind is ItemKind.SCALE:
        return chance.choice((3, 4, 4, 5)), False
    if item.kind is not ItemKind.CHOICE:
        return None, False
    if item.veto.value == "sheet":
        worst = vetoes and item.code == "insult"
        return (item.answers[-1] if worst else item.answers[0]).code, worst
    chosen = chance.choices(item.answers, [10] + [1] * (len(item.answers) - 1))[0]
    return chosen.code, chosen.is_failed
