"""The way of an appeal through its levels, with everything that was said."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.inspections.models import Appeal, AppealStep, AppealVote
from lingzhi.inspections.models.appeals import SCORER
from lingzhi.inspections.presenting.reviews import answer_in_words
from lingzhi_engine.sheet import Sheet, read_answers


def level_in_words(role: str) -> str:
    """What a level is called."""
    if role == SCORER:
        return _("Whoever gave the score")
    return str(ROLES[role].label) if role in ROLES else role


@dataclass(frozen=True, slots=True)
class ShownVote:
    """What one person said about one item."""

    item: str
    words: str
    is_changed: bool
    reason: str
    voter: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One level; what others of a panel said is hidden until it has decided (`hidden` people)."""

    step: AppealStep
    level: str
    votes: tuple[ShownVote, ...]
    hidden: int


def history_of(appeal: Appeal, user: User) -> list[ShownStep]:
    """Every level that the appeal went through, in order."""
    sheet = appeal.review.version.read()
    steps = appeal.steps.select_related("ended_by").prefetch_related("votes__voter")
    return [_step(one, sheet, user) for one in steps]


def _step(step: AppealStep, sheet: Sheet, user: User) -> ShownStep:
    votes = list(step.votes.all())
    shown = [one for one in votes if step.ended_at or one.voter_id == user.pk]
    hidden = {one.voter_id for one in votes} - {one.voter_id for one in shown}
    said = tuple(_vote(one, sheet) for one in shown)
    return ShownStep(step, level_in_words(step.role), said, len(hidden))


def _vote(vote: AppealVote, sheet: Sheet) -> ShownVote:
    item = next(one for one in sheet.items if one.code == vote.item)
    words = _("stands")
    if vote.is_changed:
        words = answer_in_words(item, read_answers(sheet, {item.code: vote.answer})[item.code])
    return ShownVote(item.title, words, vote.is_changed, vote.reason, vote.voter.name)
