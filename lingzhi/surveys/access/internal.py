"""Surveys among units: prepared by who sets surveys, read by who leads the judged, answered by
who is asked."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.surveys.access.common import MANAGE, READ, require
from lingzhi.surveys.models import InternalSeat, InternalSurvey
from lingzhi.surveys.queries.internal import internal_visible_to, seats_of


def internal_to_read(user: User, pk: int) -> InternalSurvey:
    """A survey that judges a unit within reach, or one this person made."""
    require(user, READ)
    found = internal_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def internal_to_change(user: User, pk: int) -> InternalSurvey:
    """One that this person may change, open or end."""
    found = internal_to_read(user, pk)
    require(user, MANAGE)
    return found


def seat_to_answer(user: User, pk: int) -> InternalSeat:
    """What this very person is asked to judge: nobody answers for somebody else."""
    found = seats_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
