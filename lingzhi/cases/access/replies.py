"""Reply templates: one's own are one's own; a team's are for who assigns there, the centre's for
who sets flows."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.models import ReplyTemplate
from lingzhi.cases.queries.people import ASSIGN, SET, WORK
from lingzhi.cases.queries.replies import replies_seen_by
from lingzhi.org.queries import reach


def require_replying(user: User) -> None:
    """PermissionDenied for who neither works on cases nor keeps what the centre says."""
    if not (user.can(WORK) or user.can(SET)):
        raise PermissionDenied


def reply_to_change(user: User, pk: int) -> ReplyTemplate:
    """A template that this person keeps."""
    require_replying(user)
    found = replies_seen_by(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    require_keeping_reply(user, found)
    return found


def require_keeping_reply(user: User, template: ReplyTemplate) -> None:
    """PermissionDenied unless a template of this scope is this person's to keep."""
    if not kept_replies(user, [template]):
        raise PermissionDenied


def kept_replies(user: User, templates: Iterable[ReplyTemplate]) -> list[ReplyTemplate]:
    """Those of the templates that are this person's to keep: one's own, those of units where the
    person assigns cases, and for who sets flows all that are nobody's own."""
    works, sets = user.can(WORK), user.can(SET)
    teams = reach(user, ASSIGN) if user.can(ASSIGN) else None

    def is_kept(one: ReplyTemplate) -> bool:
        if one.owner_id is not None:
            return one.owner_id == user.pk and works
        return sets or (teams is not None and teams.covers(one.unit, None))

    return [one for one in templates if is_kept(one)]
