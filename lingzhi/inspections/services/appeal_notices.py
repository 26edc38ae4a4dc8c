"""Whom an appeal concerns, and what they are told."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import Appeal
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.queries import heads_above


def tell_deciders(appeal: Appeal, people: Iterable[User]) -> None:
    """A to-do for everybody who may decide now; whoever decided before has none any more."""
    settle_matter(_matter(appeal))
    chosen = list(people)
    tell(
        chosen, _("An appeal waits for your decision"), url=_url(appeal), is_todo=True,
        matter=_matter(appeal),
    )  # fmt: skip
    if appeal.level == 0:
        _tell_scorer(appeal, _("A score you gave is appealed against"), besides=chosen)


def tell_heads(appeal: Appeal) -> None:
    """The heads above the agent hear that an appeal stands still."""
    heads = heads_above(appeal.opened_by, today())
    tell(
        heads, _("An appeal is overdue, or nobody may decide it"), url=_url(appeal), is_todo=True,
        matter=f"{_matter(appeal)}/late",
    )  # fmt: skip


def tell_answered(appeal: Appeal) -> None:
    """The appellant may go on or leave it."""
    settle_matter(_matter(appeal))
    settle_matter(f"{_matter(appeal)}/late")
    tell(
        [appeal.opened_by], _("Your appeal is answered; you may go on to the next level"),
        url=_url(appeal), is_todo=True, matter=_matter(appeal),
    )  # fmt: skip


def tell_ended(appeal: Appeal) -> None:
    """The appellant, the scorer and the team's head hear how it ended."""
    settle_matter(_matter(appeal))
    settle_matter(f"{_matter(appeal)}/late")
    words = _("An appeal is decided: the score was changed")
    if not appeal.is_overturned:
        words = _("An appeal is decided: the score stands")
    _tell_all(appeal, words)


def tell_withdrawn(appeal: Appeal) -> None:
    """Nobody has to decide any more."""
    settle_matter(_matter(appeal))
    settle_matter(f"{_matter(appeal)}/late")
    _tell_scorer(appeal, _("An appeal against a score of yours was withdrawn"), besides=())


def _tell_all(appeal: Appeal, words: str | Promise) -> None:
    people = [
        appeal.opened_by,
        appeal.review.inspector,
        *heads_above(appeal.opened_by, today())[:1],
    ]
    tell(people, words, url=_url(appeal))


def _tell_scorer(appeal: Appeal, words: str | Promise, *, besides: Iterable[User]) -> None:
    people = [one for one in (appeal.review.inspector,) if one not in besides]
    tell(people, words, url=_url(appeal))


def _url(appeal: Appeal) -> str:
    return reverse("inspections:appeal", args=[appeal.pk])


def _matter(appeal: Appeal) -> str:
    return f"inspections.appeal/{appeal.pk}"
