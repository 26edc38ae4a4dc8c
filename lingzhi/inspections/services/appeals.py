"""What an agent does about a score (申诉): appeal, withdraw, carry on, leave it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Appeal, AppealItem, AppealStep, Review, ReviewItem
from lingzhi.inspections.queries.appeal_windows import levels_of, place_of, window_of
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.inspections.services.appeal_notices import tell_withdrawn
from lingzhi.inspections.services.appeal_steps import end_appeal, enter_level, facts_of
from lingzhi.inspections.services.scoring import mark_counted
from lingzhi_engine.privacy import mask

MOST = 1000  # characters of a reason
State, How = Appeal.State, AppealStep.How


class NotAppealable(DomainError):
    message = _("This score cannot be appealed against.")


class NotReleased(NotAppealable):
    message = _("Only a released score can be appealed against.")


class TooLate(NotAppealable):
    message = _("The time to appeal against this score is over.")


class RoundsUsed(NotAppealable):
    message = _("This score was appealed against as often as the rules allow.")


class OpenAlready(NotAppealable):
    message = _("There is an appeal against this score already.")


class MonthClosed(NotAppealable):
    message = _("The month of this score is closed.")


class NotYourScore(DomainError):
    message = _("Only who was scored may appeal.")


class NotLiving(DomainError):
    message = _("This appeal is over.")


class NotAnswered(DomainError):
    message = _("This appeal does not wait for its appellant.")


HINDRANCES: dict[str, type[NotAppealable]] = {
    "not_released": NotReleased, "closed": MonthClosed, "too_late": TooLate,
    "rounds": RoundsUsed, "open": OpenAlready,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One item appealed against: why, and the turns that show it."""

    item: str
    reason: str
    turns: Sequence[int] = ()


@transaction.atomic
def open_appeal(review: Review, points: Sequence[Point], *, by: User) -> Appeal:
    """Appeal against items of a released score; personal data in reasons is masked.

    The settings of now hold for this appeal to its end. Raises a NotAppealable outside the window
    or beyond the rounds, BadInput without an item, a reason, or with a turn that is not there.
    """
    if review.agent_id != by.pk:
        raise NotYourScore()
    locked = Review.objects.select_for_update().get(pk=review.pk)
    hindrance = window_of(locked).hindrance
    if hindrance:
        raise HINDRANCES[hindrance]()
    unit = place_of(locked)
    policy = policy_of(unit)
    appeal = Appeal(
        review=locked, unit=unit, round=locked.appeals.count() + 1, levels=levels_of(policy),
        votes=policy.appeal_votes, level_days=policy.appeal_level_days, opened_at=now(),
        opened_by=by, value=locked.value, due_at=now(), is_business_days=False,
    )  # fmt: skip
    items = _items_of(locked, points)
    try:
        with transaction.atomic():
            appeal.save()
    except IntegrityError as twice:  # the same click twice
        raise OpenAlready() from twice
    AppealItem.objects.bulk_create(_at(appeal, one) for one in items)
    record(by, "inspections.appeal_opened", appeal, after=facts_of(appeal))
    mark_counted(locked)
    enter_level(appeal, 0)
    return appeal


def _at(appeal: Appeal, item: AppealItem) -> AppealItem:
    item.appeal = appeal
    return item


def _items_of(review: Review, points: Sequence[Point]) -> list[AppealItem]:
    if not points:
        raise BadInput(_("Choose at least one item."), field="items")
    rows = {one.item: one for one in review.items.all()}
    turns = set(review.contact.turns.values_list("seq", flat=True))
    return [_item(point, rows.get(point.item), turns) for point in points]


def _item(point: Point, row: ReviewItem | None, turns: set[int]) -> AppealItem:
    field = f"reason-{point.item}"
    if row is None:
        raise BadInput(_("This item was not asked."), field=field)
    if not point.reason.strip():
        raise BadInput(_("Say why for each item you appeal against."), field=field)
    strange = sorted(set(point.turns) - turns)
    if strange:
        sentence = _("This conversation has no turn %(turn)d.") % {"turn": strange[0]}
        raise BadInput(sentence, field=f"turns-{point.item}")
    answer = "na" if row.is_na else row.value
    return AppealItem(
        item=point.item, reason=mask(point.reason.strip())[:MOST],
        turns=sorted(set(point.turns)), answer=answer,
        is_by_rule=bool(row.proposed) and row.proposed == answer,
    )  # fmt: skip


@transaction.atomic
def withdraw_appeal(appeal: Appeal, *, reason: str = "", by: User) -> None:
    """Take it back while nobody has had the last word; what was changed before stays changed."""
    _require_appellant(appeal, by)
    was_changed = appeal.items.filter(is_changed=True).exists()
    if not Appeal.objects.filter(pk=appeal.pk, state=State.OPEN).update(
        state=State.WITHDRAWN, ended_at=now(), is_overturned=was_changed or None
    ):
        raise NotLiving()
    words = mask(reason.strip())[:MOST]
    appeal.steps.filter(ended_at=None).update(
        ended_at=now(), ended_by=by, how=How.WITHDRAWN, reason=words
    )
    appeal.refresh_from_db()
    record(by, "inspections.appeal_withdrawn", appeal, after=facts_of(appeal), reason=words)
    tell_withdrawn(appeal)


@transaction.atomic
def carry_on_appeal(appeal: Appeal, *, reason: str, by: User) -> None:
    """What stands goes to the next level, because the appellant is not content."""
    _require_appellant(appeal, by)
    if not reason.strip():
        raise BadInput(_("Say why you are not content."), field="reason")
    _claim_answered(appeal)
    words = mask(reason.strip())[:MOST]
    record(by, "inspections.appeal_carried_on", appeal, after=facts_of(appeal), reason=words)
    enter_level(appeal, appeal.level + 1, asked=words)


@transaction.atomic
def accept_answer(appeal: Appeal, *, by: User | None) -> None:
    """The appellant leaves it at the answer; `by` None where the time ran out."""
    if by is not None:
        _require_appellant(appeal, by)
    _claim_answered(appeal)
    record(by, "inspections.appeal_accepted", appeal, after=facts_of(appeal))
    end_appeal(appeal)


def _claim_answered(appeal: Appeal) -> None:
    """Take the appeal out of its answered state, so that nobody else does so too."""
    rows = Appeal.objects.filter(pk=appeal.pk, state=State.ANSWERED, level=appeal.level)
    if not rows.update(state=State.OPEN):
        raise NotAnswered()
    appeal.refresh_from_db()


def _require_appellant(appeal: Appeal, by: User) -> None:
    if appeal.opened_by_id != by.pk:
        raise NotYourScore()
