"""Reply templates: one's own are one's own; a team's are for who assigns there, the centre's for
who sets flows."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.models import ReplyTemplate
from lingzhi.cases.queries.people import SET, WORK
from lingzhi.cases.queries.replies import keeps_team, replies_seen_by


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
    if not keeps_reply(user, template):
        raise PermissionDenied


def keeps_reply(user: User, template: ReplyTemplate) -> bool:
    """The same as a question."""
    if template.owner_id is not None:
        return template.owner_id == user.pk and user.can(WORK)
    return keeps_team(user, template) or user.can(SET)
