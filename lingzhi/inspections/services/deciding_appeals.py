"""Deciding about appeals: one person or a majority, level by level, always with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.folding import folded
from lingzhi.inspections.models import (
    Appeal,
    AppealItem,
    AppealStep,
    AppealVote,
    Review,
    ReviewChange,
)
from lingzhi.inspections.queries.appeals import appeals_to_decide
from lingzhi.inspections.queries.deadlines import deadline
from lingzhi.inspections.services.appeal_notices import tell_answered
from lingzhi.inspections.services.appeal_steps import (
    end_appeal,
    end_step,
    enter_level,
    facts_of,
)
from lingzhi.inspections.services.appeal_votes import Outcome, outcomes_of
from lingzhi.inspections.services.appeals import MOST
from lingzhi.inspections.services.correcting import change_score
from lingzhi.jobs.services import later
from lingzhi_engine.privacy import mask
from lingzhi_engine.sheet import InvalidSheet, Item, Sheet, as_data, read_answers, score

State, How = Appeal.State, AppealStep.How


class NotForYou(DomainError):
    message = _("This appeal does not wait for you.")


class MadeWorse(BadInput):
    def __init__(self) -> None:
        super().__init__(_("An appeal does not make a score worse."), field="answer")


class NobodyAfter(DomainError):
    message = _("This is the last level; nobody decides after it.")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person says about one item: why, and another answer where it does not stand.

    `answer` is as `lingzhi_engine.sheet.read_answers` reads it: `{"value": "yes"}`,
    `{"is_na": True}`; None: the item stands (维持原判).
    """

    reason: str
    answer: Mapping[str, Any] | None = None


@transaction.atomic
def decide_appeal(appeal: Appeal, opinions: Mapping[str, Opinion], *, by: User) -> None:
    """Say of each item that is still appealed against whether it stands, or its other answer.

    At the last level as many people as the settings say decide by majority; it ends as soon as
    there is one for every item. Changed items change the score at once; what it was is kept.
    Opinions about items that only another answer makes the sheet ask go along with it. Raises
    NotForYou for whoever may not decide it now, BadInput for an item without a reason or with an
    answer that does not fit or makes the score worse, AnswersMissing where the sheet now asks
    what was not answered.
    """
    locked = _claimed(appeal, by)
    step = locked.steps.get(ended_at=None)
    items = list(locked.items.exclude(is_changed=True))
    sheet = {one.code: one for one in locked.review.version.read().items}
    votes = [_vote(step, sheet[one.item], one, opinions.get(one.item), by) for one in items]
    votes += [
        _vote(step, sheet[code], AppealItem(appeal=locked, item=code), opinions[code], by)
        for code in sorted(_following(locked, opinions))
    ]
    AppealVote.objects.bulk_create(votes)
    record(by, "inspections.appeal_voted", locked, after=facts_of(locked))
    outcomes = outcomes_of(step, items, locked.needed)
    if outcomes is not None:
        end_step(step, How.DECIDED, by)
        _carry_out(locked, items, outcomes, by)
    appeal.refresh_from_db()


def _following(appeal: Appeal, opinions: Mapping[str, Opinion]) -> set[str]:
    """Items with an opinion that the score has not asked so far."""
    known = {one.code for one in appeal.review.version.read().items}
    asked = set(appeal.review.items.values_list("item", flat=True))
    return {code for code in opinions if code in known - asked and opinions[code].answer}


def _claimed(appeal: Appeal, by: User) -> Appeal:
    """The appeal, locked, where it waits for this person; no two decide it at one moment."""
    locked = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if not appeals_to_decide(by).filter(pk=locked.pk).exists():
        raise NotForYou()
    return locked


def _vote(
    step: AppealStep, item: Item, about: AppealItem, opinion: Opinion | None, by: User
) -> AppealVote:
    if opinion is None or not opinion.reason.strip():
        raise BadInput(_("Give a reason for each item."), field=f"reason-{about.item}")
    reason = mask(opinion.reason.strip())[:MOST]
    answer = {} if opinion.answer is None else _answer(item, about, opinion.answer, reason)
    return AppealVote(
        step=step, item=about.item, voter=by, is_changed=opinion.answer is not None, answer=answer,
        reason=reason, voted_at=now(),
    )  # fmt: skip


def _answer(
    item: Item, about: AppealItem, answer: Mapping[str, Any], reason: str
) -> dict[str, Any]:
    """The new answer, with the reason as its comment and, where it still fails, its causes."""
    review = about.appeal.review
    sheet = review.version.read()
    before = review.answers.get(item.code, {})
    written = {name: answer[name] for name in ("value", "is_na") if name in answer}
    chosen = item.answer(str(answer.get("value", "")))
    if before.get("causes") and (chosen is None or chosen.is_failed):
        written["causes"] = before["causes"]
    try:
        given = read_answers(sheet, {item.code: {**written, "comment": reason}})[item.code]
        if not given.is_answered:
            raise BadInput(_("Choose an answer for each item."), field=f"answer-{item.code}")
    except InvalidSheet as invalid:
        raise BadInput(
            _("This answer does not fit the item."), field=f"answer-{item.code}"
        ) from invalid
    had = read_answers(sheet, {item.code: before}).get(item.code)
    if had is not None and (had.value, had.is_na) == (given.value, given.is_na):
        raise BadInput(_("That is the answer it has already."), field=f"answer-{item.code}")
    new = as_data({item.code: given})
    _require_no_worse(review, sheet, new)
    return new[item.code]


def _require_no_worse(review: Review, sheet: Sheet, answers: Mapping[str, Any]) -> None:
    """Whoever appeals has nothing to fear from it (申诉不加重)."""
    tried = score(sheet, read_answers(sheet, {**review.answers, **answers})).value
    if _is_worse(review.value, tried):
        raise MadeWorse()


def _is_worse(before: Decimal | None, after: Decimal | None) -> bool:
    return before is not None and after is not None and after < before


def _carry_out(
    appeal: Appeal, items: Sequence[AppealItem], outcomes: Mapping[str, Outcome], by: User
) -> None:
    """Change the score where items are changed, then answer the appellant or end the appeal."""
    changed = {item: one for item, one in outcomes.items() if one.is_changed}
    for one in items:
        one.is_changed = one.item in changed
    AppealItem.objects.bulk_update(items, ["is_changed"])
    if changed:
        change = change_score(
            appeal.review, _following_answers(appeal, items)
            | {item: one.answer for item, one in changed.items()},
            cause=ReviewChange.Cause.APPEAL,
            reason=" ".join(dict.fromkeys(one.reason for one in changed.values())), by=by,
        )  # fmt: skip
        if _is_worse(change.value, change.new_value):
            raise MadeWorse()
        _learn(appeal, [one for one in items if one.is_changed])
    appeal.new_value = Review.objects.values_list("value", flat=True).get(pk=appeal.review_id)
    appeal.words = " ".join([appeal.words, *(_said(appeal, outcomes))]).strip()
    record(by, "inspections.appeal_decided", appeal, after={
        **facts_of(appeal), "changed": sorted(changed), "score": str(appeal.new_value),
    })  # fmt: skip
    if appeal.is_last or len(changed) == len(items):
        end_appeal(appeal)
    else:
        _answer_appellant(appeal)


def _following_answers(appeal: Appeal, items: Sequence[AppealItem]) -> dict[str, dict[str, Any]]:
    """What was answered at this level beside the items that are appealed against."""
    votes = AppealVote.objects.filter(step__appeal=appeal, step__level=appeal.level)
    besides = votes.exclude(item__in=[one.item for one in items])
    return dict(besides.values_list("item", "answer"))


def _learn(appeal: Appeal, changed: Sequence[AppealItem]) -> None:
    """What a rule got wrong becomes one of its examples, in the background."""
    for one in changed:
        if one.is_by_rule:
            later("inspections.learn_from_appeal", appeal_item_id=one.pk)


def _said(appeal: Appeal, outcomes: Mapping[str, Outcome]) -> list[str]:
    """The decisions' words as search compares them."""
    titles = {one.code: one.title for one in appeal.review.version.read().items}
    return [folded(f"{titles[item]} {one.reason}") for item, one in outcomes.items()]


def _answer_appellant(appeal: Appeal) -> None:
    until = deadline(appeal.unit, now(), appeal.level_days)
    appeal.state = State.ANSWERED
    appeal.due_at, appeal.is_business_days = until
    appeal.save()
    tell_answered(appeal)


@transaction.atomic
def pass_on_appeal(appeal: Appeal, *, reason: str, by: User) -> None:
    """A level that cannot decide hands the appeal to the next one."""
    if not reason.strip():
        raise BadInput(_("Say why this level cannot decide."), field="reason")
    locked = _claimed(appeal, by)
    if locked.is_last:
        raise NobodyAfter()
    words = mask(reason.strip())[:MOST]
    end_step(locked.steps.get(ended_at=None), How.PASSED, by, words)
    record(by, "inspections.appeal_passed_on", locked, after=facts_of(locked), reason=words)
    enter_level(locked, locked.level + 1)
    appeal.refresh_from_db()
