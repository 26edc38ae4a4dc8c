"""Reviews that come round, of the unit."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.governance.factories import changed, make_review
from lingzhi.governance.models import Review, ReviewDecision, ReviewLine
from tests.permissions.objects import Route, Whose


def planned(cast: Cast, whose: Whose) -> dict[str, Any]:
    """Others prepare and chair it, so the role alone decides."""
    preparer = User.objects.get_or_create(staff_no="5998", name="Olga")[0]
    chair = User.objects.get_or_create(staff_no="5999", name="Jude")[0]
    return {"pk": make_review(whose.unit, preparer, chair, by=chair).pk}


def held(cast: Cast, whose: Whose) -> Review:
    row = Review.objects.get(pk=planned(cast, whose)["pk"])
    changed(row, prepared_at=now(), held_at=now())
    return row


def line(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = ReviewLine.objects.create(review=held(cast, whose), position=1, question="suitable")
    return {"pk": row.pk}


def decision(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = held(cast, whose)
    made = ReviewDecision.objects.create(
        review=row, words="补人", owner=row.chair, due_on=today(), made_at=now(), made_by=row.chair
    )
    return {"pk": made.pk}


ROUTES = {
    "governance:reviews": Route(),
    "governance:add_review": Route(),
    **{
        f"governance:{name}": Route(planned)
        for name in (
            "review", "edit_review", "ask_in_review", "decide_in_review", "close_review",
            "cancel_review", "review_pdf", "review_word",
        )
    },
    "governance:prepare_review": Route(planned, method="post"),
    "governance:hold_review": Route(planned, method="post"),
    "governance:judge_line": Route(line),
    "governance:decision_done": Route(decision),
}  # fmt: skip
