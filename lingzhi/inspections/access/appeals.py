"""Appeals: who opens them, who reads them, who may decide them now."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import READ, require
from lingzhi.inspections.models import Appeal
from lingzhi.inspections.queries.appeals import (
    appeals_to_decide,
    appeals_visible_to,
    deciders_of,
)


def appeal_to_read(user: User, pk: int) -> Appeal:
    """An appeal of one's own, against a score one gave, or within reach."""
    require(user, READ)
    appeal = appeals_visible_to(user).filter(pk=pk).first()
    if appeal is None:
        raise Http404
    return appeal


def appeal_of_own(user: User, pk: int) -> Appeal:
    """An appeal that this person opened."""
    appeal = appeal_to_read(user, pk)
    if appeal.opened_by_id != user.pk:
        raise PermissionDenied
    return appeal


def appeal_to_decide(user: User, pk: int) -> Appeal:
    """An appeal at whose level this person decides; whether it still waits the service says."""
    appeal = appeal_to_read(user, pk)
    has_voted = appeal.steps.filter(votes__voter=user).exists()
    if not has_voted and user.pk not in {one.pk for one in deciders_of(appeal)}:
        raise PermissionDenied
    return appeal


@dataclass(frozen=True, slots=True)
class AppealActs:
    """What one person may do with one appeal as it stands now."""

    decide: bool
    pass_on: bool
    withdraw: bool
    answer: bool  # carry on or accept


def acts_on_appeal(user: User, appeal: Appeal) -> AppealActs:
    """The buttons beside an appeal."""
    is_own = appeal.opened_by_id == user.pk
    decides = appeals_to_decide(user).filter(pk=appeal.pk).exists()
    return AppealActs(
        decide=decides,
        pass_on=decides and not appeal.is_last,
        withdraw=is_own and appeal.state == Appeal.State.OPEN,
        answer=is_own and appeal.state == Appeal.State.ANSWERED,
    )
