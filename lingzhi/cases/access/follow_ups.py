"""A follow-up is obtained together with the right to do something with it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import FollowUp, FollowUpRule, FollowUpScript
from lingzhi.cases.queries.callers import CALL, PLAN
from lingzhi.cases.queries.follow_ups import follow_ups_visible_to
from lingzhi.cases.queries.people import ASSIGN, READ
from lingzhi.org.queries import reach


def follow_up_to_read(user: User, pk: int) -> FollowUp:
    """A follow-up within sight."""
    require(user, READ)
    found = follow_ups_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def follow_up_to_call(user: User, pk: int) -> FollowUp:
    """A follow-up that this person calls, or may take because nobody does."""
    found = follow_up_to_read(user, pk)
    require(user, CALL)
    if found.person_id not in (None, user.pk):
        raise PermissionDenied
    return found


def follow_up_to_give(user: User, pk: int) -> FollowUp:
    """A follow-up that this person gives to callers."""
    found = follow_up_to_read(user, pk)
    require(user, ASSIGN)
    if not reach(user, ASSIGN).covers(found.unit, None):
        raise PermissionDenied
    return found


def rule_to_read(user: User, pk: int) -> FollowUpRule:
    """A follow-up rule."""
    require(user, READ)
    found = FollowUpRule.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def rule_to_set(user: User, pk: int) -> FollowUpRule:
    """A follow-up rule that this person may change."""
    found = rule_to_read(user, pk)
    require(user, PLAN)
    return found


def script_to_read(user: User, pk: int) -> FollowUpScript:
    """A script of follow-up calls."""
    require(user, READ)
    found = FollowUpScript.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
