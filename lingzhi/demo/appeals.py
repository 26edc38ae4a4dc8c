"""Appeals of the demo's agents in every state, decided by the people whose level it is."""

from collections.abc import Callable

from lingzhi.inspections.models import Appeal, Review
from lingzhi.inspections.queries.appeal_windows import window_of
from lingzhi.inspections.queries.appeals import deciders_of
from lingzhi.inspections.services.appeals import (
    Point,
    accept_answer,
    carry_on_appeal,
    open_appeal,
    withdraw_appeal,
)
from lingzhi.inspections.services.deciding_appeals import Opinion, decide_appeal
from lingzhi_engine.sheet import Item, ItemKind

MOST = 6


def seed_appeals() -> None:
    """One appeal after another against released scores that lost points, each with its own end."""
    if Appeal.objects.exists():
        return
    ends: tuple[Callable[[Appeal], None], ...] = (
        _won, _answered, _waiting, _lost, _withdrawn, _carried_on,
    )  # fmt: skip
    for review, end in zip(_with_lost_points(), ends, strict=False):
        end(_opened(review))


def _with_lost_points() -> list[Review]:
    rows = Review.objects.filter(state=Review.State.RELEASED, agent__isnull=False, closed_at=None)
    found = [one for one in rows.order_by("pk") if _lost_item(one) and window_of(one).is_open]
    return found[:MOST]


def _lost_item(review: Review) -> str:
    """A choice item that could have had another answer."""
    known = {item.code: item for item in review.version.read().items}
    for row in review.items.order_by("earned"):
        if row.earned < row.most and _best(known[row.item]) not in ("", row.value):
            return row.item
    return ""


def _best(item: Item) -> str:
    if item.kind is ItemKind.SCALE and item.high is not None:
        return str(int(item.high))
    return item.answers[0].code if item.kind is ItemKind.CHOICE else ""


def _opened(review: Review) -> Appeal:
    turns = [turn.seq for turn in review.contact.turns.all() if turn.role == "agent"]
    reason = "所引话轮中已按规范说明，请复核。"
    assert review.agent is not None
    return open_appeal(review, [Point(_lost_item(review), reason, turns[:1])], by=review.agent)


def _decided(appeal: Appeal, reason: str, *, is_changed: bool) -> None:
    decider = next(iter(deciders_of(appeal)), None)
    if decider is None:
        return
    items = {one.code: one for one in appeal.review.version.read().items}
    opinions = {
        one.item: Opinion(reason, {"value": _best(items[one.item])} if is_changed else None)
        for one in appeal.items.all()
    }
    decide_appeal(appeal, opinions, by=decider)


def _won(appeal: Appeal) -> None:
    _decided(appeal, "话轮中确已说明，改判并保留原评分。", is_changed=True)


def _answered(appeal: Appeal) -> None:
    _decided(appeal, "说明在客户追问之后才作出，维持原判。", is_changed=False)


def _waiting(_appeal: Appeal) -> None:
    """It waits for its first level."""


def _lost(appeal: Appeal) -> None:
    _answered(appeal)
    if appeal.state == Appeal.State.ANSWERED:
        accept_answer(appeal, by=appeal.opened_by)


def _withdrawn(appeal: Appeal) -> None:
    withdraw_appeal(appeal, reason="听过录音，评分无误。", by=appeal.opened_by)


def _carried_on(appeal: Appeal) -> None:
    _answered(appeal)
    if appeal.state == Appeal.State.ANSWERED:
        carry_on_appeal(appeal, reason="追问之前已说过一次，请听录音。", by=appeal.opened_by)
